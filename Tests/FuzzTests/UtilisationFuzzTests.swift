import Foundation
import Ingest
import Model
import Reading
import TestSupport
import Testing

/// The whole way of a file of utilisation, from its bytes to named samples, against mutated examples and inputs that
/// were found; `make fuzz` runs them for longer.
@Suite struct UtilisationFuzzTests {
  @Test("Utilisation in any format is read or refused with its place", arguments: utilisationFormats.map { $0.name })
  func format(name: String) throws {
    // Its own example most of the time, and the others and what was found to splice from.
    let own = try #require(utilisationFormats.first { $0.name == name }).example
    let examples = ([own, own, own] + utilisationFormats.map { $0.example }).map { Array($0.utf8) }
    try fuzz(name, examples + (try corpus(name).map(\.bytes)), count: 1_000) { input, _ in try readAll(input) }
  }

  @Test("The same with the layout given, whatever the file looks like", arguments: utilisationFormats.map { $0.name })
  func layout(name: String) throws {
    let examples = utilisationFormats.map { Array($0.example.utf8) }
    try fuzz("layout-\(name)", examples, count: 200) { input, _ in try readAll(input, layout: name) }
  }

  @Test("A mapping is read or refused with its place")
  func mapping() throws {
    let example = """
      metrics:
        node_memory_bytes: {metric: storage_gib, unit: bytes}
        http_requests_total: {metric: requests_per_second, counter: true}
        "odd name": {skip: true}
        latency: {metric: latency_p95_ms, unit: s}
      labels:
        service: [app, job]
        resource: [pod]
        ignore: [env]
      """
    try fuzz("mapping", [Array(example.utf8)] + (try corpus("mapping").map(\.bytes))) { input, _ in
      _ = try readMapping(text: String(decoding: input, as: UTF8.self), file: "mapping.yaml")
    }
  }

  @Test("Every input that was found is read or refused, in blocks of any size", arguments: try! corpus(""))
  func found(input: CorpusInput) {
    for layout in [nil] + utilisationFormats.map({ Optional($0.name) }) {
      do {
        try readAll(input.bytes, layout: layout)
      } catch {
        expectHelpful(error, lines: input.bytes.count { $0 == 10 || $0 == 13 } + 1, "\(input.name)")
      }
    }
  }

  /// Reads a file in a block of usual size and in small ones: both must come to the same.
  private func readAll(_ input: [UInt8], layout: String? = nil) throws {
    let whole = Result { try read(input, layout, blockSize: defaultBlockSize) }
    let parts = Result { try read(input, layout, blockSize: 1 + input.count % 50) }
    switch (whole, parts) {
    case (.success(let whole), .success(let parts)): #expect(whole == parts)
    case (.failure, .failure): break
    default: Issue.record("small blocks are read otherwise: \(String(decoding: input, as: UTF8.self))")
    }
    _ = try whole.get()
  }

  private struct Outcome: Equatable {
    var samples: [Sample] = []
    var keys: [SeriesKey] = []
    var badRows: [BadRow] = []
  }

  private func read(_ input: [UInt8], _ layout: String?, blockSize: Int) throws -> Outcome {
    var options = ReadOptions()
    options.badRowLimit = input.count % 3
    var reading = try UtilisationReading(
      ByteSource(name: "usage.csv", bytes: input), layout: layout, options, blockSize: blockSize)
    let naming = SeriesNaming(service: "web", resource: "i-1", metric: "calls")
    let clock = LocalClock(identifier: "Europe/Berlin")
    var interpreter = SampleInterpreter(file: "usage.csv", naming: naming, clock: clock)
    var outcome = Outcome()
    outcome.badRows = try reading.read(&interpreter) { samples, newKeys in
      outcome.samples += samples
      outcome.keys += newKeys
      #expect(samples.allSatisfy { Int($0.series) < outcome.keys.count && $0.scale <= 40 && !$0.isLocal })
    }.badRows
    return outcome
  }
}

/// An input that crashed a parser once, or that one is likely to trip over.
struct CorpusInput: CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]

  var testDescription: String { name }
}

/// The files of the corpus whose names start with a word, by name.
func corpus(_ prefix: String) throws -> [CorpusInput] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")
  return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(prefix) }.sorted().map {
    CorpusInput(name: $0, bytes: [UInt8](try Data(contentsOf: folder.appending(path: $0))))
  }
}

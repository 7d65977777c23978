import Analytics
import Foundation
import Ingest
import Model
import Pricing
import TestSupport
import Testing

private let areEdgesAsked = ["PLIMSOLL_EDGES", "PLIMSOLL_FUZZ_SECONDS"].contains {
  ProcessInfo.processInfo.environment[$0] != nil
}

/// Numbers at the edges of what can be written, in every key and column that holds one: a file is refused with its place,
/// or every question about the store is answered or refused as wrong or missing, and nothing traps.
///
/// `make test` leaves it out: a month with savings plans is planned for seconds without optimisation. `PLIMSOLL_EDGES=some`
/// takes one case of so many, `PLIMSOLL_FUZZ_SECONDS`, which `make fuzz` sets, as many as there is time for, in an order that
/// `PLIMSOLL_FUZZ_SEED` changes, and `PLIMSOLL_EDGES=all` every one, with every question.
@Suite(.serialized, .enabled(if: areEdgesAsked)) struct EdgeNumbersTests {
  static let edges = ["0", "-1", "1e-9", "1000000000000000000", "2147483648", "9223372036854775807", "0.000000001", ""]
  private static let environment = ProcessInfo.processInfo.environment
  private static let isWhole = environment["PLIMSOLL_EDGES"] == "all"
  private let month: EdgeMonth

  init() throws { month = try EdgeMonth() }

  @Test("The month itself is answered, so that what is refused below is refused for its numbers")
  func sound() throws {
    let store = try EdgeStore(month.files)
    try ask(store: store.path, month: EdgeMonth.month)
  }

  @Test("Every key of a fleet file that holds a number")
  func fleet() throws {
    let store = try EdgeStore(month.files)
    let document = try readDocument(text: EdgeMonth.fleet, file: "fleet.yaml")
    let places = fleetNumbers(of: document)
    try trials(places.found.flatMap { place in Self.edges.map { (place, $0) } }, oneOf: 83) { place, edge in
      let file = try store.folder.file("fleet.yaml", place.text(edge))
      return ("\(place.name): \(edge)", { try store.ask($0, fleet: file) })
    }
  }

  @Test("Every column of inventories, commitments and prices, and every number of what the provider's commands print")
  func columns() throws {
    let tables = month.files.filter { $0.kind != .fleet && $0.kind != .utilisation }
    let changes = tables.flatMap { file in
      numberChanges(in: file.text).flatMap { change in Self.edges.map { (file.name, change, $0) } }
    }
    for kind in priceFileKinds {
      #expect(
        tables.contains { $0.text.hasPrefix("# plimsoll-prices: \(kind.name) ") }, "no prices of kind \(kind.name)")
    }
    try trials(changes, oneOf: 97) { name, change, edge in
      let store = replacing(name, by: change.text(edge))
      return ("\(name) \(change.name): \(edge)", { try EdgeStore(store).ask($0) })
    }
  }

  @Test("One sample, and every sample, of each metric that analysis knows")
  func samples() throws {
    let changes = Metric.allCases.flatMap { metric in Self.edges.flatMap { [(metric, $0, true), (metric, $0, false)] } }
    try trials(changes, oneOf: 83) { metric, edge, isAll in
      let store = replacing("samples.csv", by: EdgeMonth.samples(metric, edge, all: isAll))
      return ("\(isAll ? "all" : "one") of \(metric.rawValue): \(edge)", { try EdgeStore(store).ask($0) })
    }
  }

  private func replacing(_ name: String, by text: String) -> [(name: String, kind: ImportKind, text: String)] {
    month.files.map { $0.name == name ? ($0.name, $0.kind, text) : $0 }
  }

  /// Tries one of so many cases, or what the environment asks for; what a case is stands in a file while it runs, which is
  /// left by one that traps.
  private func trials<Case>(
    _ cases: [Case], oneOf stride: Int, _ trial: (Case) throws -> (name: String, run: (_ turn: Int?) throws -> Void)
  ) throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("plimsoll-edge-\(getpid()).case")
    let seconds = Self.environment["PLIMSOLL_FUZZ_SECONDS"].flatMap(Double.init)
    var random = SplitMix64(seed: Self.environment["PLIMSOLL_FUZZ_SEED"].flatMap(Int.init) ?? 20_261_101)
    let order = seconds == nil ? Array(cases.indices) : cases.indices.shuffled(using: &random)
    let start = ContinuousClock.now
    var (done, refused) = (0, 0)
    for index in order where Self.isWhole || seconds != nil || index % stride == 0 {
      if let seconds, !Self.isWhole, start.duration(to: .now) > .seconds(seconds) { break }
      let (name, run) = try trial(cases[index])
      try Data(name.utf8).write(to: file)
      do { try run(Self.isWhole ? nil : done) } catch {
        refused += 1
        #expect(isAnswer(error), "\(name): \(error)")
      }
      done += 1
    }
    try FileManager.default.removeItem(at: file)
    #expect(refused < done)
    print("edge numbers: \(done) of \(cases.count) cases, \(refused) refused")
  }
}

/// What the edges are put into has every part there is, or the numbers of a new one are tried by nobody.
@Suite struct EdgeFleetTests {
  @Test("The fleet file of the numbers at the edges is sound, and has every part that a fleet file may have")
  func parts() throws {
    #expect(fleetNumbers(of: try readDocument(text: EdgeMonth.fleet, file: "fleet.yaml")).missing == [])
    let folder = try FuzzFolder()
    let store = try Importer(store: folder.path("store.sqlite"))
    _ = try store.importFile(try folder.file("fleet.yaml", EdgeMonth.fleet), as: .fleet)
  }
}

/// A store in a folder of its own, removed when the last use of it ends.
final class EdgeStore {
  let folder: FuzzFolder
  var path: String { folder.path("store.sqlite") }

  /// - Throws: what an import throws.
  init(_ files: [(name: String, kind: ImportKind, text: String)]) throws {
    folder = try FuzzFolder()
    let importer = try Importer(store: path)
    for file in files { _ = try importer.importFile(try folder.file(file.name, file.text), as: file.kind) }
  }

  func ask(_ turn: Int?, fleet: String? = nil) throws {
    try FuzzTests.ask(store: path, fleet: fleet, month: EdgeMonth.month, turn: turn)
  }
}

/// A folder of its own, removed when the last use of it ends.
final class FuzzFolder {
  private let url: URL
  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("plimsoll-edge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file and gives its path.
  func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }
}

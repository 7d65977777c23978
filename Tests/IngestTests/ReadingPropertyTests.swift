import Ingest
import Model
@testable import Reading
import TestSupport
import Testing

/// Random files, read as a reader in the tests reads them; however they are cut, and zipped.
@Suite struct ReadingPropertyTests {
  private static let files = 200

  @Test("Any file holds what a reader that goes character by character finds, however it is cut into blocks")
  func naive() throws {
    var (samples, badRows) = (0, 0)
    for seed in 0..<Self.files {
      var random = SplitMix64(seed: 7_000 + seed)
      var generator = RandomCSV(seed: seed)
      let bytes = Array(generator.text().utf8)
      let expected = NaiveReader(bytes)
      for blockSize in [defaultBlockSize, random.number(1...40), random.number(41...2_000)] {
        let file = try Reader(badRowLimit: 10_000, blockSize: blockSize).read(bytes)
        let comment: Comment = "seed \(seed), blocks of \(blockSize)"
        let isSame = numbers(file) == expected.samples && file.summary.badRows.map(\.line) == expected.badLines
        // A file that is read otherwise is worth more than two lists of numbers.
        try #require(isSame, "\(comment): \(difference(file, expected))\n\(String(decoding: bytes, as: UTF8.self))")
        #expect(file.summary.byteCount == bytes.count, comment)
        #expect(file.summary.checksum == InputFile(name: "", bytes: bytes).checksum, comment)
      }
      samples += expected.samples.values.reduce(0) { $0 + $1.count }
      badRows += expected.badLines.count
    }
    // Both kinds of row come often.
    #expect(samples > 20 * Self.files && badRows > 2 * Self.files)
  }

  @Test("The first bad row is told with its line and nothing else, however the file is cut")
  func strict() throws {
    var refused = 0
    for seed in 0..<Self.files {
      var random = SplitMix64(seed: 8_000 + seed)
      var generator = RandomCSV(seed: seed)
      let bytes = Array(generator.text().utf8)
      let line = NaiveReader(bytes).badLines.first
      let errors = [defaultBlockSize, random.number(1...40)].map { blockSize in
        failure { () throws(DataError) in
          do { _ = try Reader(blockSize: blockSize).read(bytes) } catch { throw error as! DataError }
        }
      }
      #expect(errors.map { $0?.place.line } == [line, line], "seed \(seed)")
      #expect(errors[0] == errors[1], "seed \(seed)")
      refused += line == nil ? 0 : 1
    }
    #expect(refused > Self.files / 4 && refused < Self.files)
  }

  @Test("A zipped file holds what the plain one holds, in one member or several that begin anywhere")
  func gzip() throws {
    for seed in 0..<100 {
      var random = SplitMix64(seed: 9_000 + seed)
      var generator = RandomCSV(seed: seed)
      let bytes = Array(generator.text().utf8)
      let reader = Reader(badRowLimit: 10_000, blockSize: random.number(1...3_000))
      let plain = try reader.read(bytes)
      let cuts = (0..<random.number(0...5)).map { _ in random.number(0...bytes.count) }.sorted()
      let members = zip([0] + cuts, cuts + [bytes.count]).flatMap { gzipMember(bytes[$0..<$1]) }
      let zipped = try reader.read(members + [UInt8](repeating: 0, count: random.number(0...3)))
      #expect(zipped.samples == plain.samples, "seed \(seed)")
      #expect(zipped.summary.badRows == plain.summary.badRows, "seed \(seed)")
      #expect(
        zipped.summary.checksum == plain.summary.checksum && zipped.summary.byteCount == bytes.count, "seed \(seed)")
      // Cut short, it is refused.
      #expect(throws: DataError.self, "seed \(seed)") { try reader.read(members.dropLast(random.number(1...8))) }
    }
  }

  @Test("A file of many blocks keeps its order, whichever lane is faster")
  func lanes() throws {
    // 40,000 rows of 4 series: each series must come in the order of its instants, over about 1.5 MB and 6 blocks.
    let rows = (0..<40_000).map { "2026-10-01T00:00:00Z,web,i-\($0 % 4),calls,\($0)" }
    let file = try read("timestamp,service,resource,metric,value\n" + rows.joined(separator: "\n"))
    for resource in 0..<4 {
      let expected = stride(from: resource, to: 40_000, by: 4).map { "\($0)" }
      #expect(file.values["web/i-\(resource) calls"] == expected)
    }
  }

  /// The first series that differs, and both lists of bad lines.
  private func difference(_ file: ReadFile, _ expected: NaiveReader) -> String {
    let found = numbers(file)
    let keys = Set(found.keys).union(expected.samples.keys).sorted()
    let key = keys.first { found[$0] != expected.samples[$0] }
    let pairs = key.map { zip(found[$0] ?? [], expected.samples[$0] ?? []).first { $0 != $1 } }
    let lines = (file.summary.badRows.map(\.line), expected.badLines)
    return "series \(key ?? "none"): \(pairs.map { "\($0 as Any)" } ?? ""), bad lines \(lines.0), expected \(lines.1)"
  }

  private func numbers(_ file: ReadFile) -> [String: [NaiveReader.Number]] {
    Dictionary(
      uniqueKeysWithValues: file.samples.map { key, values in
        ("\(key.service)|\(key.resource)|\(key.metric.rawValue)", values.map(plain))
      })
  }

  /// Without zeros at the end of the mantissa.
  private func plain(_ value: Value) -> NaiveReader.Number {
    var (mantissa, exponent) = (value.number.mantissa, -value.number.scale)
    if mantissa == 0 { exponent = 0 }
    while mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
    return NaiveReader.Number(seconds: value.seconds, mantissa: mantissa, exponent: exponent)
  }
}

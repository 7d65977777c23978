import Foundation
import Model
import Store
import Testing

/// A folder of its own for a test, removed when the test ends.
final class TemporaryFolder {
  let url: URL
  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  var storePath: String { url.appending(path: "s.sqlite").path }
  func store() throws -> FleetStore { try FleetStore.open(path: storePath, mode: .readWrite(createIfMissing: true)) }
}

/// Runs a body that must throw, and gives the error.
func failure(_ body: () throws(DataError) -> Void, at location: SourceLocation = #_sourceLocation) -> DataError? {
  do throws(DataError) { try body() } catch { return error }
  Issue.record("no error", sourceLocation: location)
  return nil
}

func source(_ kind: SourceFile.Kind, _ name: String = "a.csv", checksum: UInt64 = 1) -> SourceFile {
  SourceFile(kind: kind, name: name, byteCount: 100, checksum: checksum)
}

let october = Instant(year: 2026, month: 10, day: 1)

/// Samples every five minutes from an instant on, one decimal.
func series(_ resource: String, from start: Instant = october, _ mantissas: [Int64], scale: Int = 1) -> Series {
  Series(
    key: SeriesKey(service: "frontend", resource: resource, metric: .cpuPercent),
    instants: mantissas.indices.map { start.seconds + Int64($0) * 300 }, mantissas: mantissas, scale: scale)
}

/// The same of the resource `i-1`.
func series(from start: Instant = october, _ mantissas: [Int64], scale: Int = 1) -> Series {
  series("i-1", from: start, mantissas, scale: scale)
}

func provenance(_ year: Int = 2026, file: String = "p.csv", origin: String = "repo:list") -> Provenance {
  Provenance(
    effectiveFrom: Instant(year: year, month: 7, day: 20), quality: .published,
    source: PriceSource(file: file, origin: origin, retrieved: Instant(year: 2026, month: 11, day: 23)))
}

extension FleetStore {
  /// Imports a book as if it were what a file holds.
  func importPrices(_ book: PriceBook, from file: SourceFile) throws(DataError) -> ImportSummary {
    try importPrices(file.kind, named: file.name) { add in
      try add(book)
      return (file.byteCount, file.checksum)
    }
  }
}

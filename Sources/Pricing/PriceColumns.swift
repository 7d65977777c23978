import Model
import Reading

/// Where the columns stand that every kind of price file has.
struct PriceColumns {
  private let effectiveFrom, quality, source: Int
  private let sources: [String: PriceSource]

  init(_ header: DelimitedHeader, head: PriceFileHead) throws(DataError) {
    effectiveFrom = try header.require("effective_from")
    quality = try header.require("quality")
    source = try header.require("source")
    sources = head.sources
  }

  /// The date, quality and source of a row.
  /// - Throws: ``DataError`` for an unknown date, quality or source key.
  func provenance(of row: DelimitedRecord) throws(DataError) -> Provenance {
    let quality = try row.word(quality, [PriceQuality.published, .derived])
    guard let known = sources[row.reader.text(source)] else {
      let keys = sources.keys.sorted().joined(separator: ", ")
      throw row.unknown(source, expected: "a source of the head: \(keys)")
    }
    let date = try row.instant(effectiveFrom, expected: dateExpectation)
    return Provenance(effectiveFrom: date, quality: quality, source: known)
  }
}

/// What an error expects in place of what is no date.
let dateExpectation = "a date such as 2026-11-23"

/// Where the columns stand that say which instance is priced.
struct InstanceKindColumns {
  private let region, type: Int
  /// nil where the kind has no such column; the engine is `linux` then.
  private let engine: Int?

  init(_ header: DelimitedHeader, hasEngine: Bool = true) throws(DataError) {
    region = try header.require("region")
    type = try header.require("type")
    engine = hasEngine ? try header.require("engine") : nil
  }

  func kind(of row: DelimitedRecord) throws(DataError) -> InstanceKind {
    var engineName = "linux"
    if let engine { engineName = try row.text(engine) }
    return InstanceKind(region: try row.text(region), type: try row.text(type), engine: engineName)
  }
}

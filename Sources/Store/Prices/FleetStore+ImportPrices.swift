import GRDB
import Model

extension FleetStore {
  /// Adds the prices and specifications of a file, in one transaction.
  ///
  /// One key and date has one price. The same figures again change nothing but what they are known from: a published
  /// figure goes before a derived one, then the source that was published later, for then the price is known to have held
  /// longer, then the one stored first. Tiers of a unit whose first one, from 0 on, is not there are not kept: nobody
  /// could say what the first units cost.
  ///
  /// - Parameter read: hands on what the file holds in batches, and tells its content's length and XXH64 when it is done.
  /// - Throws: ``DataError`` naming both sources when a key and date is there with other figures, and what `read`
  ///   throws; the store is then as it was.
  package func importPrices(
    _ kind: SourceFile.Kind, named name: String,
    _ read: (_ add: (PriceBook) throws -> Void) throws -> (byteCount: Int, checksum: UInt64)
  ) throws(DataError) -> ImportSummary {
    defer { shortenLog() }
    return try writing { db in
      let load = try PriceLoad(db, place: Place(file: name))
      let content = try read { try load.add($0) }
      try load.dropOrphanTiers()
      let file = SourceFile(kind: kind, name: name, byteCount: content.byteCount, checksum: content.checksum)
      try load.finish(content: try recordSource(file, rows: load.summary.rows, in: db))
      return load.summary
    }
  }
}

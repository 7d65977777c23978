import Model

/// A file that was imported. Its identity is its kind, length and CRC-32, not its name: a renamed copy is the same file.
package struct SourceFile: Hashable, Sendable {
  /// What it held.
  package enum Kind: String, Sendable, CaseIterable { case utilisation, inventory, commitments, prices }

  package var kind: Kind
  /// The name it had when it was first imported.
  package var name: String
  /// Length of the content, after inflating.
  package var byteCount: Int
  /// Of the content, after inflating.
  package var crc32: UInt32

  package init(kind: Kind, name: String, byteCount: Int, crc32: UInt32) {
    self.kind = kind
    self.name = name
    self.byteCount = byteCount
    self.crc32 = crc32
  }
}

/// What an import did, row by row or sample by sample.
package struct ImportSummary: Hashable, Sendable {
  /// New in the store.
  package var added = 0
  /// Rows that took the place of an older version of themselves: an inventory run that has since stopped. Samples and
  /// prices are never replaced.
  package var updated = 0
  /// In the store before, with the same content.
  package var alreadyThere = 0
  /// Samples of an instant that the store has with another value. The value stored first is kept.
  package var conflicts = 0

  package init(added: Int = 0, updated: Int = 0, alreadyThere: Int = 0, conflicts: Int = 0) {
    self.added = added
    self.updated = updated
    self.alreadyThere = alreadyThere
    self.conflicts = conflicts
  }

  /// Everything the import held.
  package var rows: Int { added + updated + alreadyThere + conflicts }

  package static func + (a: ImportSummary, b: ImportSummary) -> ImportSummary {
    ImportSummary(
      added: a.added + b.added, updated: a.updated + b.updated, alreadyThere: a.alreadyThere + b.alreadyThere,
      conflicts: a.conflicts + b.conflicts)
  }
}

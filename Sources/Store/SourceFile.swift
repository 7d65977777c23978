import Model

/// A file that was imported. Its identity is its kind, length and checksum, not its name: a renamed copy is the same file.
package struct SourceFile: Hashable, Sendable {
  /// What it held.
  package enum Kind: String, Sendable, CaseIterable { case utilisation, inventory, commitments, prices, spot }

  package var kind: Kind
  /// The name it had when it was first imported.
  package var name: String
  /// Length of the content, after inflating.
  package var byteCount: Int
  /// XXH64 of the content, after inflating.
  package var checksum: UInt64

  package init(kind: Kind, name: String, byteCount: Int, checksum: UInt64) {
    self.kind = kind
    self.name = name
    self.byteCount = byteCount
    self.checksum = checksum
  }
}

/// An instance that a file has for another service than the store had it for, from the same start.
package struct MovedInstance: Hashable, Sendable {
  package var resource: String
  package var from, to: String
}

/// What an import did, row by row or sample by sample.
package struct ImportSummary: Hashable, Sendable {
  /// New in the store.
  package var added = 0
  /// Rows that took the place of an older version of themselves: an inventory run that has since stopped. Samples and
  /// prices are never replaced.
  package var updated = 0
  /// In the store, or earlier in the file, with the same content.
  package var alreadyThere = 0
  /// Samples of an instant that the store, or the file before them, has with another value. The first value is kept.
  package var conflicts = 0
  /// Of prices, tiers that are not kept because the first one of their item and date is not there.
  package var orphanTiers = 0
  /// Rows that an import removed because it says all there is of their services, such as `web/i-1`.
  package var removed: [String] = []
  /// Instances that were another service's before.
  package var moved: [MovedInstance] = []
  /// Of the conflicts, the first few by key and instant.
  package var examples: [SampleConflict] = []

  /// How many conflicts are kept as examples.
  package static let exampleCount = 5

  package init(
    added: Int = 0, updated: Int = 0, alreadyThere: Int = 0, conflicts: Int = 0, examples: [SampleConflict] = []
  ) {
    self.added = added
    self.updated = updated
    self.alreadyThere = alreadyThere
    self.conflicts = conflicts
    self.examples = examples
  }

  /// Everything the import held.
  package var rows: Int { added + updated + alreadyThere + conflicts }

  package static func + (a: ImportSummary, b: ImportSummary) -> ImportSummary {
    ImportSummary(
      added: a.added + b.added, updated: a.updated + b.updated, alreadyThere: a.alreadyThere + b.alreadyThere,
      conflicts: a.conflicts + b.conflicts, examples: Array((a.examples + b.examples).prefix(exampleCount)))
  }
}

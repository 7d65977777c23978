/// A row of the price book: what it is of, what it says, from when on, and by whose word.
///
/// A kind of row is a type in a file of its own beside this one, with a property of ``PriceBook``, a line in
/// ``priceKinds``, and its table in a file of `Store/Prices/`.
package protocol PriceRow: Hashable, Sendable {
  /// As people call its rows: `on-demand prices`.
  static var plural: String { get }
  /// Where a book has its rows.
  static var rows: WritableKeyPath<PriceBook, [Self]> { get }
  /// What a row is of, as errors say it: `t3.medium (linux) in us-east-1`.
  var subject: String { get }
  /// From when on it holds, and who says so.
  var provenance: Provenance { get set }
}

extension PriceRow {
  /// True when another row says the same, whoever says so.
  package func agrees(with other: Self) -> Bool {
    var twin = other
    twin.provenance = provenance
    return self == twin
  }
}

/// The kinds of price rows, in the order they are listed to people.
package let priceKinds: [any PriceRow.Type] = [
  OnDemandPrice.self, ReservedPrice.self, SavingsPlanRate.self, SpotEstimate.self, SpotPrice.self, UnitPrice.self,
  InstanceSpecification.self, InstancePerformance.self, ModelContext.self,
]

/// A price that a ``Catalogue`` finds by what it is of: the one in force is the latest of its key.
package protocol DatedPrice: PriceRow {
  associatedtype Key: Hashable & Sendable
  /// What it is of.
  var key: Key { get }
  /// What it says, as errors print it: `0.0416`.
  var amount: String { get }
  /// Units used in the month from which it applies; 0 for what has no tiers.
  var tierFrom: Int64 { get }
}

extension DatedPrice {
  package var tierFrom: Int64 { 0 }
}

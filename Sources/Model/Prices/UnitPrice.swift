/// The price of a unit of a service, from a usage tier and a date on.
package struct UnitPrice: DatedPrice {
  package var region: String
  /// `elb/alb-hour`, `tokens/anthropic/claude-sonnet-5/input`.
  package var item: String
  package var unit: String
  /// Units used in the month from which this price applies.
  package var tierFrom: Int64
  package var price: Money
  /// How many units the price buys: 1, or 1,000,000 tokens.
  package var perUnits: Int64
  /// The moment from which it holds no more, where its source says so; nil where it holds until the next price.
  package var ended: Instant?
  package var provenance: Provenance
  package init(
    region: String, item: String, unit: String, tierFrom: Int64, price: Money, perUnits: Int64,
    ended: Instant? = nil, provenance: Provenance
  ) {
    self.region = region
    self.item = item
    self.unit = unit
    self.tierFrom = tierFrom
    self.price = price
    self.perUnits = perUnits
    self.ended = ended
    self.provenance = provenance
  }

  /// False from the day on that its source names as its end.
  package func holds(at instant: Instant) -> Bool { ended.map { instant < $0 } ?? true }

  package static let plural = "unit prices"
  package static var rows: WritableKeyPath<PriceBook, [Self]> { \.units }
  package var subject: String { "\(item)\(region.isEmpty ? "" : " in \(region)") from \(tierFrom) \(unit)" }
  package struct Key: Hashable, Sendable {
    var region: String
    var item: String
  }
  package var key: Key { Key(region: region, item: item) }
  package var amount: String { "\(price)" }
}

/// The prices of one kind by what they are of, each list in order of date and tier.
struct PriceHistory<Price: DatedPrice>: Sendable {
  let byKey: [Price.Key: [Price]]

  /// - Throws: ``DataError`` when one key and tier has two different prices from one date, naming both sources.
  init(_ rows: [Price]) throws(DataError) {
    var prices = Dictionary(grouping: rows, by: \.key)
    for key in prices.keys {
      prices[key]!.sort { ($0.provenance.effectiveFrom, $0.tierFrom) < ($1.provenance.effectiveFrom, $1.tierFrom) }
      for (a, b) in zip(prices[key]!, prices[key]!.dropFirst())
      where a.provenance.effectiveFrom == b.provenance.effectiveFrom && a.tierFrom == b.tierFrom && !a.agrees(with: b) {
        throw Self.ambiguous([a, b])
      }
    }
    byKey = prices
  }

  private static func ambiguous(_ prices: [Price]) -> DataError {
    let found = prices.map { "\($0.subject) at \($0.amount) (\($0.provenance.source.file))" }
    return DataError(
      Place(file: "price book"), found: found.joined(separator: " and "),
      expected: "one price from \(prices[0].provenance.effectiveFrom.date) on")
  }

  var keys: Dictionary<Price.Key, [Price]>.Keys { byKey.keys }

  /// The prices of a key; none for one that the book does not have.
  subscript(key: Price.Key) -> [Price] { byKey[key] ?? [] }
}

extension Array where Element: PriceRow {
  /// The last of these, which are in order of date, that has begun at a moment.
  func inForce(at instant: Instant) -> Element? { last { $0.provenance.effectiveFrom <= instant } }

  /// From when on one of these, which are in order of date, has been said without a change.
  func knownSince(_ row: Element) -> Instant {
    let last = row.provenance.effectiveFrom
    let upToIt = reversed().drop { $0.provenance.effectiveFrom > last }
    return upToIt.prefix { $0.agrees(with: row) }.last?.provenance.effectiveFrom ?? last
  }
}

/// The prices of one kind by what they are of, each list in order of date and tier.
struct PriceHistory<Price: DatedPrice>: Sendable {
  /// Those of a key next to each other.
  private let rows: [Price]
  private let ranges: [Price.Key: Range<Int>]

  /// - Throws: ``DataError`` when one key and tier has two different prices from one date, naming both sources.
  init(_ rows: [Price]) throws(DataError) {
    // A store gives them key by key and in order of date: then nothing is moved.
    var (rows, ranges) = (rows, Self.ranges(of: rows))
    if ranges == nil {
      rows = Self.gathered(rows)
      ranges = Self.ranges(of: rows)
    }
    self.ranges = ranges ?? [:]
    for range in self.ranges.values {
      if zip(range, range.dropFirst()).contains(where: { Self.precedes(rows[$1], rows[$0]) }) {
        rows[range].sort(by: Self.precedes)
      }
      for (a, b) in zip(rows[range], rows[range].dropFirst())
      where a.provenance.effectiveFrom == b.provenance.effectiveFrom && a.tierFrom == b.tierFrom && !a.agrees(with: b) {
        throw Self.ambiguous([a, b])
      }
    }
    self.rows = rows
  }

  private static func precedes(_ a: Price, _ b: Price) -> Bool {
    (a.provenance.effectiveFrom, a.tierFrom) < (b.provenance.effectiveFrom, b.tierFrom)
  }

  /// Where the rows of each key stand; nil where those of one do not stand together.
  private static func ranges(of rows: [Price]) -> [Price.Key: Range<Int>]? {
    var ranges: [Price.Key: Range<Int>] = [:]
    var start = 0
    while start < rows.count {
      let key = rows[start].key
      let end = rows[start...].dropFirst().firstIndex { $0.key != key } ?? rows.count
      guard ranges.updateValue(start..<end, forKey: key) == nil else { return nil }
      start = end
    }
    return ranges
  }

  /// The rows of each key together, in their order, the keys as they come first.
  private static func gathered(_ rows: [Price]) -> [Price] {
    var places: [Price.Key: Int] = [:]
    var groups: [[Price]] = []
    for row in rows {
      if let place = places[row.key] {
        groups[place].append(row)
      } else {
        places[row.key] = groups.count
        groups.append([row])
      }
    }
    return groups.flatMap(\.self)
  }

  private static func ambiguous(_ prices: [Price]) -> DataError {
    let found = prices.map { "\($0.subject) at \($0.amount) (\($0.provenance.source.file))" }
    return DataError(
      Place(file: "price book"), found: found.joined(separator: " and "),
      expected: "one price from \(prices[0].provenance.effectiveFrom.date) on")
  }

  var keys: Dictionary<Price.Key, Range<Int>>.Keys { ranges.keys }

  /// Every key with its prices, in no order.
  var all: some Sequence<(key: Price.Key, prices: ArraySlice<Price>)> {
    ranges.lazy.map { (key: $0.key, prices: rows[$0.value]) }
  }

  /// The prices of a key; none for one that the book does not have.
  subscript(key: Price.Key) -> ArraySlice<Price> { ranges[key].map { rows[$0] } ?? [] }
}

extension BidirectionalCollection where Element: PriceRow {
  /// The last of these, which are in order of date, that has begun at a moment.
  func inForce(at instant: Instant) -> Element? { last { $0.provenance.effectiveFrom <= instant } }

  /// From when on one of these, which are in order of date, has been said without a change.
  func knownSince(_ row: Element) -> Instant {
    let last = row.provenance.effectiveFrom
    let upToIt = reversed().drop { $0.provenance.effectiveFrom > last }
    return upToIt.prefix { $0.agrees(with: row) }.last?.provenance.effectiveFrom ?? last
  }
}

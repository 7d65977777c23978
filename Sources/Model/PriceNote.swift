/// A price as a report states it: its row in words, and what its age and origin are judged by.
package struct PriceNote: Hashable, Sendable {
  /// `t3.medium 0.0416/h on-demand (from 2026-07-20, ec2-on-demand.csv)`.
  package var words: String
  /// From when on it is known to hold; nil for what the fleet file itself states, which has no age.
  package var confirmed: Instant?
  /// Whether it was published as such.
  package var quality: PriceQuality
  /// The rows that a derived rate was worked out from, where they are not the one in ``words``.
  package var basis: [PriceNote]

  package init(_ words: String, confirmed: Instant?, quality: PriceQuality, basis: [PriceNote] = []) {
    self.words = words
    self.confirmed = confirmed
    self.quality = quality
    self.basis = basis
  }

  /// A row of the price book in words.
  package init(_ words: String, _ provenance: Provenance) {
    self.init(words, confirmed: provenance.confirmed, quality: provenance.quality)
  }

  /// It and all that it was worked out from.
  fileprivate var rows: [PriceNote] { [self] + basis.flatMap(\.rows) }
}

/// What a reader must be told of the prices behind a report: each in words, once, sorted.
package struct PriceDoubts: Hashable, Sendable {
  /// Known to hold from a date that lies more than the permitted days back.
  package private(set) var stale: [String]
  /// Recent, and computed from other figures by a stated rule instead of published.
  package private(set) var derived: [String]
  /// The permitted age.
  package let days: Int

  /// True when every price is recent and published.
  package var isEmpty: Bool { stale.isEmpty && derived.isEmpty }

  /// - Parameters:
  ///   - notes: the prices used, in any order, repeated or not.
  ///   - instant: the moment their age counts to.
  ///   - days: the age in days of 86,400 seconds above which a price is stale; one of just that age is not.
  package init(of notes: some Sequence<PriceNote>, at instant: Instant, staleAfterDays days: Int) {
    let limit = instant.advanced(by: -Int64(days) * 86_400)
    let rows = Set(notes.flatMap(\.rows))
    let old = rows.filter { $0.confirmed.map { $0 < limit } ?? false }
    self.days = days
    stale = Set(old.map(\.words)).sorted()
    derived = Set(rows.subtracting(old).filter { $0.quality == .derived }.map(\.words)).sorted()
  }
}

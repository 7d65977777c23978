import Analysis
import Model

/// One way to run a service, held against what it needs.
protocol SizeCandidate: Sendable {
  var offer: TypeOffer { get }
  /// `m5.large`, or with its count where that is part of the choice.
  var name: String { get }
  /// On demand, over whatever time is the same for all.
  var cost: Money { get }
  /// ``cost``, for a month of ``hoursAMonth``.
  var monthly: Money { get }
  /// Instances at once, the fewest and the most.
  var counts: ClosedRange<Int> { get }
  /// The lower, the better.
  var rank: Int128 { get }
  /// Its place on the ladder of sizes.
  var rung: Int128 { get }
  var fits: Bool { get }
  /// What it is too small in; empty when it fits.
  var failures: [String] { get }
  /// What a reader is told of it.
  func note(among offers: [TypeOffer]) -> String
  /// Why it is better than what runs.
  func reason(beside own: Self, _ need: SizeNeed, _ rules: ReviewRules) -> String
  /// Why it is no better than what runs, although it fits.
  func reasonAgainst(beside own: Self) -> String
  /// Why it may not be put in place of what runs: it has less of what is not measured; nil when it may.
  func doubt(beside own: Self, _ need: SizeNeed) -> String?
  /// What puts it in place of what runs.
  func change(from own: Self) -> Resize
}

extension SizeCandidate {
  var type: String { offer.type }

  /// The order of preference.
  func isBetter(than other: Self) -> Bool {
    (rank, offer.specification.memoryMilliGiB, name) < (
      other.rank, other.offer.specification.memoryMilliGiB, other.name
    )
  }

  /// `, another architecture (arm64)`; empty within the family.
  var effortWords: String { offer.effort == .none ? "" : ", \(offer.effort.words(offer.specification))" }
}

import Analysis
import Model

/// One way to run a service, held against what it needs.
protocol SizeCandidate: Sendable {
  var offer: TypeOffer { get }
  /// Its type, with its count where that is part of the choice.
  var name: CountedType { get }
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
  var shortfalls: [SizeShortfall] { get }
  /// What it would be too small in with the growth that is expected; empty where it carries that.
  var outgrown: [SizeShortfall] { get }
  /// How it was held against what was measured; nil for what could not have started.
  var trial: CandidateFigure.Trial? { get }
  /// How long its memory would have been short, where a percentile of memory is asked for; nil for never.
  var memoryShort: PerformanceRisk? { get }
  /// Why it is better than what runs.
  func gain(beside own: Self, _ need: SizeNeed, _ rules: ReviewRules) -> SizeGain
  /// Why it is no better than what runs, although it fits.
  func reasonAgainst(beside own: Self) -> SizeReason
  /// Why it may not be put in place of what runs: it has less of what is not measured; nil when it may.
  func doubt(beside own: Self, _ need: SizeNeed) -> SizeDoubt?
  /// True where it is to be had whatever it costs: what runs is too small.
  func isNeeded(beside own: Self) -> Bool
  /// What puts it in place of what runs.
  func change(from own: Self) -> Resize
}

extension SizeCandidate {
  var type: String { offer.type }

  /// The order of preference.
  func isBetter(than other: Self) -> Bool {
    (rank, offer.specification.memoryMilliGiB, type, counts.upperBound) < (
      other.rank, other.offer.specification.memoryMilliGiB, other.type, other.counts.upperBound
    )
  }

  /// What a reader is told of it.
  /// - Parameters:
  ///   - offers: the types that a burstable one is held against.
  ///   - isPermitted: whether it may be proposed.
  func figure(among offers: [TypeOffer], isPermitted: Bool) -> CandidateFigure {
    CandidateFigure(
      name, isPermitted: isPermitted, hourly: offer.hourly, shortfalls: shortfalls, trial: trial, offer.migration,
      performance: offer.performance, breakEven: offer.breakEven(among: offers))
  }
}

import Model

/// Which of a few capacities to run, by what was needed.
package struct CapacityProblem: Hashable, Sendable {
  /// Seconds of an interval.
  package var intervalSeconds: Int
  /// For how long the capacity stays; nil for as long as anybody knows.
  package var holdSeconds: Int?
  /// The greatest need of each interval, oldest first, in the unit of the offers; nil where none was measured.
  package var history: [Double?]
  /// From which need on an interval used all that there was, and needed nobody knows how much more; nil for never.
  package var saturatedAt: Double?
  package var offers: [CapacityOffer]
  package var risk: CapacityRisk

  package init(
    intervalSeconds: Int, holdSeconds: Int?, history: [Double?], saturatedAt: Double? = nil, offers: [CapacityOffer],
    risk: CapacityRisk
  ) {
    self.saturatedAt = saturatedAt
    self.intervalSeconds = intervalSeconds
    self.holdSeconds = holdSeconds
    self.history = history
    self.offers = offers
    self.risk = risk
  }

  /// The most offers.
  package static let mostOffers = 10_000
  /// The longest interval is a day, the longest hold a hundred years of 365 days.
  private static let (longestInterval, longestHold) = (86_400, 100 * 365 * 86_400)

  /// The place of the offer of least expected loss; of several the first. See ``CapacityRule``.
  /// - Throws: `ProblemFault` for times out of range, a history in which nothing was measured, and no offers or more than
  ///   ``mostOffers``.
  package func solve() throws(ProblemFault) -> Int {
    try checkNumber("interval_seconds", intervalSeconds, from: 1, to: Self.longestInterval)
    if let holdSeconds { try checkNumber("hold_seconds", holdSeconds, from: 1, to: Self.longestHold) }
    guard history.contains(where: { $0 != nil }) else {
      throw ProblemFault(
        key: "history", found: history.isEmpty ? "nothing" : "nothing but null",
        expected: "what was needed, a number at least")
    }
    try checkCount("offers", offers.count, of: "offers", from: 1, to: Self.mostOffers)
    let rule = CapacityRule(
      needs: history.map { need in
        need.map { CapacityNeed($0, isAtLeast: $0 >= saturatedAt ?? .infinity) }
      }, intervalsPerDay: 86_400 / Double(intervalSeconds),
      holdIntervals: holdSeconds.map { Double($0) / Double(intervalSeconds) })
    let losses = offers.map { rule.expectedLoss($0, kappa: risk.kappa) }
    return losses.indices.min { losses[$0] < losses[$1] } ?? 0
  }
}

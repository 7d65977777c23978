/// What an adviser says of one service: every service gets exactly one verdict a step.
package struct Verdict: Hashable, Sendable {
  package enum Outcome: String, Hashable, Sendable {
    case recommended
    /// Looked at and left as it is.
    case kept
    /// Not judged, because the evidence does not carry a judgement.
    case refused
  }
  package var step: AdviceStep
  package var service: String
  /// The one instance that it speaks of; nil for all of the service.
  package var resource: String?
  package var outcome: Outcome
  /// What to do, or what is left as it is.
  package var conclusion: Conclusion
  package var reason: VerdictReason
  package var confidence: Confidence
  package var evidence: Evidence
  /// Saving in the reviewed month, the difference of two bills; zero unless recommended.
  package var saving: Money = .zero
  /// What to change, in the order of the changes; empty unless recommended.
  package var changes: [Change] = []
  /// Types beyond what it may propose that would be cheaper; the best of each effort of moving.
  package var alternatives: [SizeAlternative] = []
  /// What is to be bought later, by date; each a decision of its own when its day comes.
  package var later: [LaterPurchase] = []
  /// What other purchases would cost; nil for advice that buys nothing.
  package var purchases: PurchaseComparison?
  /// The prices of the lines in which the two bills differ.
  package var billedPrices: [PriceNote] = []

  package init(
    step: AdviceStep, service: String, resource: String? = nil, outcome: Outcome, conclusion: Conclusion,
    reason: VerdictReason,
    confidence: Confidence, evidence: Evidence
  ) {
    self.step = step
    self.service = service
    self.resource = resource
    self.outcome = outcome
    self.conclusion = conclusion
    self.reason = reason
    self.confidence = confidence
    self.evidence = evidence
  }

  /// Every price it rests on, with repetitions.
  package var prices: [PriceNote] { evidence.prices + billedPrices }

  /// What `plimsoll why` takes: `rightsize-database`, `rightsize-shop/web-1`.
  package var id: String { "\(step.rawValue)-\(subject)" }

  /// What it is about: `database`, `shop/web-1`.
  package var subject: String { resource.map { "\(service)/\($0)" } ?? service }
}

/// What a verdict comes to, beside the changes that it recommends.
package enum Conclusion: Hashable, Sendable {
  /// The changes say what to do.
  case change
  /// What runs is kept.
  case keep(CountedType)
  /// A change that is not worth making.
  case noChange
  case noWindows
  case notJudged
  case nothingToStop
  /// Nothing is bought now; what is bought later stands beside it.
  case buyNothing
}

/// Why a verdict is what it is, in figures.
package indirect enum VerdictReason: Hashable, Sendable {
  /// No instance of the service ran.
  case nothingRan
  /// Its instances ran in several places, as the price book calls them, and what is advised would be judged by the prices
  /// of one.
  case severalPlaces([String])
  /// Different things ran on its instances, as the price book calls them, and what is advised would be judged by the prices
  /// of one.
  case severalEngines([String])
  /// What the book has no price of, of what runs of it or is held for it.
  case unpriced([MissingPrice.Subject])
  /// Something else that the book or the store lacks, where that is no error.
  case lacking(DataError)
  /// Too little was seen.
  case shortfall(CoverageShortfall)
  case waste(WasteReason)
  case size(SizeReason)
  case schedule(ScheduleReason)
  case purchase(PurchaseReason)
  /// What was tried, and why, saves less a month than the least amount and the percentage of its service's cost that are
  /// worth a change, or costs more; amounts are in the bill's currency.
  case notWorth(changes: [Change], because: VerdictReason, saving: Money, least: Money, percent: Int)
}

/// What an adviser says of one subject: every service gets exactly one verdict a step, and in the step that buys for the
/// account every pool of commitments does.
package struct Verdict: Hashable, Sendable {
  /// What a verdict is about.
  package enum Subject: Hashable, Sendable {
    case service(String)
    /// One instance of a service whose instances do not share their work.
    case instance(String, of: String)
    /// What commitments are shared in, by its name, with the services that run of it, by name.
    case pool(String, services: [String])

    /// `database`, `shop/web-1`, `m5`.
    package var name: String {
      switch self {
      case .service(let name), .pool(let name, _): name
      case .instance(let resource, let service): "\(service)/\(resource)"
      }
    }

    /// The services that it concerns.
    package var services: [String] {
      switch self {
      case .service(let name), .instance(_, let name): [name]
      case .pool(_, let services): services
      }
    }

    /// True for one instance of a service.
    package var isInstance: Bool { if case .instance = self { true } else { false } }
  }

  package enum Outcome: String, Hashable, Sendable {
    case recommended
    /// Looked at and left as it is.
    case kept
    /// Not judged, because the evidence does not carry a judgement.
    case refused
  }
  package var step: AdviceStep
  package var subject: Subject
  package var outcome: Outcome
  /// What to do, or what is left as it is.
  package var conclusion: Conclusion
  package var reason: VerdictReason
  package var confidence: Confidence
  package var evidence: Evidence
  /// Saving in the reviewed month, the difference of two bills; zero unless recommended.
  package var saving: Money = .zero
  /// What it saves a month of the coming term, with what is held at each time of it; nil where the month says that.
  package var termSaving: Money?
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
    step: AdviceStep, subject: Subject, outcome: Outcome, conclusion: Conclusion, reason: VerdictReason,
    confidence: Confidence, evidence: Evidence
  ) {
    self.step = step
    self.subject = subject
    self.outcome = outcome
    self.conclusion = conclusion
    self.reason = reason
    self.confidence = confidence
    self.evidence = evidence
  }

  /// Every price it rests on, with repetitions.
  package var prices: [PriceNote] { evidence.prices + billedPrices }

  /// What `plimsoll why` takes: `rightsize-database`, `rightsize-shop/web-1`, `mix-m5`.
  package var id: String { "\(step.rawValue)-\(subject.name)" }

  /// The services that it concerns, by name.
  package var services: [String] { subject.services }
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
  case tuning(TuningReason)
  case purchase(PurchaseReason)
  /// What was tried, and why, saves less a month than the least amount and the percentage of its service's cost that are
  /// worth a change, or costs more; amounts are in the bill's currency.
  case notWorth(changes: [Change], because: VerdictReason, saving: Money, least: Money, percent: Int)
}

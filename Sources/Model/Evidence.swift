/// Samples seen out of samples expected.
package struct Coverage: Hashable, Sendable {
  package var seen: Int
  package var expected: Int

  package init(seen: Int, expected: Int) {
    self.seen = seen
    self.expected = expected
  }

  /// Tenths of a percent, rounded down so that 99.96 % never prints as complete; 0 when nothing was expected.
  package var permille: Int { expected == 0 ? 0 : seen * 1000 / expected }

  /// `96.7 % (8,640 of 8,928 samples)`.
  package var description: String {
    "\(permille / 10).\(permille % 10) % (\(grouped(seen)) of \(grouped(expected)) samples)"
  }
  /// `96.7 %`.
  package var percentText: String { "\(permille / 10).\(permille % 10) %" }

  package static func + (a: Coverage, b: Coverage) -> Coverage {
    Coverage(seen: a.seen + b.seen, expected: a.expected + b.expected)
  }
}

/// What a finding or a refusal rests on; enough to recompute it by hand.
package struct Evidence: Hashable, Sendable {
  package var period: Period
  package var coverage: Coverage
  /// Labelled figures in the order they are read.
  package var figures: [Figure]
  /// The price rows used, with source and date.
  package var prices: [PriceNote]
  /// What a reader of the verdict alone should know beside it.
  package var asides: [String] = []
  /// How what was measured is spread, for a closer look.
  package var distributions: [Distribution] = []

  package struct Figure: Hashable, Sendable {
    package var label: String
    package var value: String
    package init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }
  }

  package init(period: Period, coverage: Coverage, figures: [Figure], prices: [PriceNote] = []) {
    self.period = period
    self.coverage = coverage
    self.figures = figures
    self.prices = prices
  }
}

/// How many samples lie in each tenth of 0 to 100 percent.
package struct Distribution: Hashable, Sendable {
  package let title: String
  /// 0 to below 10, ... 90 and above.
  package private(set) var counts = [Int](repeating: 0, count: 10)

  package init(_ title: String, _ percents: some Sequence<Double>) {
    self.title = title
    for percent in percents { counts[min(9, max(0, Int(percent / 10)))] += 1 }
  }

  /// All samples.
  package var count: Int { counts.reduce(0, +) }
}

/// How sure a finding is.
package enum Confidence: String, Sendable, Comparable, CaseIterable {
  case low, medium, high
  package static func < (a: Confidence, b: Confidence) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// The steps of advice in the order they are applied; each starts from the plan the one before left.
package enum AdviceStep: String, CaseIterable, Sendable {
  // A smaller instance changes what a window or a reservation saves, so size comes first; a window
  // changes how many hours a reservation serves, so purchase comes last.
  case rightsize, schedule, mix

  package var title: String {
    switch self {
    case .rightsize: "Right-size"
    case .schedule: "Schedule"
    case .mix: "Purchase mix"
    }
  }
}

/// What an adviser says of one service: every service gets exactly one verdict a step.
package struct Verdict: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case recommended
    /// Looked at and left as it is.
    case kept
    /// Not judged, because the evidence does not carry a judgement.
    case refused
  }
  package var step: AdviceStep
  package var service: String
  package var outcome: Outcome
  /// What to do, or why nothing is done.
  package var text: String
  package var reason: String
  package var confidence: Confidence
  package var evidence: Evidence
  /// Saving in the reviewed month, the difference of two bills; zero unless recommended.
  package var saving: Money = .zero
  /// What other purchases would cost; nil for advice that buys nothing.
  package var purchases: PurchaseComparison?
  /// The prices of the lines in which the two bills differ.
  package var billedPrices: [PriceNote] = []

  package init(
    step: AdviceStep, service: String, outcome: Outcome, text: String, reason: String,
    confidence: Confidence, evidence: Evidence
  ) {
    self.step = step
    self.service = service
    self.outcome = outcome
    self.text = text
    self.reason = reason
    self.confidence = confidence
    self.evidence = evidence
  }

  /// Every price it rests on, with repetitions.
  package var prices: [PriceNote] { evidence.prices + billedPrices }

  /// What `plimsoll why` takes: `rightsize-database`.
  package var id: String { "\(step.rawValue)-\(service)" }
}

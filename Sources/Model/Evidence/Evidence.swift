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
    "\(percentText) (\(grouped(seen)) of \(grouped(expected)) samples)"
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
  /// In the order they are read.
  package var figures: [EvidenceFigure]
  /// The price rows used, with source and date.
  package var prices: [PriceNote]
  /// How what was measured is spread, for a closer look.
  package var distributions: [Distribution] = []
  /// What of the fleet file nobody said, and was gone by all the same.
  package var defaults: [DefaultUsed] = []

  package init(period: Period, coverage: Coverage, figures: [EvidenceFigure], prices: [PriceNote] = []) {
    self.period = period
    self.coverage = coverage
    self.figures = figures
    self.prices = prices
  }
}

/// A key of the fleet file that nobody wrote, with what held without it.
package struct DefaultUsed: Hashable, Sendable {
  /// `review.percentile`; a key of a service without its name.
  package let key: String
  package let value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// How many samples lie in each tenth of 0 to 100 percent of an instance.
package struct Distribution: Hashable, Sendable {
  package let dimension: SizeDimension
  /// 0 to below 10, ... 90 and above.
  package private(set) var counts = [Int](repeating: 0, count: 10)

  package init(of dimension: SizeDimension, _ percents: [Double]) {
    self.dimension = dimension
    for percent in percents { counts[Int(min(9, max(0, percent / 10)))] += 1 }
  }

  /// All samples.
  package var count: Int { counts.reduce(0, +) }
}

/// How sure a verdict is of what it found: low where what it rests on is not known well, and for a refusal, which found nothing.
package enum Confidence: String, Sendable, Comparable, CaseIterable {
  case low, medium, high
  package static func < (a: Confidence, b: Confidence) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// The steps of advice in the order they are applied; each starts from the plan the one before left.
package enum AdviceStep: String, CaseIterable, Sendable {
  // What should not run at all is taken away before anything is fitted to what runs. A smaller instance changes what a window
  // or a reservation saves, so size comes next; what acts by the clock comes before what follows the load within it; both change
  // how many hours a reservation serves, so purchase is last.
  case waste, rightsize, schedule, tune, mix

  package var title: String {
    switch self {
    case .waste: "Waste"
    case .rightsize: "Right-size"
    case .schedule: "Schedule"
    case .tune: "Tune"
    case .mix: "Purchase mix"
    }
  }
}

/// A figure that a reader of the evidence recomputes a verdict from.
package enum EvidenceFigure: Hashable, Sendable {
  case waste(WasteFigure)
  case size(SizeFigure)
  case schedule(ScheduleFigure)
  case tuning(TuningFigure)
  case purchase(PurchaseFigure)
  case spot(SpotFigure)
}

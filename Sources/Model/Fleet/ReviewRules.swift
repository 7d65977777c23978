/// What the reviewer asks of the evidence, and the margins advice keeps.
package struct ReviewRules: Decodable, Sendable {
  /// Percent of expected samples below which an adviser refuses.
  package var requiredCoveragePercent: Int
  /// Hours of samples below which an adviser refuses.
  package var minimumHours: Int
  /// Days before the end of the history, 1 to 400, within which right-sizing wants ``minimumHours``; nil for
  /// ``defaultMinimumHoursWithinDays``.
  package var minimumHoursWithinDays: Int?
  /// Days of history that right-sizing looks at, 1 to 400, up to the end of the month under review; nil for that month.
  package var lookbackDays: Int?
  /// Days, 1 to 400, in which a sample loses half of its weight in right-sizing; nil when all weigh alike.
  package var halfLifeDays: Int?
  /// Percentile of the interval maxima that must fit, such as 99.5.
  package var percentile: ScaledDecimal
  /// How dear too little capacity is beside too much, where a size is chosen by its expected loss; nil when it is chosen
  /// by ``percentile``.
  package var risk: CapacityRisk?
  /// Which types right-sizing may propose; nil for those of the service's list.
  package var candidates: CandidateRange?
  /// Percent, 0 to 1,000, that are put on the price of a type of another family when types are compared, for the effort
  /// of moving; nil for ``defaultFamilyEffortPercent``.
  package var otherFamilyEffortPercent: Int?
  /// Percent, 0 to 1,000, that are put on the price of a type of another architecture, for which software is built anew;
  /// nil for ``defaultArchitectureEffortPercent``.
  package var otherArchitectureEffortPercent: Int?
  /// Percent of an instance's CPU that stays free at that percentile, 0 to 99.
  package var cpuHeadroomPercent: Int
  /// Percent of an instance's memory that stays free at that percentile, 0 to 99.
  package var memoryHeadroomPercent: Int
  /// Percent of network and EBS throughput that stays free, 0 to 99; nil for ``defaultThroughputHeadroomPercent``.
  package var throughputHeadroomPercent: Int?
  /// Weeks of history each hour of the week needs before a schedule may rely on it.
  package var minimumWeeks: Int
  /// Dollars: advice is not given that saves less than this a month and less than ``minimumSavingPercent``.
  package var minimumSavingUsd: Money
  /// Percent of what its service costs that advice must save where it does not reach ``minimumSavingUsd``; nil for
  /// ``defaultMinimumSavingPercent``.
  package var minimumSavingPercent: Int?
  /// Days: prices older than this on the date of the advice are named; nil for ``defaultStaleAfterDays``.
  package var staleAfterDays: Int?
}

extension ReviewRules {
  /// The days of history that may be asked for, and of a half-life.
  package static let permittedDays = 1...400

  /// The percentages of headroom that leave something to use.
  package static let permittedHeadroom = 0...99
}

extension ScaledDecimal {
  /// True for numbers above 0 and at most 100.
  package var isPercentile: Bool { mantissa > 0 && double <= 100 }
}

/// The share of a service's cost, in percent, from which a saving is worth a change where the fleet file does not say.
package let defaultMinimumSavingPercent = 10

/// The age in days above which a price is named where neither fleet file nor command says otherwise.
package let defaultStaleAfterDays = 180

/// The days before the end of the history within which enough hours must be measured, where the fleet file does not say.
package let defaultMinimumHoursWithinDays = 14

/// What is put on the price of a type of another family, in percent, where the fleet file does not say.
package let defaultFamilyEffortPercent = 5

/// What is put on the price of a type of another architecture, in percent, where the fleet file does not say.
package let defaultArchitectureEffortPercent = 15

/// The headroom of network and EBS throughput, in percent, where the fleet file does not say.
package let defaultThroughputHeadroomPercent = 20

/// Which types right-sizing may propose.
package enum CandidateRange: String, CaseIterable, Decodable, Sendable {
  /// Those of the service's `instance_types`.
  case list
  /// All of the price book that may stand in their place, ``Catalogue/types(like:)``.
  case catalogue
}

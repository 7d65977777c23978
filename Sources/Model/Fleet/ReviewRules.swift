/// What the reviewer asks of the evidence, and the margins advice keeps.
package struct ReviewRules: FleetPart {
  package var requiredCoveragePercent = 80
  package var minimumHours = 30
  package var minimumHoursWithinDays: Int?
  package var lookbackDays: Int?
  package var halfLifeDays: Int?
  package var holdDays: Int?
  /// What was asked for; nil where nobody did.
  private var askedPercentile: ScaledDecimal?
  private var askedCPUHeadroomPercent: Int?
  package var memoryPercentile: ScaledDecimal?
  package var capacityPercentile: ScaledDecimal?
  package var risk: CapacityRisk?
  package var candidates: CandidateRange?
  package var otherFamilyEffortPercent: Int?
  package var otherArchitectureEffortPercent: Int?
  package var memoryHeadroomPercent = 20
  package var throughputHeadroomPercent: Int?
  package var minimumWeeks = 3
  package var minimumSavingUsd = Money(nanoDollars: 5_000_000_000)
  package var minimumSavingPercent: Int?
  package var staleAfterDays: Int?

  package init() {}

  /// To set it is to ask for it, see ``cpuRisk``.
  package var percentile: ScaledDecimal {
    get { askedPercentile ?? defaultPercentile }
    set { askedPercentile = newValue }
  }

  /// To set it is to ask for it, see ``cpuRisk``.
  package var cpuHeadroomPercent: Int {
    get { askedCPUHeadroomPercent ?? defaultCPUHeadroomPercent }
    set { askedCPUHeadroomPercent = newValue }
  }

  /// What the CPU of a size is chosen by: the risk that is asked for; nil, for a percentile with headroom, where one of
  /// these is asked for in its place; `expected` where nothing is.
  package var cpuRisk: CapacityRisk? {
    risk ?? (askedPercentile == nil && askedCPUHeadroomPercent == nil ? .expected : nil)
  }

  package static let about = "What the reviewer asks of the evidence, and the margins advice keeps."

  package static let keys: [FleetKey<ReviewRules>] = [
    FleetKey(
      "required_coverage_percent", \.requiredCoveragePercent,
      "Percent of expected samples below which an adviser refuses.", unit: "%"),
    FleetKey("minimum_hours", \.minimumHours, "Hours of samples below which an adviser refuses.", unit: "hours"),
    FleetKey(
      "minimum_hours_within_days", \.minimumHoursWithinDays,
      "Days before the end of the history, 1 to 400, within which right-sizing wants `minimum_hours`.", unit: "days",
      absent: "14"),
    FleetKey(
      "lookback_days", \.lookbackDays,
      "Days of history that right-sizing looks at, 1 to 400, up to the end of the month under review.", unit: "days",
      absent: "that month"),
    FleetKey(
      "half_life_days", \.halfLifeDays, "Days, 1 to 400, in which a sample loses half of its weight in right-sizing.",
      unit: "days", absent: "none when all weigh alike"),
    FleetKey(
      "hold_days", \.holdDays,
      "Days, 1 to 400, that a size stays before it is chosen again: it must carry the demand that is expected until then, and where it is chosen by `risk`, history counts for less the more of them ago it is.",
      unit: "days", absent: "90, and all of the history counts alike"),
    FleetKey(
      "percentile", \.percentile,
      "Percentile of the interval maxima that must fit, 50 to 100, such as 99.5. To state it is to choose CPU by it, where there is no `risk`.",
      unit: "%"),
    FleetKey(
      "memory_percentile", \.memoryPercentile,
      "Percentile of memory that must fit, 50 to 100, for owners who let memory be short at its highest.", unit: "%",
      absent: "the highest sample, beside `percentile` with headroom"),
    FleetKey(
      "capacity_percentile", \.capacityPercentile,
      "Percentile of what a load was with about so many users, 50 to 100, that `capacity` and `check` want carried.",
      unit: "%", absent: "99"),
    FleetKey(
      "risk", \.risk, "How dear too little CPU is beside too much: a size is chosen by its expected loss.",
      absent:
        "`expected`, but where `percentile` or `cpu_headroom_percent` is stated: CPU is then chosen by that percentile with headroom"
    ),
    FleetKey(
      "candidates", \.candidates, "Which types right-sizing may propose.",
      absent: "those of the service's list; where it has none, those of the architecture that runs"),
    FleetKey(
      "other_family_effort_percent", \.otherFamilyEffortPercent,
      "Percent, 0 to 1,000, that are put on the price of a type of another family when types are compared, for the effort of moving.",
      unit: "%", absent: "5"),
    FleetKey(
      "other_architecture_effort_percent", \.otherArchitectureEffortPercent,
      "Percent, 0 to 1,000, that are put on the price of a type of another architecture, for which software is built anew.",
      unit: "%", absent: "15"),
    FleetKey(
      "cpu_headroom_percent", \.cpuHeadroomPercent,
      "Percent of an instance's CPU that stays free at that percentile, 0 to 99. To state it is to choose CPU by `percentile`, where there is no `risk`.",
      unit: "%"),
    FleetKey(
      "memory_headroom_percent", \.memoryHeadroomPercent,
      "Percent of an instance's memory that stays free at that percentile, 0 to 99.", unit: "%"),
    FleetKey(
      "throughput_headroom_percent", \.throughputHeadroomPercent,
      "Percent of network and EBS throughput that stays free, 0 to 99.", unit: "%", absent: "20"),
    FleetKey(
      "minimum_weeks", \.minimumWeeks, "Weeks of history each hour of the week needs before a schedule may rely on it.",
      unit: "weeks"),
    FleetKey(
      "minimum_saving_usd", \.minimumSavingUsd,
      "Dollars: advice is not given that saves less than this a month and less than `minimum_saving_percent`.",
      unit: "USD"),
    FleetKey(
      "minimum_saving_percent", \.minimumSavingPercent,
      "Percent of what its service costs that advice must save where it does not reach `minimum_saving_usd`.",
      unit: "%", absent: "10"),
    FleetKey(
      "stale_after_days", \.staleAfterDays, "Days: prices older than this on the date of the advice are named.",
      unit: "days", absent: "180"),
  ]
}

extension ReviewRules {
  /// The days of history that may be asked for, and of a half-life.
  package static let permittedDays = 1...400

  /// The percentages of headroom that leave something to use.
  package static let permittedHeadroom = 0...99
}

extension ScaledDecimal {
  /// True for numbers from 50 to 100: below lies no size that is ever meant, least of all where a fraction such as 0.99 was.
  package var isPercentile: Bool { double >= 50 && double <= 100 }
}

/// What is expected where a percentile is not one, ``ScaledDecimal/isPercentile``.
package let percentileExpectation = "a percentile from 50 to 100, such as 99.5"

/// The percentile of what was used that must fit, where nobody says.
package let defaultPercentile = ScaledDecimal(mantissa: 995, scale: 1)

/// The percent of CPU that stays free, where nobody says.
package let defaultCPUHeadroomPercent = 20

/// The days that a size stays, where the fleet file does not say.
package let defaultHoldDays = 90

/// The share of a service's cost, in percent, from which a saving is worth a change where the fleet file does not say.
package let defaultMinimumSavingPercent = 10

/// The percentile of a load with so many users that is to be carried, where the fleet file does not say.
package let defaultCapacityPercentile = ScaledDecimal(mantissa: 99, scale: 0)

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

import Model

/// The numbers of the review lie where they mean something.
func reviewNumbersAreInRange(_ fleet: Fleet) -> [FleetFault] {
  let review = fleet.review
  let path = fleetRoot.key("review")
  return [
    ("required_coverage_percent", review.requiredCoveragePercent, 0...100),
    ("minimum_hours", review.minimumHours, 0...8784),
    ("minimum_hours_within_days", review.minimumHoursWithinDays, ReviewRules.permittedDays),
    ("lookback_days", review.lookbackDays, ReviewRules.permittedDays),
    ("half_life_days", review.halfLifeDays, ReviewRules.permittedDays),
    ("hold_days", review.holdDays, ReviewRules.permittedDays),
    ("other_family_effort_percent", review.otherFamilyEffortPercent, 0...1000),
    ("other_architecture_effort_percent", review.otherArchitectureEffortPercent, 0...1000),
    ("cpu_headroom_percent", review.cpuHeadroomPercent, ReviewRules.permittedHeadroom),
    ("memory_headroom_percent", review.memoryHeadroomPercent, ReviewRules.permittedHeadroom),
    ("throughput_headroom_percent", review.throughputHeadroomPercent, ReviewRules.permittedHeadroom),
    ("minimum_weeks", review.minimumWeeks, 1...52),
    ("minimum_saving_percent", review.minimumSavingPercent, 0...100),
    ("stale_after_days", review.staleAfterDays, 0...3660),
  ].flatMap { (key: String, value: Int?, range: ClosedRange<Int>) in
    value.map { outside($0, range, path.key(key)) } ?? []
  } + percentileFaults(review.percentile, path.key("percentile"))
    + (review.memoryPercentile.map { percentileFaults($0, path.key("memory_percentile")) } ?? [])
    + (review.capacityPercentile.map { percentileFaults($0, path.key("capacity_percentile")) } ?? [])
}

private func percentileFaults(_ percentile: ScaledDecimal, _ path: DocumentPath) -> [FleetFault] {
  guard !percentile.isPercentile else { return [] }
  return [FleetFault(path, found: "\(percentile)", expected: percentileExpectation)]
}

import Model

/// How right-sizing is to judge for one question, in place of the fleet's review rules; nil is what these say.
package struct SizingQuestion: Sendable {
  private let lookbackDays, halfLifeDays, cpuHeadroomPercent, memoryHeadroomPercent: Int?
  private let percentile, memoryPercentile: ScaledDecimal?
  private let risk: CapacityRisk?
  let candidates: CandidateRange?

  /// A question of right-sizing.
  ///
  /// - Parameters:
  ///   - lookbackDays: days of history, 1 to 400.
  ///   - halfLifeDays: days in which a sample loses half of its weight, 1 to 400.
  ///   - percentile: 50 to 100. Without a risk it asks for the percentile rule, whatever the fleet's risk.
  ///   - memoryPercentile: 50 to 100; asks for a percentile of memory in place of its highest sample.
  ///   - cpuHeadroomPercent: 0 to 99. Without a risk it asks for the percentile rule, as `percentile` does.
  ///   - memoryHeadroomPercent: 0 to 99.
  ///   - risk: asks for the least expected loss.
  ///   - candidates: which types may be proposed, as a fleet file says it: words and patterns, with commas between them.
  /// - Throws: `DataError`, kind `usage`, for a number out of range or an unknown word, naming the parameter.
  package init(
    lookbackDays: Int? = nil, halfLifeDays: Int? = nil, percentile: ScaledDecimal? = nil,
    memoryPercentile: ScaledDecimal? = nil, cpuHeadroomPercent: Int? = nil, memoryHeadroomPercent: Int? = nil,
    risk: CapacityRisk? = nil, candidates: String? = nil
  ) throws(DataError) {
    self.lookbackDays = try permitted(lookbackDays, ReviewRules.permittedDays, .lookbackDays, "days")
    self.halfLifeDays = try permitted(halfLifeDays, ReviewRules.permittedDays, .halfLifeDays, "days")
    self.cpuHeadroomPercent = try permitted(
      cpuHeadroomPercent, ReviewRules.permittedHeadroom, .cpuHeadroomPercent, "percent")
    self.memoryHeadroomPercent = try permitted(
      memoryHeadroomPercent, ReviewRules.permittedHeadroom, .memoryHeadroomPercent, "percent")
    self.percentile = try permitted(percentile, .percentile)
    self.memoryPercentile = try permitted(memoryPercentile, .memoryPercentile)
    self.risk = risk
    self.candidates = try candidates.map(permittedRange)
  }

  /// The rules with what is asked in place of what they say.
  func applied(to rules: ReviewRules) -> ReviewRules {
    var rules = rules
    rules.lookbackDays = lookbackDays ?? rules.lookbackDays
    rules.halfLifeDays = halfLifeDays ?? rules.halfLifeDays
    // Only what is asked for is set: to set them is to ask for them in place of the expected loss.
    if let percentile { rules.percentile = percentile }
    if let cpuHeadroomPercent { rules.cpuHeadroomPercent = cpuHeadroomPercent }
    rules.memoryPercentile = memoryPercentile ?? rules.memoryPercentile
    rules.memoryHeadroomPercent = memoryHeadroomPercent ?? rules.memoryHeadroomPercent
    rules.risk = risk ?? (percentile == nil && cpuHeadroomPercent == nil ? rules.risk : nil)
    rules.candidates = candidates ?? rules.candidates
    return rules
  }
}

private func permitted(_ percentile: ScaledDecimal?, _ parameter: Parameter) throws(DataError) -> ScaledDecimal? {
  guard let percentile, !percentile.isPercentile else { return percentile }
  throw DataError(
    Place(parameter: parameter), found: "\(percentile)", expected: percentileExpectation, kind: .usage)
}

private func permittedRange(_ text: String) throws(DataError) -> CandidateRange {
  let terms = CandidateRange.terms(text)
  guard let unknown = terms.first(where: { CandidateRange.Term($0) == nil }) else { return CandidateRange(terms)! }
  throw DataError(
    Place(parameter: .candidates), found: "\"\(unknown)\"", expected: CandidateRange.expectation(insteadOf: unknown),
    kind: .usage)
}

private func permitted(
  _ value: Int?, _ range: ClosedRange<Int>, _ parameter: Parameter, _ unit: String
) throws(DataError) -> Int? {
  guard let value, !range.contains(value) else { return value }
  throw DataError(
    Place(parameter: parameter), found: "\(value)",
    expected: "a whole number of \(unit) from \(range.lowerBound) to \(range.upperBound)", kind: .usage)
}

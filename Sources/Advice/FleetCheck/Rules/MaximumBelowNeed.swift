import Model

/// The most instances that may run against what the owners' tables need.
struct MaximumBelowNeed: CheckRule {
  let id = "maximum-below-need"
  let about = "The most instances that may run are fewer than the document needs at a number of users."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services: [{ name: web, maximum: 8 }]
      claims:
        expected_consumption: [{ service: web, at: [{ users: 10000, instances: 8-12 }] }]
      """,
    consistent: """
      name: shop
      services: [{ name: web, maximum: 12 }]
      claims:
        expected_consumption: [{ service: web, at: [{ users: 10000, instances: 8-12 }] }]
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      let short = facts.stated(of: service).filter { row in
        row.count.map { ($0.upper ?? $0.lower) > service.maximum } ?? false
      }
      guard let first = short.first, let range = first.count else { return [] }
      let never = short.contains { ($0.count?.lower ?? 0) > service.maximum }
      let most = short.compactMap { $0.count.map { $0.upper ?? $0.lower } }.max() ?? service.maximum
      let sums = short.compactMap { row in
        row.count.map { "\($0) - \(service.maximum) = \(missing($0, service.maximum)) too few \(row.at)" }
      }
      return [
        CheckFinding(
          self, never ? .error : .warning, service.name,
          "at most \(service.maximum) may run, where \(range) are needed \(first.at)", sums.joined(separator: "; "),
          [CheckedPlace(path.key("maximum"), "\(service.maximum)")]
            + short.map { CheckedPlace($0.countPath, "\($0.count?.description ?? "") \($0.at)") },
          weight: Double(most) / Double(max(1, service.maximum)))
      ]
    }
  }

  /// `0-4` of 8-12 and 8; `7+` of 15+ and 8.
  private func missing(_ range: CountRange, _ maximum: Int) -> String {
    let upper = range.upper.map { max(0, $0 - maximum) }
    return CountRange(lower: max(0, range.lower - maximum), upper: upper).description
  }
}

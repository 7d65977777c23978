import Analysis
import Model

/// The jobs that tokens were used for.
package struct TokenJobs: Hashable, Sendable {
  /// The service that does them.
  package var service: String
  /// All of the period: those that were measured, with as many again for the time in which none were.
  package var count: Double
  package var coverage: Coverage

  /// Why there are none.
  package enum Gap: Error, Hashable, Sendable {
    /// No service of the fleet with this driver has its jobs measured.
    case unmeasured
    /// Several have, and the fleet file does not say which.
    case several([String])
  }

  /// - Throws: ``DataError`` when the samples cannot be read.
  package static func of(
    _ use: TokenUse, _ rules: TokenRules?, _ context: AdviceContext
  ) throws(DataError) -> Result<TokenJobs, Gap> {
    let names =
      rules?.jobs.map { [$0] } ?? context.fleet.services.filter { $0.driver == use.driver }.map(\.name)
    var found: [TokenJobs] = []
    for name in names {
      if let jobs = try jobs(of: name, context) { found.append(jobs) }
    }
    if found.count > 1 { return .failure(.several(found.map(\.service))) }
    return found.first.map { .success($0) } ?? .failure(.unmeasured)
  }

  private static func jobs(of service: String, _ context: AdviceContext) throws(DataError) -> TokenJobs? {
    let key = SeriesKey(service: service, metric: .jobsPerMinute)
    guard let values = try context.history.series(key, in: context.period)?.aligned(to: context.grid) else {
      return nil
    }
    let known = values.compactMap(\.self)
    let sum = known.reduce(0, +) * Double(context.grid.stepSeconds) / 60
    guard sum > 0 else { return nil }
    return TokenJobs(
      service: service, count: sum * Double(values.count) / Double(known.count),
      coverage: Coverage(seen: known.count, expected: values.count))
  }
}

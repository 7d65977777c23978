// What one user of each type causes, by the store: calls of the API, jobs, connections, and what charges follow, each regressed
// on how many users of each type there were (Solvers/Regress). Where a load is not explained by its users well enough, or types
// come and go together, the fleet file's figures stay.

import Model
import Solvers

/// A load that users cause, and what each type's part in it is.
package struct UserLoad: Hashable, Sendable {
  /// Why the fleet file's figures stand.
  package enum Doubt: Hashable, Sendable {
    /// So many days were measured.
    case fewDays(Int)
    /// Users explain that share of the load's variance.
    case unexplained(Double)
    /// Types come and go together, so that nobody can tell what is whose.
    case alike
  }

  package var driver: CostDriver
  /// Where it was measured.
  package var service: String
  package var metric: Metric
  /// What one user causes: connections, or so much an hour. By type; none where nothing can be said.
  package var weights: [LoadRegression.Weight]
  /// The same as the fleet file has it.
  package var ofFile: [Double]
  /// The share of the load's variance that users explain.
  package var explained: Double
  package var days: Int
  /// nil where ``weights`` count.
  package var doubt: Doubt?

  /// Percent that intervals are to hold.
  package static let level = 95
  /// The least share of a load's variance that its users are to explain, in percent.
  package static let leastExplainedPercent = 80
  /// Days that are to be measured.
  package static let leastDays = 7
  /// What half an interval may be of the largest weight.
  private static let widest = 0.5
  /// Fleets of more types keep to their file.
  private static let mostTypes = 12
  /// Units of a user; the allocation multiplies them with user-seconds.
  private static let mostUnits = 1e6

  /// Of each driver that is measured anywhere; none where not all types are, or there are next to none or too many.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package static func all(
    _ users: UserCounts, of fleet: Fleet, history: History, grid: SampleGrid
  ) throws(DataError) -> [UserLoad] {
    guard users.gap == nil, (2...mostTypes).contains(users.types.count) else { return [] }
    let sources = Source.all(fleet)
    guard !sources.isEmpty else { return [] }
    var numbers: [[Double?]] = []
    for type in users.types {
      let key = SeriesKey(service: "users", resource: type.name, metric: .concurrentUsers)
      guard let series = try history.series(key, in: grid.period) else { return [] }
      numbers.append(series.aligned(to: grid))
    }
    var measured: [(source: Source, load: [Double?])] = []
    for source in sources where !measured.contains(where: { $0.source.driver == source.driver }) {
      if let load = try source.load(history, grid) { measured.append((source, load)) }
    }
    return measured.concurrentMap { [numbers] in UserLoad($0.source, $0.load, numbers, users.types, grid) }
  }

  private init(_ source: Source, _ load: [Double?], _ numbers: [[Double?]], _ types: [UserType], _ grid: SampleGrid) {
    let stepsPerDay = Int(86_400 / grid.stepSeconds)
    driver = source.driver
    service = source.key.service
    metric = source.key.metric
    ofFile = types.map { Double($0.weight(for: source.driver)) / 1e6 }
    let found = LoadRegression(load: load, numbers: numbers, stepsPerDay: stepsPerDay, level: Self.level)
    weights = found?.weights ?? []
    explained = found?.explained ?? 0
    let measured = load.indices.filter { load[$0] != nil }.map { $0 / max(1, stepsPerDay) }
    days = found?.days ?? Set(measured).count
    doubt = found.map { Self.doubt($0) } ?? (days < Self.leastDays ? .fewDays(days) : .alike)
  }

  private static func doubt(_ found: LoadRegression) -> Doubt? {
    if found.days < leastDays { return .fewDays(found.days) }
    if found.explained * 100 < Double(leastExplainedPercent) { return .unexplained(found.explained) }
    let most = found.weights.map(\.value).max() ?? 0
    let isTold = found.weights.allSatisfy { $0.upper - $0.value <= widest * most }
    return most > 0 && isTold ? nil : .alike
  }

  /// The weights as ``UserType/weight(for:)`` has them, in millionths; nil where the fleet file's stand.
  var millionths: [Int128]? {
    guard doubt == nil, let most = weights.map(\.value).max() else { return nil }
    // Larger ones count beside each other alone.
    let scale = most > Self.mostUnits ? Self.mostUnits / most : 1
    return weights.map { weight in
      let millionths: Int64 = wholeNumber((weight.value * scale * 1e6).rounded())
      return Int128(millionths)
    }
  }
}

/// Where a driver's load is measured.
private struct Source: Sendable {
  var driver: CostDriver
  var key: SeriesKey
  /// What its unit is of one an hour, or of one at any time; nil for a series of amounts, each of its interval.
  var factor: Double?

  /// In the order of the fleet's services, then of its charges.
  static func all(_ fleet: Fleet) -> [Source] {
    let known: [CostDriver: (metric: Metric, factor: Double)] = [
      .apiCalls: (.requestsPerSecond, 3600), .prompts: (.jobsPerMinute, 60), .websocketConnections: (.connections, 1),
    ]
    let services = fleet.services.compactMap { service in
      known[service.driver].map {
        Source(driver: service.driver, key: SeriesKey(service: service.name, metric: $0.metric), factor: $0.factor)
      }
    }
    return services
      + fleet.charges.compactMap { charge in
        guard case .metric(let metric) = charge.driver else { return nil }
        let isAmount = charge.quantity.metric == metric
        let resource = isAmount ? charge.quantity.resource ?? "" : ""
        return Source(
          driver: charge.driver, key: SeriesKey(service: charge.service, resource: resource, metric: metric),
          factor: isAmount ? nil : 1)
      }
  }

  /// On the grid; nil where nothing was measured.
  func load(_ history: History, _ grid: SampleGrid) throws(DataError) -> [Double?]? {
    let series =
      factor == nil ? try history.meteredSeries(key, in: grid.period) : try history.series(key, in: grid.period)
    guard let series else { return nil }
    let range = series.range(in: grid.period)
    guard !range.isEmpty else { return nil }
    let step = SampleIntervals(series, range, usual: grid.stepSeconds).only ?? grid.stepSeconds
    let scale = factor ?? 3600 / Double(max(1, step))
    return series.aligned(to: grid).map { $0.map { $0 * scale } }
  }
}

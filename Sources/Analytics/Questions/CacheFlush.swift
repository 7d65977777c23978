import Advice
import Analysis
import Model
import Solvers

/// A cache that a load test empties.
public struct FlushQuestion: Sendable {
  /// The cache.
  public var service: String
  /// How many of its nodes; nil for all.
  public var nodes: Int?

  /// A cache, some or all of whose nodes begin empty.
  public init(service: String, nodes: Int? = nil) {
    self.service = service
    self.nodes = nodes
  }
}

/// What is known of a cache that is to be emptied.
struct KnownCache: Sendable {
  var service: String
  var behind: String
  var usual: Double
  var nodes, emptied: Int
  var refillSeconds: Int64
  var shares: [MissShare]
}

/// A cache emptied in a load test, and what stands behind it.
package struct CacheFlush: Sendable {
  package var service, behind: String
  package var nodes, emptied: Int
  package var refillSeconds: Int64
  package var cache: ColdCache
  package var shares: [MissShare]

  /// When the load is first at its most.
  init(_ known: KnownCache, in scenario: LoadScenario) {
    (service, behind) = (known.service, known.behind)
    (nodes, emptied) = (known.nodes, known.emptied)
    refillSeconds = known.refillSeconds
    shares = known.shares
    let most = scenario.shares.compactMap(\.self).max() ?? 0
    let step = scenario.grid.stepSeconds
    cache = ColdCache(
      usual: known.usual, cold: Double(known.emptied) / Double(max(1, known.nodes)),
      tick: scenario.shares.firstIndex { ($0 ?? 0) >= most } ?? 0,
      refillTicks: Int(clamping: (known.refillSeconds + step - 1) / step))
  }

  /// A service's traffic with what is not found.
  func traffic(_ warm: ServiceTraffic, of service: String) -> ServiceTraffic {
    if service == behind { return warm.behind(cache, shares) }
    guard service == self.service else { return warm }
    var traffic = warm
    traffic.set(.total(.hitRatePercent), to: (0..<warm.grid.count).map { cache.found(at: $0) * 100 })
    return traffic
  }
}

extension Study {
  /// What the fleet file and the month say of a cache.
  func coldCache(
    _ question: FlushQuestion, _ prepared: [PreparedSimulation], _ models: [LoadModel], _ users: [Double?]
  ) throws(DataError) -> KnownCache {
    func wrong(_ found: String, _ expected: String, _ kind: DataError.Kind = .usage) -> DataError {
      DataError(Place(parameter: .flush), found: found, expected: expected, kind: kind)
    }
    guard let service = fleet.services.first(where: { $0.name == question.service }) else {
      throw wrong("\"\(question.service)\"", choice(among: fleet.services.map(\.name), insteadOf: question.service))
    }
    guard let refill = service.cluster?.refill, let behind = service.cluster?.backedBy else {
      throw wrong(
        "\(service.name), of which the fleet file does not say both",
        "cluster.refill, the time that an empty node takes, and cluster.backed_by, what is asked for what it does not find"
      )
    }
    // What runs when the month ends: what a load test begins with.
    let nodes = max(1, runningCounts(try asRun().runs(of: service.name), on: context.grid).last ?? service.minimum)
    let emptied = question.nodes ?? nodes
    guard (1...nodes).contains(emptied) else {
      throw wrong("\(service.name)=\(emptied)", "1 to \(nodes), as many nodes as it has")
    }
    let key = SeriesKey(service: service.name, metric: .hitRatePercent)
    let found = try context.history.series(key, in: period)?.aligned(to: context.grid).map { $0.map { $0 / 100 } } ?? []
    guard let usual = percentile(ScaledDecimal(mantissa: 50, scale: 0), of: found.compactMap(\.self)) else {
      throw wrong(
        "\(service.name), whose \(Metric.hitRatePercent.rawValue) was not measured in the month",
        "a cache of which it was",
        .missingInput)
    }
    var shares: [MissShare] = []
    if let place = prepared.firstIndex(where: { $0.simulation.service.name == behind }) {
      shares = MissShare.learned(
        prepared[place].simulation.traffic, models[place], users: users, found: found, usual: usual)
    }
    return KnownCache(
      service: service.name, behind: behind, usual: usual, nodes: nodes, emptied: emptied,
      refillSeconds: refill.seconds, shares: shares)
  }
}

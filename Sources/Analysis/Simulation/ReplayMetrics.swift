import Model
import Solvers

/// A metric of a service in a replay, and how what is written of it is scaled.
package struct SimulatedMetric: Hashable, Sendable {
  /// Its place among the metrics of the replay.
  package var index: Int
  /// By what a threshold is multiplied to be one of the replay's metric.
  var factor: Double = 1
  /// False for what is replayed as it was recorded, whatever the capacity: latency, error rates, what a limit has of a total.
  package var follows: Bool
}

/// The metrics of a service, as conditions and policies ask for them, each once.
///
/// CPU, memory and what an instance has of a total follow from the load and from how many serve; a queue from what waits. Any
/// other metric is replayed as it was measured.
package struct ReplayMetrics: Sendable {
  private let service: Service
  private let capacity: InstanceCapacity
  private let traffic: ServiceTraffic
  /// The ticks of each load, by its place.
  private let ticks: [[Int]]
  private let places: [ServiceTraffic.Load: Int]
  /// True where what is not carried waits.
  let hasQueue: Bool
  package private(set) var metrics: [ReplayMetric] = []
  private var known: [Use: SimulatedMetric] = [:]

  private struct Use: Hashable {
    var metric: Metric
    var basis: Condition.Basis
    var isEach: Bool
    var periodTicks: Int
  }

  init(_ service: Service, _ capacity: InstanceCapacity, _ traffic: ServiceTraffic) {
    self.service = service
    self.capacity = capacity
    self.traffic = traffic
    let loads = traffic.loads
    ticks = loads.map { traffic.values[$0] ?? [] }
    places = Dictionary(loads.enumerated().map { ($1, $0) }) { first, _ in first }
    hasQueue = capacity.workPerMinute != nil && traffic.values[.total(.jobsPerMinute)] != nil
  }

  /// The metric that is asked for; nil where the traffic has nothing of it, or no limit that it is a share of.
  /// - Parameters:
  ///   - isEach: whether a queue is asked about for each instance.
  ///   - periodTicks: of how many ticks a datapoint is the mean.
  package mutating func metric(
    _ metric: Metric, _ basis: Condition.Basis, isEach: Bool = false, periodTicks: Int = 1
  ) -> SimulatedMetric? {
    let use = Use(metric: metric, basis: basis, isEach: isEach, periodTicks: periodTicks)
    if let known = known[use] { return known }
    guard let (kind, factor, follows) = kind(metric, basis, isEach: isEach) else { return nil }
    let simulated = SimulatedMetric(index: metrics.count, factor: factor, follows: follows)
    metrics.append(ReplayMetric(name: "\(metric.rawValue) \(metrics.count)", kind: kind, periodTicks: periodTicks))
    known[use] = simulated
    return simulated
  }

  private typealias Kind = (ReplayMetric.Kind, factor: Double, follows: Bool)

  private func kind(_ metric: Metric, _ basis: Condition.Basis, isEach: Bool) -> Kind? {
    switch metric {
    case .cpuPercent, .cpuMaxPercent: cpu(metric)
    case .memoryPercent: memory
    case .connectionGrowthPercentPerMinute: growth
    case .storagePercent: share(of: .storageGiB)
    case .queueDepthItems where hasQueue: (isEach ? .backlogPerInstance : .backlog, 1, true)
    default: total(metric, basis)
    }
  }

  private func cpu(_ metric: Metric) -> Kind? {
    let part = metric == .cpuMaxPercent && places[.peakCPU] != nil ? ServiceTraffic.Load.peakCPU : .cpu
    guard capacity.vcpu > 0, let load = places[part] else { return nil }
    return (
      .utilisation(load: load, perInstance: capacity.vcpu * 100_000, idle: idle(part), cap: 100_000), 1, true
    )
  }

  private var memory: Kind? {
    guard let whole = capacity.memoryGiB, let load = places[.memory] else { return nil }
    return (
      .utilisation(load: load, perInstance: max(1, thousandths(whole)), idle: idle(.memory), cap: 100_000), 1, true
    )
  }

  /// From one sample to the next, in percent of their distance in minutes.
  private var growth: Kind? {
    guard let load = places[.total(.connections)] else { return nil }
    let minutes = Double(traffic.ticksPerSample) * Double(traffic.grid.stepSeconds) / 60
    return (.growth(load: load, over: traffic.ticksPerSample), minutes, false)
  }

  private func share(of metric: Metric) -> Kind? {
    guard let load = places[.total(metric)], let limit = service.limit(for: metric), !limit.perInstance else {
      return nil
    }
    return (.value(load: load), Double(limit.value) / 100, false)
  }

  private func total(_ metric: Metric, _ basis: Condition.Basis) -> Kind? {
    guard let load = places[.total(metric)] else { return nil }
    switch basis {
    case .whole: return (.value(load: load), 1, false)
    case .perInstance: return (.perInstance(load: load), 1, true)
    case .percentOf:
      guard let limit = service.limit(for: metric), limit.perInstance, limit.value > 0 else {
        return share(of: metric)
      }
      let kind = ReplayMetric.Kind.utilisation(
        load: load, perInstance: limit.value.multiplied(by: 1000), idle: idle(.total(metric)), cap: nil)
      return (kind, 1, true)
    }
  }

  /// The condition in a replay; nil where its metric is not there, or its unit is not the metric's. One that counts samples, or
  /// says what becomes of missing ones, is an alarm over the means of samples.
  package mutating func condition(_ condition: Condition, on metric: Metric) -> ReplayCondition? {
    let samples = condition.isAlarm ? traffic.datapointTicks : 1
    guard let limit = condition.limit(for: metric),
      let found = self.metric(metric, condition.basis, periodTicks: samples)
    else { return nil }
    var alarm: ReplayCondition.Alarm?
    if condition.isAlarm {
      let rule = condition.rule(samplesOf: Int64(samples) * traffic.grid.stepSeconds)
      alarm = ReplayCondition.Alarm(rule, range: condition.evaluationRange(of: rule))
    }
    return ReplayCondition(
      metric: found.index, comparison: condition.comparison == .above ? .above : .below,
      threshold: wholeNumber((limit * found.factor * 1000).rounded()), forTicks: ticks(condition.durationSeconds),
      alarm: alarm)
  }

  /// The ticks that cover a time, one at least.
  func ticks(_ seconds: Int64) -> Int {
    Int(max(1, (seconds + traffic.grid.stepSeconds - 1) / traffic.grid.stepSeconds))
  }

  /// What a metric is in a tick when so many serve; nil where it is not known, and of queues.
  package func value(_ index: Int, at tick: Int, serving: Int) -> Double? {
    func load(_ place: Int) -> Int? {
      ticks[place][tick] == ReplayLoad.missing ? nil : ticks[place][tick]
    }
    switch metrics[index].kind {
    case .utilisation(let place, let perInstance, let idle, let cap):
      guard serving > 0, let load = load(place) else { return nil }
      let use = 100 * (Double(load) + Double(serving) * Double(idle)) / (Double(serving) * Double(perInstance))
      return min(use, cap.map { Double($0) / 1000 } ?? use)
    case .perInstance(let place): return serving > 0 ? load(place).map { Double($0) / 1000 / Double(serving) } : nil
    case .value(let place): return load(place).map { Double($0) / 1000 }
    case .growth(let place, let over):
      guard tick >= over, let now = load(place), case let before = ticks[place][tick - over], before > 0
      else { return nil }
      return 100 * Double(now - before) / Double(before)
    case .backlog, .backlogPerInstance: return nil
    }
  }

  /// The fewest instances that keep a metric at a value or below it in a tick; nil where the load is not known, or the metric
  /// does not fall as capacity grows.
  package func instances(_ index: Int, at tick: Int, keeping most: Double) -> Int? {
    let (load, perInstance): (Int, Double)
    switch metrics[index].kind {
    case .utilisation(let place, let whole, let idle, _):
      (load, perInstance) = (place, Double(whole) * most / 100 - Double(idle))
    case .perInstance(let place): (load, perInstance) = (place, most * 1000)
    case .value, .growth, .backlog, .backlogPerInstance: return nil
    }
    let demand = ticks[load][tick]
    guard demand != ReplayLoad.missing else { return nil }
    guard perInstance > 0 else { return demand > 0 ? ReplayProblem.mostInstances : 0 }
    return min(ReplayProblem.mostInstances, RequiredCount.instances(carrying: Double(demand), filling: perInstance))
  }

  private func idle(_ load: ServiceTraffic.Load) -> Int { thousandths(capacity.idle[load] ?? 0) }

  private func thousandths(_ value: Double) -> Int { max(0, nearestWholeNumber(value * 1000)) }
}

extension Int {
  /// The product, or the largest number there is where it is beyond 64 bits.
  fileprivate func multiplied(by factor: Int) -> Int {
    let (product, isBeyond) = multipliedReportingOverflow(by: factor)
    return isBeyond ? .max : product
  }
}

import Analysis
import Model

/// Where each dimension's need is read from, and which headroom it gets.
struct NeedSamples {
  private let service: Service
  private let current: String
  private let context: AdviceContext
  private let statistic: NeedStatistic

  init(_ service: Service, current: String, _ context: AdviceContext) {
    self.service = service
    self.current = current
    self.context = context
    statistic = NeedStatistic(service, context)
  }

  func instances(_ metric: Metric) throws(DataError) -> InstanceSamples {
    try InstanceSamples(of: service, metric, context, on: context.lookback)
  }

  /// What every dimension needs that is measured or must be known.
  func needs(cpu: InstanceSamples, memory: InstanceSamples) throws(DataError) -> [DimensionNeed] {
    let rules = context.rules
    let reserve = max(rules.memoryHeadroomPercent, service.reservedMemoryPercent ?? 0)
    var needs = [
      need(.cpu, cpu, try statistic.value(of: cpu, percentOf: vcpus), rules.cpuHeadroomPercent),
      need(.memory, memory, try statistic.value(of: memory, percentOf: memoryGiB), reserve),
    ]
    if service.database?.cache != nil {
      needs.append(try need(.cache, instances(.cacheGiB), rules.memoryHeadroomPercent))
    }
    let headroom = rules.throughputHeadroomPercent ?? defaultThroughputHeadroomPercent
    let network = try [Metric.networkInMbps, .networkOutMbps].map { metric throws(DataError) in
      try need(.network, instances(metric), headroom)
    }
    needs += network.filter { $0.amount != nil }.max { $0.amount! < $1.amount! }.map { [$0] } ?? []
    needs += [try need(.ebs, instances(.ebsMbps), headroom)].filter { $0.amount != nil }
    if let iops = try operations(headroom) { needs.append(iops) }
    if let connections = try connections() { needs.append(connections) }
    return needs
  }

  /// Of all instances together, and of the one that most needs where each has a role of its own.
  func meanVcpu(_ samples: InstanceSamples) throws(DataError) -> (all: Double, neediest: Double) {
    var sums: [String: (sum: Double, count: Int)] = [:]
    for part in samples.parts {
      let whole = try vcpus(part.run)
      let own = sums[part.run.resource] ?? (0, 0)
      sums[part.run.resource] = (part.values.reduce(own.sum) { $0 + $1 / 100 * whole }, own.count + part.values.count)
    }
    // In the order of names, so that the sum has the same last digits every time.
    let all = sums.sorted { $0.key < $1.key }.map(\.value)
    let count = all.reduce(0) { $0 + $1.count }
    guard count > 0 else { return (0, 0) }
    let mean = all.reduce(0) { $0 + $1.sum } / Double(count)
    let neediest = all.map { $0.sum / Double($0.count) }.max() ?? 0
    return (mean, service.approach == .group ? mean : neediest)
  }

  /// Of what is judged where it is measured, that which is not.
  func unmeasured(_ needs: [DimensionNeed]) -> [SizeDimension] {
    [.network, .ebs, .iops].filter { dimension in !needs.contains { $0.dimension == dimension } }
  }

  /// Those that the fleet file limits and nothing measures.
  func limited(_ needs: [DimensionNeed]) -> [SizeDimension] {
    service.limit(for: .iops) == nil || needs.contains { $0.dimension == .iops } ? [] : [.iops]
  }

  private func need(_ dimension: SizeDimension, _ samples: InstanceSamples, _ headroom: Int) throws(DataError)
    -> DimensionNeed
  {
    need(dimension, samples, try statistic.value(of: samples), headroom)
  }

  private func need(_ dimension: SizeDimension, _ samples: InstanceSamples, _ used: Double?, _ headroom: Int)
    -> DimensionNeed
  {
    DimensionNeed(
      dimension, used: used, headroomPercent: headroom,
      shortfall: context.shortfall(samples, of: dimension), coverage: samples.coverage,
      percentile: context.rules.percentile)
  }

  /// Of each instance, or else of the service as a whole, which one node may have to itself.
  private func operations(_ headroom: Int) throws(DataError) -> DimensionNeed? {
    let own = try need(.iops, instances(.iops), headroom)
    if own.amount != nil || service.approach == .group { return own.amount == nil ? nil : own }
    return try whole(.iops, .iops, headroom)
  }

  /// Connections of the service as a whole, where the fleet file limits them by an instance's memory.
  private func connections() throws(DataError) -> DimensionNeed? {
    guard service.approach != .group, service.limit(for: .connections)?.perGib == true else { return nil }
    return try whole(.metric(.connections), .connections, 0)
  }

  /// What is measured of the service as a whole, all of it on one node; nil when it is not measured.
  private func whole(_ dimension: SizeDimension, _ metric: Metric, _ headroom: Int) throws(DataError)
    -> DimensionNeed?
  {
    let grid = context.lookback
    let key = SeriesKey(service: service.name, metric: metric)
    guard let series = try context.history.series(key, in: grid.period) else { return nil }
    let range = series.range(in: grid.period)
    guard !range.isEmpty else { return nil }
    let coverage = series.coverage(on: grid)
    return DimensionNeed(
      dimension, used: statistic.value(of: range.map(series.value), at: series.instants[range]),
      headroomPercent: headroom, shortfall: context.shortfall(coverage, of: .dimensions([dimension])),
      coverage: coverage, percentile: context.rules.percentile, isOfWholeService: true)
  }

  private func vcpus(_ run: InstanceRun) throws(DataError) -> Double { try context.vcpus(of: run, as: current) }

  private func memoryGiB(_ run: InstanceRun) throws(DataError) -> Double {
    try context.catalogue.specification(run.type).memoryGiB
  }
}

extension AdviceContext {
  /// A run's vCPUs, as so many of another type's.
  /// - Throws: ``DataError`` when its type has no specification.
  func vcpus(of run: InstanceRun, as type: String) throws(DataError) -> Double {
    let vcpu = Double(try catalogue.specification(run.type).vcpu)
    return run.type == type ? vcpu : vcpu * (catalogue.relativePerformance(of: run.type, to: type)?.ratio ?? 1)
  }
}

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
  /// - Parameter isAtLeast: whether that of CPU is more than was measured, nobody knows by how much.
  func needs(cpu: InstanceSamples, isAtLeast: Bool, memory: InstanceSamples) throws(DataError) -> [DimensionNeed] {
    let rules = context.rules
    var needs = [
      need(
        .cpu, cpu, try statistic.value(rules.percentile, of: cpu, percentOf: vcpus), rules.cpuHeadroomPercent,
        isAtLeast: isAtLeast),
      try need(ofMemory: memory),
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
    return needs + (cpu.parts.isEmpty ? try limits() : [])
  }

  /// By its highest sample, without headroom, beside the percentile with headroom; or by the percentile of memory alone
  /// that its owner asks for.
  private func need(ofMemory samples: InstanceSamples) throws(DataError) -> DimensionNeed {
    let (rules, reserved) = (context.rules, service.reservedMemoryPercent ?? 0)
    let percentile = rules.memoryPercentile ?? rules.percentile
    let highest = rules.memoryPercentile == nil ? try statistic.highest(of: samples, percentOf: memoryGiB) : nil
    return DimensionNeed(
      .memory, used: try statistic.value(percentile, of: samples, percentOf: memoryGiB),
      headroomPercent: max(rules.memoryHeadroomPercent, reserved), shortfall: context.shortfall(samples, of: .memory),
      coverage: samples.coverage, percentile: percentile,
      peak: highest.map { DimensionNeed.Peak($0, needing: $0 / (1 - Double(reserved) / 100)) })
  }

  /// What each instance carries of what the fleet file says one may carry, spread evenly over those that run.
  private func limits() throws(DataError) -> [DimensionNeed] {
    var needs: [DimensionNeed] = []
    let running = runningCounts(context.inventory[service.name], on: context.lookback)
    for limit in service.limits where limit.perInstance && !limit.metric.isPerInstance {
      let need = try whole(.metric(limit.metric), limit.metric, context.rules.cpuHeadroomPercent) { value, instant in
        value / Double(max(1, running[context.lookback.slot(instant)]))
      }
      if let need { needs.append(need) }
    }
    return needs
  }

  /// Of all instances together, and of the one that most needs where each has a role of its own.
  func meanVcpu(_ samples: InstanceSamples) throws(DataError) -> (all: Double, neediest: Double) {
    var sums: [String: (sum: Double, count: Double)] = [:]
    for part in samples.parts {
      let whole = try vcpus(part.run)
      var own = sums[part.run.resource] ?? (0, 0)
      for stretch in part.intervals.stretches {
        // As many samples of the interval that most have as it stands for; of that interval each is one.
        let weight = Double(stretch.stepSeconds) / Double(samples.stepSeconds)
        own.sum = part.values[stretch.range].reduce(own.sum) { $0 + $1 / 100 * whole * weight }
        own.count += Double(stretch.range.count) * weight
      }
      sums[part.run.resource] = own
    }
    // In the order of names, so that the sum has the same last digits every time.
    let all = sums.sorted { $0.key < $1.key }.map(\.value)
    let count = all.reduce(0.0) { $0 + $1.count }
    guard count > 0 else { return (0, 0) }
    let mean = all.reduce(0) { $0 + $1.sum } / count
    let neediest = all.map { $0.sum / $0.count }.max() ?? 0
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
    need(dimension, samples, try statistic.value(context.rules.percentile, of: samples), headroom)
  }

  private func need(
    _ dimension: SizeDimension, _ samples: InstanceSamples, _ used: Double?, _ headroom: Int, isAtLeast: Bool = false
  ) -> DimensionNeed {
    DimensionNeed(
      dimension, used: used, headroomPercent: headroom,
      shortfall: context.shortfall(samples, of: dimension), coverage: samples.coverage,
      percentile: context.rules.percentile, isAtLeast: isAtLeast)
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
    // What is offered is the limit up to the trigger; the highest must fit below the limit itself.
    return try whole(.metric(.connections), .connections, 0, peakShare: service.connectionsTriggerPercent / 100)
  }

  /// What is measured of the service as a whole, all of it on one node; nil when it is not measured.
  /// - Parameters:
  ///   - peakShare: of what cannot be throttled, what of its highest sample must fit; nil for other dimensions.
  ///   - share: what of it one node has; nil for all.
  private func whole(
    _ dimension: SizeDimension, _ metric: Metric, _ headroom: Int, peakShare: Double? = nil,
    share: ((Double, Instant) -> Double)? = nil
  ) throws(DataError) -> DimensionNeed? {
    let grid = context.lookback
    let key = SeriesKey(service: service.name, metric: metric)
    guard let series = try context.history.series(key, in: grid.period) else { return nil }
    let range = series.range(in: grid.period)
    guard !range.isEmpty else { return nil }
    let (coverage, intervals) = (series.coverage(on: grid), SampleIntervals(series, range, usual: grid.stepSeconds))
    let values = range.map { index in
      share?(series.value(index), Instant(seconds: series.instants[index])) ?? series.value(index)
    }
    return DimensionNeed(
      dimension,
      used: statistic.value(context.rules.percentile, of: values, at: series.instants[range], intervals),
      headroomPercent: headroom,
      shortfall: context.shortfall(coverage, seconds: intervals.seconds, of: .dimensions([dimension])),
      coverage: coverage, percentile: context.rules.percentile,
      peak: peakShare.flatMap { share in values.max().map { DimensionNeed.Peak($0, needing: $0 * share) } },
      isOfWholeService: share == nil)
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

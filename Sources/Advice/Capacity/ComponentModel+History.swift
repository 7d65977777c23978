import Analysis
import Model

extension ComponentModel {
  /// A component as a month showed it.
  /// - Parameters:
  ///   - traffic: what was measured of it, beyond what instances have without work.
  ///   - capacity: what they have without.
  ///   - users: in each tick of that.
  ///   - nodes: that ran, of what holds data.
  ///   - factor: how many times as much each user drives, where the mix of user types is another one.
  package init?(
    _ service: Service, _ traffic: ServiceTraffic, _ capacity: InstanceCapacity, users: [Double?], nodes: Int,
    type: String, factor: Double, _ context: AdviceContext
  ) {
    guard let own = context.catalogue.specificationIfKnown(type) else { return nil }
    let percentile = context.rules.capacityPercentile ?? defaultCapacityPercentile
    let loads = LoadModel(traffic, users: users, marginsAt: percentile).parts.flatMap { part in
      Self.loads(part, service, capacity, nodes: nodes, factor: factor)
    }
    var types = ComponentType.all(of: service, running: own, context)
    // Of memory that was not measured no type may have less.
    if !loads.contains(where: { $0.dimension == .memory }) { types.removeAll { $0.memoryGiB < own.memoryGiB } }
    self.init(service, loads.withPeaks, types: types, source: .history, currentType: type, context.rules)
  }

  private static func loads(
    _ part: LoadModel.Part, _ service: Service, _ capacity: InstanceCapacity, nodes: Int, factor: Double
  ) -> [ComponentLoad] {
    let idle = capacity.idle[part.load] ?? 0
    func load(_ dimension: SizeDimension, _ scale: Double, idle: Double, _ bound: ComponentLoad.Bound) -> ComponentLoad
    {
      let line = UserLine(base: part.base * scale, perUser: part.perUser * scale * factor)
      var load = ComponentLoad(dimension, line, idle: idle, bound: bound)
      load.margins = part.margins.map { LoadMargin(users: $0.users, above: $0.above * scale * factor) }
      load.traffic = (part.load, scale)
      return load
    }
    switch part.load {
    case .cpu:
      var mean = load(.cpu, 0.01, idle: idle / 100, .type)
      mean.isSustained = true
      return [mean]
    case .peakCPU: return [load(.cpu, 0.01, idle: idle / 100, .type)]
    case .memory:
      // Every node of a database has the same data to hold.
      let isCopied = service.database != nil
      var memory = load(.memory, isCopied ? 1 / Double(max(1, nodes)) : 1, idle: idle, .type)
      memory.isCopied = isCopied
      return [memory]
    case .total(let metric):
      return service.bounds(of: metric, nodes: nodes).map { load(.metric(metric), 1, idle: idle, $0) }
    }
  }
}

extension [ComponentLoad] {
  /// With mean CPU for its highest minutes too, where those are not known. Credits last over a day, in which what is above the
  /// line and what is below it make up for each other.
  fileprivate var withPeaks: [ComponentLoad] {
    var loads = self
    if !contains(where: { $0.dimension == .cpu && !$0.isSustained }), var mean = first(where: \.isSustained) {
      mean.isSustained = false
      loads.append(mean)
    }
    for index in loads.indices where loads[index].isSustained { loads[index].margins = [] }
    return loads
  }
}

extension Service {
  /// What bounds a total: the trigger of each instance, its limit, or the limit of a shard.
  /// - Parameter nodes: that share what a trigger for another node is of; 1 where nothing is known to run.
  func bounds(of metric: Metric, nodes: Int) -> [ComponentLoad.Bound] {
    var bounds: [ComponentLoad.Bound] = []
    if let row = thresholds.first(where: { $0.metric == metric && $0.scaling.comparison == .above }),
      let scaling = row.scaling.limit(for: metric), let critical = row.critical.limit(for: metric)
    {
      switch row.scaling.basis {
      case .perInstance: bounds.append(.instance(scaling, atMost: critical))
      case .percentOf:
        if let limit = limit(for: metric), limit.perGib != true {
          let (value, most) = (Double(limit.value) * scaling / 100, Double(limit.value) * critical / 100)
          bounds.append(limit.perInstance ? .instance(value, atMost: most) : .shard(value, atMost: most))
        }
      case .whole: break
      }
    } else if let rule = scaling.scaleOut.first(where: { $0.metric == metric && $0.condition.basis == .perInstance }),
      let value = rule.condition.limit(for: metric)
    {
      bounds.append(.instance(value, atMost: value))
    } else if let limit = limit(for: metric), limit.perGib != true {
      let value = Double(limit.value)
      bounds.append(limit.perInstance ? .instance(value, atMost: value) : .shard(value, atMost: value))
    }
    // What a trigger allows all nodes before another is added, each of them has its part of.
    if let rule = scaling.addReplica.first(where: { $0.metric == metric && $0.condition.basis == .whole }),
      rule.condition.comparison == .above, let value = rule.condition.limit(for: metric), metric.growsWithUsers
    {
      bounds.append(.instance(value / Double(max(1, nodes)), atMost: value / Double(max(1, nodes))))
    }
    return bounds
  }
}

extension ComponentType {
  /// The types that a service may run on, of those that are priced and specified, each vCPU counted as so many of the type
  /// that runs; with that type itself.
  package static func all(
    of service: Service, running own: InstanceSpecification, _ context: AdviceContext
  ) -> [ComponentType] {
    var names = service.instanceTypes
    if !names.contains(own.type) { names.insert(own.type, at: 0) }
    return names.compactMap { name in
      let kind = context.kind(name, of: service)
      guard let specification = context.catalogue.specificationIfKnown(name),
        let price = context.catalogue.onDemandIfKnown(kind, at: context.asOf)
      else { return nil }
      let speed = context.catalogue.relativePerformance(of: name, to: own.type)?.lowest ?? 1
      return ComponentType(specification, speed: speed, hourly: price.hourly)
    }
  }

  init(_ specification: InstanceSpecification, speed: Double, hourly: Money) {
    let vcpu = Double(specification.vcpu) * speed
    self.init(
      name: specification.type, vcpu: vcpu,
      sustainedVcpu: specification.burst.map { vcpu * $0.baselinePercentPerVcpu / 100 } ?? vcpu,
      memoryGiB: specification.memoryGiB, hourly: hourly)
  }
}

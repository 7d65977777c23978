import Model

/// What another type, or another place to run, changes about how many instances are needed.
package struct CountConditions: Sendable {
  /// What one of its vCPUs does, beside one of those that were measured.
  package var speed = 1.0
  /// GiB that an instance fills without load; nil to leave that in what the load fills.
  package var idleMemoryGiB: Double?
  /// True to take all of that to go with the instances that fill it; false to provide for it as for load too.
  package var isIdleGone = false
  /// False to leave memory out, where too little was seen of it.
  package var isMemoryKnown = true
  /// Never fewer run; nil for the fleet file's minimum.
  package var minimum: Int?
  /// Availability zones it runs in, one of which may be lost; 1 to provide for none.
  package var zones = 1
  /// Demand that is not in the load, such as network traffic.
  package var others: [(dimension: CapacityDimension, demand: [Double?])] = []

  package init() {}
}

/// How many instances a horizontally scaled service needs in each slot, and which dimension says so.
///
/// For each measured dimension: demand × factor / what one instance carries, rounded up; the largest wins, never below
/// the fleet file's minimum. CPU and memory may be filled to 100 % less the headroom; rates, counts and shares of a limit
/// for each instance to the fleet file's scaling trigger. A slot in which a dimension that is otherwise measured has a gap
/// has no requirement: what was not seen may have been the most.
///
/// Memory m that n instances fill, of which each fills b without load, asks for the more of m / capacity and of
/// (m - n b) / (capacity - b), unless b is taken to be gone with an instance: fewer instances may fill as much, more of
/// them fill b each. Where a zone may be lost, those
/// in the others carry all of it without headroom and up to the critical thresholds; of memory, what the lost ones filled
/// without load is gone with them.
package struct RequiredCount: Sendable {
  package let perSlot: [Int?]
  /// The same without headroom and minimum: with fewer than these, work was not done.
  package let bare: [Int?]
  /// The same of memory alone, which cannot be throttled: with fewer than these, work was killed. Empty where memory has no
  /// part in it.
  package let bareMemory: [Int?]
  /// What binds most often; of equals a dimension before the loss of a zone, the dimensions in their order.
  package let binding: CountBinding
  package let dimensions: [CapacityDimension]

  package init(
    _ load: ServiceLoad, type: InstanceSpecification, rules: ReviewRules, factor: DemandFactor = .one,
    under conditions: CountConditions = CountConditions()
  ) {
    let parts = DemandPart.all(load, type: type, rules: rules, conditions)
    let slots = SlotCounts(parts, running: load.memoryInstances, growth: factor.value)
    let minimum = conditions.minimum ?? load.service.minimum
    // Of each dimension, and of the loss of a zone.
    var bindings = [Int](repeating: 0, count: parts.count + 1)
    var perSlot = [Int?](repeating: nil, count: load.grid.count)
    var bare = perSlot
    for slot in perSlot.indices where slots.all[slot].isMeasured {
      let (needed, least) = (slots.all[slot].needed, slots.all[slot].least)
      let surviving = conditions.zones > 1 ? count(leaving: least, afterLossOfOneOf: conditions.zones) : 0
      if max(needed, surviving) > minimum {
        bindings[surviving > needed ? parts.count : slots.all[slot].binding] += 1
      }
      perSlot[slot] = max(minimum, needed, surviving)
      bare[slot] = least
    }
    self.perSlot = perSlot
    self.bare = bare
    bareMemory = slots.memory
    dimensions = parts.map(\.dimension)
    let most = bindings.indices.filter { bindings[$0] > 0 }.max { (bindings[$0], $1) < (bindings[$1], $0) }
    binding =
      most.map { $0 < parts.count ? .dimension(parts[$0].dimension.dimension) : .zoneLoss } ?? .minimum(minimum)
  }
}

/// The most that any dimension asks for in each slot.
private struct SlotCounts {
  /// Of one slot.
  struct Slot {
    /// False where a dimension has a gap, and without dimensions.
    var isMeasured: Bool
    var needed = -1
    var least = 0
    /// The dimension that ``needed`` is of, by its place.
    var binding = 0

    @inline(__always)
    mutating func take(_ counts: (needed: Int, bare: Int), of part: Int) {
      if counts.needed > needed { (needed, binding) = (counts.needed, part) }
      if counts.bare > least { least = counts.bare }
    }
  }

  private(set) var all: [Slot]
  private(set) var memory: [Int?] = []

  init(_ parts: [DemandPart], running: [Int], growth: Double) {
    all = [Slot](repeating: Slot(isMeasured: !parts.isEmpty), count: running.count)
    for (index, part) in parts.enumerated() {
      let demands = part.demand
      let isMemory = part.dimension.dimension == .memory
      if isMemory { memory = [Int?](repeating: nil, count: running.count) }
      for slot in all.indices {
        guard let demand = demands[slot] else {
          all[slot].isMeasured = false
          continue
        }
        let counts = part.counts(demand * growth, besideIdle: running[slot])
        all[slot].take(counts, of: index)
        if isMemory { memory[slot] = counts.bare }
      }
    }
  }
}

/// One dimension of a service's demand, and what an instance of a type carries of it.
private struct DemandPart {
  let dimension: CapacityDimension
  let demand: [Double?]
  /// Of the demand, what an instance brings along whatever its load; 0 for most.
  let idle: Double
  let isIdleGone: Bool

  static func all(
    _ load: ServiceLoad, type: InstanceSpecification, rules: ReviewRules, _ conditions: CountConditions
  ) -> [DemandPart] {
    let service = load.service
    var parts: [DemandPart] = []
    func add(
      _ dimension: SizeDimension, _ perInstance: Double, atMost: Double, _ demand: [Double?], idle: Double = 0
    ) {
      guard perInstance > 0, demand.contains(where: { $0 != nil }) else { return }
      let dimension = CapacityDimension(dimension, perInstance: perInstance, atMost: atMost)
      parts.append(DemandPart(dimension: dimension, demand: demand, idle: idle, isIdleGone: conditions.isIdleGone))
    }
    // A type without vCPUs or memory carries nothing, rather than having no such dimension.
    let vcpu = max(Double(type.vcpu) * conditions.speed, 1e-9)
    let memoryGiB = max(type.memoryGiB, 1e-9)
    add(.cpu, vcpu * Double(100 - rules.cpuHeadroomPercent) / 100, atMost: vcpu, load.peakVcpu)
    let reserved = service.reservedMemoryPercent ?? 0
    let reserve = max(rules.memoryHeadroomPercent, reserved)
    let memory = conditions.isMemoryKnown ? load.memoryGiB : []
    add(
      .memory, memoryGiB * Double(100 - reserve) / 100,
      atMost: memoryGiB * Double(100 - reserved) / 100, memory, idle: conditions.idleMemoryGiB ?? 0)
    for limit in service.instanceLimits(load) {
      add(.metric(limit.metric), limit.perInstance, atMost: limit.atMost, load.values(limit.metric) ?? [])
    }
    return parts
      + conditions.others.filter { $0.demand.contains { $0 != nil } }.map {
        DemandPart(dimension: $0.dimension, demand: $0.demand, idle: 0, isIdleGone: false)
      }
  }

  /// Instances that carry a demand with headroom, and without.
  @inline(__always)
  func counts(_ demand: Double, besideIdle running: Int) -> (needed: Int, bare: Int) {
    let (perInstance, atMost) = (dimension.perInstance, dimension.atMost)
    guard idle > 0 else {
      return (
        RequiredCount.instances(carrying: demand, filling: perInstance),
        RequiredCount.instances(carrying: demand, filling: atMost)
      )
    }
    let alone = isIdleGone ? 0 : RequiredCount.instances(carrying: demand, filling: perInstance)
    return (
      max(alone, count(demand, filling: perInstance, besideIdle: running)),
      count(demand, filling: atMost, besideIdle: running)
    )
  }

  /// Instances that carry a demand when each is filled so far, where each of those running fills a part without load; more than any service has when a type cannot hold that.
  func count(_ demand: Double, filling capacity: Double, besideIdle running: Int) -> Int {
    let (load, room) = (demand - idle * Double(running), capacity - idle)
    let closeness = 1e-9 * demand
    if load <= closeness { return room >= -closeness ? 1 : impossible }
    return room > closeness ? RequiredCount.instances(carrying: load, filling: room) : impossible
  }
}

extension RequiredCount {
  /// How many instances carry a demand when each is filled so far.
  package static func instances(carrying demand: Double, filling capacity: Double) -> Int {
    // A billionth of an instance is a rounding error of the sum, not a need.
    roundedUp(demand / capacity - 1e-9)
  }

  /// As `rounded(.up)`, of what is not below -1 nor beyond ``impossible``.
  private static func roundedUp(_ value: Double) -> Int {
    guard value < Double(impossible) else { return impossible }
    let whole = Int(value)
    return Double(whole) < value ? whole + 1 : whole
  }
}

/// More than any service has.
private let impossible = 1_000_000

extension Service {
  /// What one instance carries of what is counted of the service as a whole: up to the scaling trigger, and with nothing to
  /// spare. Where CPU is not measured also what a limit says of each instance: it is what the owner says that one carries.
  package func instanceLimits(_ load: ServiceLoad) -> [(metric: Metric, perInstance: Double, atMost: Double)] {
    let triggers = thresholds.compactMap { threshold in
      perInstanceLimit(threshold.scaling, of: threshold.metric).map { limit in
        (threshold.metric, limit, perInstanceLimit(threshold.critical, of: threshold.metric) ?? limit)
      }
    }
    guard !load.peakVcpu.contains(where: { $0 != nil }) else { return triggers }
    let others = limits.filter { limit in limit.perInstance && !triggers.contains { $0.0 == limit.metric } }
    return triggers + others.map { ($0.metric, Double($0.value), Double($0.value)) }
  }

  /// What one instance may carry of a metric before a condition holds: a rate or count for each instance, or a share of a
  /// limit that each instance brings; nil for anything else.
  fileprivate func perInstanceLimit(_ condition: Condition, of metric: Metric) -> Double? {
    guard let value = condition.limit(for: metric), condition.comparison == .above else { return nil }
    switch condition.basis {
    case .perInstance: return value
    case .percentOf:
      return limit(for: metric).flatMap { $0.perInstance ? Double($0.value) * value / 100 : nil }
    case .whole: return nil
    }
  }
}

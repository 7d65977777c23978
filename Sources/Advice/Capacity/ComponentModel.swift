// What a number of users makes of a service, and what instances carry of it.
//
// Each load is a straight line of the users (Analysis/Simulation/LoadScenario) and, where it was measured, what it was above
// that at most (LoadCurve); of the fleet file alone the line goes through nothing. Little's law makes a session's calls a rate: users x calls a session / its length. An instance carries of CPU and
// memory what the review's headroom leaves, of everything else what its scaling trigger allows; what it holds without work is
// taken off. A burstable type carries of CPU no more than its credits last for.

import Analysis
import Model

/// A total that follows users along a straight line.
package struct UserLine: Hashable, Sendable {
  /// What is there without users.
  package var base: Double
  package var perUser: Double

  package init(base: Double = 0, perUser: Double) {
    self.base = base
    self.perUser = perUser
  }

  package func at(_ users: Double) -> Double { base + perUser * users }
}

/// A load of a service, and what bounds it.
package struct ComponentLoad: Hashable, Sendable {
  /// What carries it.
  package enum Bound: Hashable, Sendable {
    /// An instance, by so many vCPU or GiB of its type.
    case type
    /// An instance, whatever its type: so much, and so much with nothing to spare.
    case instance(Double, atMost: Double)
    /// All instances of a shard together.
    case shard(Double, atMost: Double)
  }

  package var dimension: SizeDimension
  package var line: UserLine
  /// What each instance has of it without work.
  package var idle: Double
  package var bound: Bound
  /// How far it is above its line, by users; none where that was not measured.
  package var margins: [LoadMargin] = []
  /// What of a service's traffic it is, and how many times that; nil for what was not measured.
  package var traffic: (load: ServiceTraffic.Load, scale: Double)? {
    get { measured.map { ($0, scale) } }
    set { (measured, scale) = (newValue?.load, newValue?.scale ?? 1) }
  }
  private var measured: ServiceTraffic.Load?
  private var scale = 1.0
  /// True for what every node of a database has as much of, however many there are: of each of them.
  package var isCopied = false
  /// True for mean CPU, which credits must last for; it fills nothing.
  package var isSustained = false

  package init(_ dimension: SizeDimension, _ line: UserLine, idle: Double = 0, bound: Bound, isCopied: Bool = false) {
    self.dimension = dimension
    self.line = line
    self.idle = idle
    self.bound = bound
    self.isCopied = isCopied
  }
}

/// Where what is known of a component comes from.
package enum CapacitySource: String, Hashable, Sendable {
  case history
  case fleetFile = "fleet file"
}

/// A type that a component may run on.
package struct ComponentType: Hashable, Sendable {
  package var name: String
  package var vcpu: Double
  /// The same all day, where credits bound it; else ``vcpu``.
  package var sustainedVcpu: Double
  package var memoryGiB: Double
  package var hourly: Money
}

/// What says that so many instances do not suffice.
package enum CapacityBinding: Hashable, Sendable {
  case dimension(SizeDimension)
  /// CPU that credits do not last for: it would be paid for as surplus, or throttled.
  case credits
  /// The fewest that the fleet file lets run.
  case minimum(Int)
}

/// A service as a number of users asks for it.
package struct ComponentModel: Sendable {
  package let service: Service
  package let loads: [ComponentLoad]
  package let types: [ComponentType]
  package let source: CapacitySource
  /// The type that runs, or that it starts with.
  package let currentType: String
  let rules: ReviewRules
  /// Of each load, as much as is to be carried.
  private let curves: [LoadCurve]

  package init(
    _ service: Service, _ loads: [ComponentLoad], types: [ComponentType], source: CapacitySource, currentType: String,
    _ rules: ReviewRules
  ) {
    self.service = service
    self.loads = loads
    self.types = types
    self.source = source
    self.currentType = currentType
    self.rules = rules
    curves = loads.map { LoadCurve($0.line, $0.margins) }
  }

  /// What an instance of a type may carry of a load beyond what it has without work.
  /// - Parameter isFull: true for what it carries with nothing to spare.
  private func room(_ load: ComponentLoad, _ type: ComponentType, isFull: Bool) -> Double {
    switch load.bound {
    case .shard(let value, let most): isFull ? most : value
    case .instance(let value, let most): (isFull ? most : value) - load.idle
    case .type:
      switch load.dimension {
      case .cpu where load.isSustained: type.sustainedVcpu - load.idle
      case .cpu: type.vcpu * Double(isFull ? 100 : 100 - rules.cpuHeadroomPercent) / 100 - load.idle
      default:
        type.memoryGiB * Double(100 - (isFull ? reserved : max(reserved, rules.memoryHeadroomPercent))) / 100
          - load.idle
      }
    }
  }

  private var reserved: Int { service.reservedMemoryPercent ?? 0 }

  /// As many as a fleet file may let run of a service.
  private static let mostInstances = 100_000

  /// What there is of each load with so many users.
  private func amounts(_ users: Double) -> [Double] { curves.map { $0.at(users) } }

  /// The fewest instances of a shard that carry its part of each load; nil where no number that a fleet has does.
  private func count(_ type: ComponentType, carrying amounts: [Double], shards: Int) -> Int? {
    var count = max(1, service.minimum)
    for (load, amount) in zip(loads, amounts) {
      let part = amount / Double(shards)
      let room = room(load, type, isFull: false)
      if case .shard = load.bound {
        guard part <= room * (1 + 1e-9) else { return nil }
      } else if load.isCopied {
        guard part <= room * (1 + 1e-9) else { return nil }
      } else {
        guard room > 1e-9 else { return nil }
        count = max(count, RequiredCount.instances(carrying: part, filling: room))
      }
    }
    return count <= Self.mostInstances ? count : nil
  }

  /// How full the fullest dimension is; nil without loads.
  private func use(_ load: ComponentLoad, _ amount: Double, _ type: ComponentType, _ count: Int, _ shards: Int)
    -> Double
  {
    let part = amount / Double(max(1, shards))
    let whole: Double
    switch load.bound {
    case .shard(_, let most): return part / max(most, 1e-9)
    case .instance(_, let most): whole = most
    case .type: whole = load.dimension == .cpu ? type.vcpu : type.memoryGiB * Double(100 - reserved) / 100
    }
    let each = load.isCopied ? part : part / Double(max(1, count))
    return (each + load.idle) / max(whole, 1e-9)
  }

  /// What asks for more of a type than so many instances of a shard, most of all; nil where nothing does.
  package func binding(_ type: ComponentType, count: Int, users: Double, shards: Int = 1) -> CapacityBinding? {
    let needs = zip(loads, amounts(users)).compactMap { load, amount -> (need: Double, binding: CapacityBinding)? in
      let part = amount / Double(max(1, shards))
      let room = room(load, type, isFull: false)
      let isWhole = if case .shard = load.bound { true } else { load.isCopied }
      let need = room > 1e-9 ? part / room * (isWhole ? Double(max(1, count)) : 1) : .infinity
      guard need > Double(count) * (1 + 1e-9) else { return nil }
      return (need, load.isSustained ? .credits : .dimension(load.dimension))
    }
    return needs.max { $0.need < $1.need }?.binding ?? (count < service.minimum ? .minimum(service.minimum) : nil)
  }

  /// The most users that so many instances carry with nothing to spare, and what is full then; nil where nothing ever is.
  package func carried(_ name: String, count: Int, shards: Int = 1) -> (users: Double, by: SizeDimension)? {
    guard let type = types.first(where: { $0.name == name }) else { return nil }
    let limits = zip(loads, curves).compactMap { load, curve -> (users: Double, by: SizeDimension)? in
      guard !load.isSustained else { return nil }
      let isWhole = if case .shard = load.bound { true } else { load.isCopied }
      let total = room(load, type, isFull: true) * Double(shards) * (isWhole ? 1 : Double(count))
      return curve.users(making: total).map { ($0, load.dimension) }
    }
    return limits.min { $0.users < $1.users }
  }
}

/// What a component needs for a number of users.
package struct ComponentPlan: Hashable, Sendable {
  package var type: ComponentType
  /// Instances or nodes, of all shards together.
  package var count: Int
  package var shards: Int
  /// How full the fullest dimension is at the peak.
  package var utilisation: Double
  /// The dimension that is full first as users grow, and at how many; nil where nothing follows users.
  package var firstLimit: SizeDimension?
  package var carriedUsers: Double?

  package var headroom: Double { 1 - utilisation }
  /// Instances of a shard.
  package var nodes: Int { count / max(1, shards) }
}

extension ComponentModel {
  /// The cheapest that carries so many users: instances of one type, and of what holds data as few shards as that asks for;
  /// nil where no type does.
  ///
  /// For any fixed type and number of shards the count rises with users, and so does the least cost of all.
  package func plan(users: Double) -> ComponentPlan? {
    var best: (plan: ComponentPlan, cost: Int128)?
    for type in types {
      guard let (count, shards) = cheapest(type, users: users) else { continue }
      let cost = Int128(type.hourly.nanoDollars) * Int128(count)
      if let best, (best.cost, best.plan.count) <= (cost, count) { continue }
      best = (plan(type, count: count, shards: shards, users: users), cost)
    }
    return best?.plan
  }

  /// So many instances of a type as they would be with so many users.
  package func plan(_ type: ComponentType, count: Int, shards: Int, users: Double) -> ComponentPlan {
    let uses = zip(loads, amounts(users)).filter { !$0.0.isSustained }.map {
      use($0, $1, type, count / max(1, shards), shards)
    }
    let limit = carried(type.name, count: count / max(1, shards), shards: shards)
    return ComponentPlan(
      type: type, count: count, shards: shards, utilisation: uses.max() ?? 0, firstLimit: limit?.by,
      carriedUsers: limit?.users)
  }

  /// More shards than anybody divides data into.
  private static let mostShards = 100_000

  /// How many of a type carry so many users; nil where no number does.
  package func count(of type: ComponentType, users: Double) -> Int? { cheapest(type, users: users)?.count }

  /// How many of a type carry so much of each load; nil where no number does.
  package func count(of type: ComponentType, carrying amounts: [Double]) -> Int? {
    cheapest(type, carrying: amounts)?.count
  }

  private func cheapest(_ type: ComponentType, users: Double) -> (count: Int, shards: Int)? {
    cheapest(type, carrying: amounts(users))
  }

  private func cheapest(_ type: ComponentType, carrying amounts: [Double]) -> (count: Int, shards: Int)? {
    guard service.approach == .cluster else { return count(type, carrying: amounts, shards: 1).map { ($0, 1) } }
    let nodes = max(1, service.minimum)...max(1, service.minimum, service.maximum)
    guard let least = leastShards(type, amounts, nodes: nodes.upperBound) else { return nil }
    var best: (count: Int, shards: Int)?
    func consider(_ nodes: Int, _ shards: Int) {
      if best.map({ nodes * shards < $0.count }) ?? true { best = (nodes * shards, shards) }
    }
    if let own = count(type, carrying: amounts, shards: least) { consider(own, least) }
    // Fewer nodes in more shards may be fewer in all.
    for nodes in nodes.prefix(Self.mostNodesTried) {
      if let shards = leastShards(type, amounts, nodes: nodes) { consider(nodes, shards) }
    }
    return best
  }

  /// More nodes of a shard than clusters that hold data in shards have, as a rule.
  private static let mostNodesTried = 64

  /// The fewest shards that carry so much with at most so many nodes each: what is divided falls with their number.
  private func leastShards(_ type: ComponentType, _ amounts: [Double], nodes: Int) -> Int? {
    func fits(_ shards: Int) -> Bool {
      count(type, carrying: amounts, shards: shards).map { $0 <= nodes } ?? false
    }
    guard fits(Self.mostShards) else { return nil }
    var (low, high) = (0, 1)
    while !fits(high) { (low, high) = (high, min(Self.mostShards, high * 2)) }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if fits(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

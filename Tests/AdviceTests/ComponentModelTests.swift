import Model
import TestSupport
import Testing

@testable import Advice
@testable import Analysis

/// What numbers of users need of a component, against trying everything.
@Suite struct ComponentModelTests {
  private static func type(_ name: String, vcpu: Double, gib: Double, cents: Int64) -> ComponentType {
    ComponentType(
      name: name, vcpu: vcpu, sustainedVcpu: vcpu, memoryGiB: gib, hourly: Money(nanoDollars: cents * 10_000_000))
  }

  private static let types = [
    type("small", vcpu: 2, gib: 4, cents: 4), type("large", vcpu: 4, gib: 16, cents: 9),
    type("huge", vcpu: 16, gib: 64, cents: 30),
  ]

  /// 20 % headroom of CPU and memory.
  private func model(_ service: Service, _ loads: [ComponentLoad]) -> ComponentModel {
    ComponentModel(service, loads, types: Self.types, source: .history, currentType: "small", ReviewRules())
  }

  private func group(_ minimum: Int = 2) -> Service { tinyService("web", ["small"]) { $0.minimum = minimum } }

  private func cluster(_ nodes: ClosedRange<Int>) -> Service {
    tinyService("data", ["small"]) {
      $0.approach = .cluster
      $0.minimum = nodes.lowerBound
      $0.maximum = nodes.upperBound
    }
  }

  @Test("An instance carries what headroom leaves of its type, less what it has without work")
  func byHand() throws {
    let loads = [
      ComponentLoad(.memory, UserLine(base: 1, perUser: 0.01), idle: 0.7, bound: .type),
      ComponentLoad(.cpu, UserLine(perUser: 0.001), bound: .type),
    ]
    // 1,000 users take 11 GiB and 1 vCPU. small: (4 x 0.8 - 0.7) = 2.5 GiB, so 5, at 4 cents 20. large: 16 x 0.8 - 0.7 = 12.1,
    // so 1, but 2 at least, at 9 cents 18. huge: 2 at 60.
    let plan = try #require(model(group(), loads).plan(users: 1_000))
    #expect(plan.type.name == "large" && plan.count == 2 && plan.shards == 1)
    // Each of two has 5.5 + 0.7 of 16 GiB.
    #expect(abs(plan.utilisation - 6.2 / 16) < 1e-9 && plan.firstLimit == .memory)
    // Full at 2 x (16 - 0.7) = 30.6 GiB: 2,960 users.
    #expect(plan.carriedUsers.map { $0.rounded() } == 2_960)
  }

  @Test("Of a burstable type the credits bound what runs all day, and fill nothing")
  func credits() throws {
    var mean = ComponentLoad(.cpu, UserLine(perUser: 0.001), bound: .type)
    mean.isSustained = true
    let burst = ComponentType(name: "t", vcpu: 2, sustainedVcpu: 0.4, memoryGiB: 4, hourly: Money(nanoDollars: 1))
    let peak = ComponentLoad(.cpu, UserLine(perUser: 0.001), bound: .type)
    let model = ComponentModel(
      group(1), [mean, peak], types: [burst], source: .history, currentType: "t", ReviewRules())
    // 1 vCPU: one instance of 1.6 would do, 0.4 need three.
    #expect(model.plan(users: 1_000)?.count == 3)
    #expect(model.binding(burst, count: 2, users: 1_000) == .credits)
    #expect(model.binding(burst, count: 3, users: 1_000) == nil)
  }

  @Test("Data are divided when the most nodes of no type carry them; every node of a database holds all of its shard")
  func shards() throws {
    let copied = ComponentLoad(.memory, UserLine(perUser: 0.05), bound: .type, isCopied: true)
    let model = model(cluster(3...4), [copied])
    // huge has 51.2 GiB: 1,024 users; twice as many need two shards of three.
    #expect(model.plan(users: 1_024).map { [$0.shards, $0.count] } == [1, 3])
    #expect(model.plan(users: 1_025)?.shards ?? 0 > 1)
  }

  @Test("A limit of all nodes together is one of each shard")
  func shardLimits() throws {
    let load = ComponentLoad(.metric(.connections), UserLine(perUser: 1), bound: .shard(750, atMost: 900))
    let model = model(cluster(1...6), [load])
    #expect([750, 751, 1_501].map { model.plan(users: $0)?.shards } == [1, 2, 3])
    #expect(model.carried("small", count: 1)?.users == 900)
  }

  /// Everything tried: the least cost of any type, number of nodes and number of shards up to 40.
  private func brute(_ model: ComponentModel, _ loads: [ComponentLoad], _ service: Service, users: Double) -> Int128? {
    var least: Int128?
    for type in Self.types {
      for shards in 1...(service.approach == .cluster ? 40 : 1) {
        for nodes in max(1, service.minimum)...(service.approach == .cluster ? service.maximum : 400) {
          let fits = loads.allSatisfy { load in
            let part = LoadCurve(load.line, load.margins).at(users) / Double(shards)
            let each = load.isCopied ? part : part / Double(nodes)
            switch load.bound {
            case .shard(let most, _): return part <= most * (1 + 1e-9)
            case .instance(let most, _): return each <= (most - load.idle) * (1 + 1e-9)
            case .type:
              let whole = load.dimension == .cpu ? type.vcpu : type.memoryGiB
              return each <= (whole * 0.8 - load.idle) * (1 + 1e-9)
            }
          }
          guard fits else { continue }
          let cost = Int128(type.hourly.nanoDollars) * Int128(nodes * shards)
          least = least.map { min($0, cost) } ?? cost
        }
      }
    }
    return least
  }

  @Test(
    "The plan is the cheapest of all types, nodes and shards, and cost never falls as users grow", arguments: 0..<40)
  func bruteForce(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let isCluster = seed % 2 == 1
    let service =
      isCluster
      ? cluster(Int.random(in: 1...3, using: &random)...Int.random(in: 3...6, using: &random))
      : group(Int.random(in: 1...3, using: &random))
    var loads = [
      ComponentLoad(
        .cpu,
        UserLine(
          base: Double(Int.random(in: 0...2, using: &random)),
          perUser: Double(Int.random(in: 1...20, using: &random)) / 10_000),
        idle: Double(Int.random(in: 0...3, using: &random)) / 10, bound: .type),
      ComponentLoad(
        .memory,
        UserLine(
          base: Double(Int.random(in: 0...4, using: &random)),
          perUser: Double(Int.random(in: 1...40, using: &random)) / 5_000),
        idle: Double(Int.random(in: 0...10, using: &random)) / 10, bound: .type, isCopied: isCluster && seed % 4 == 1),
    ]
    if seed % 3 == 0 {
      let bound: ComponentLoad.Bound = isCluster ? .shard(1_500, atMost: 1_800) : .instance(300, atMost: 400)
      loads.append(ComponentLoad(.metric(.connections), UserLine(perUser: 0.9), bound: bound))
    }
    if seed % 5 == 0 {
      // What was above the line at some numbers of users, more or less there than at others.
      for index in loads.indices {
        loads[index].margins = (1...4).map { level in
          LoadMargin(users: Double(level * 700), above: Double(Int.random(in: 0...20, using: &random)) / 10)
        }
      }
    }
    let model = model(service, loads)
    var before: (cost: Int128, count: Int, type: String)?
    for users in stride(from: 0.0, through: 6_000, by: 300) {
      let plan = model.plan(users: users)
      let cost = plan.map { Int128($0.type.hourly.nanoDollars) * Int128($0.count) }
      #expect(cost == brute(model, loads, service, users: users), "\(users) users")
      guard let plan, let cost else { continue }
      if let before {
        #expect(cost >= before.cost)
        // Fewer run only of another type, which is then the cheaper way.
        #expect(plan.count >= before.count || plan.type.name != before.type)
      }
      before = (cost, plan.count, plan.type.name)
    }
  }
}

import Advice
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

/// Users in several regions, in dollars, on a fleet that is known by heart.
@Suite struct CapacityRegionsTests {
  /// 0.012 vCPU a user of 1.6 an m5.large, at 0.096 an hour here and 0.107 there.
  private func month() -> TinyMonth {
    var month = TinyMonth()
    month.service.instanceTypes = ["m5.large"]
    month.service.minimum = 2
    let there = InstanceKind(region: "eu-west-1", type: "m5.large", engine: "linux")
    month.prices.onDemand.append(OnDemandPrice(kind: there, hourly: usd("0.107"), provenance: provenance()))
    return month
  }

  private func answer(
    _ month: TinyMonth, _ shares: [(region: String, share: Int)], users: [Int] = [1_000],
    _ change: (inout RegionsQuestion) -> Void = { _ in }
  ) throws -> CapacityAnswer {
    var regions = RegionsQuestion(shares: shares)
    change(&regions)
    var question = CapacityQuestion(users: users)
    question.regions = regions
    return try CapacityAnswer(try month.study(), question)
  }

  private static let shares = [(region: "us-east-1", share: 60), (region: "eu-west-1", share: 40)]

  @Test("Each region counts its own users, keeps its own fewest and pays its own prices; one region is as without")
  func counts() throws {
    let answer = try answer(month(), Self.shares, users: [100, 1_000])
    let (small, size) = (answer.regions[0], answer.regions[1])
    // 600 users are 7.2 vCPU of 1.6: 5; 400 are 4.8: 3; 1,000 are 12: 8.
    #expect(size.several.map(\.users) == [600, 400] && size.several.map { $0.plans[0]?.count } == [5, 3])
    #expect(size.one.plans[0]?.count == 8)
    #expect(
      size.several.map(\.instances) == [
        usd("0.096").charge(for: 5 * 744, per: 1), usd("0.107").charge(for: 3 * 744, per: 1),
      ])
    // 60 and 40 users would be one instance each: two of each region are the fewest.
    #expect(small.several.map { $0.plans[0]?.count } == [2, 2] && small.one.plans[0]?.count == 2)
    #expect(zip(answer.regions, answer.sizes).allSatisfy { $0.costOfOne == $1.total })
    #expect(size.costOfSeveral == size.several.reduce(.zero) { $0 + $1.instances })
  }

  @Test("Users add up however they are divided", arguments: 0..<50)
  func users(seed: Int) {
    var random = SplitMix64(seed: seed)
    let shares = (0..<random.number(2...6)).map { (region: "r\($0)", share: random.number(1...100) as Int) }
    let all: Int = random.number(1...100_000)
    let users = RegionsQuestion(shares: shares).users(of: all)
    let sum = shares.reduce(0) { $0 + $1.share }
    #expect(users.reduce(0, +) == all)
    #expect(zip(users, shares).allSatisfy { abs($0 * sum - all * $1.share) < sum })
  }

  @Test("A database is whole in the first region and has replicas in others, or one of its own in each")
  func databases() throws {
    var month = month()
    month.service.statedApproach = .cluster
    month.service.maximum = 100
    month.service.database = DatabaseRules()
    let replicas = try answer(month, Self.shares).regions[0]
    let own = try answer(month, Self.shares) { $0.databases = .primary }.regions[0]
    #expect(replicas.several[0].plans[0] == replicas.one.plans[0])
    #expect(own.several[0].plans[0] != own.one.plans[0])
    // What is divided among nodes is read for 400 users in either way.
    #expect(replicas.several[1].plans[0]?.count == own.several[1].plans[0]?.count)
  }

  @Test("What has a price of the region is metered in each, all else once; a CDN delivers its part at its price")
  func metered() throws {
    var month = month()
    for (region, price) in [("us-east-1", "10"), ("eu-west-1", "12")] {
      month.prices.sellUnit("lb/month", price, unit: "month", region: region)
      month.prices.sellUnit("net/out-gb", "0.09", unit: "gb", region: region)
    }
    month.prices.sellUnit("seat/month", "7", unit: "month", region: "")
    month.prices.sellUnit("cdn/gb", "0.05", unit: "gb", region: "")
    let grid = SampleGrid(period: october)
    month.series = [samples("edge", .transferOutGB, on: grid) { $0 == 0 ? 100 : 0 }]
    month.fleet = {
      $0.charges = [
        tinyCharge("lb", price: "lb/month", units: 1), tinyCharge("seats", price: "seat/month", units: 1),
        tinyCharge("out", price: "net/out-gb", metric: .transferOutGB, driver: .users),
      ]
    }
    let plain = try answer(month, Self.shares).regions[0]
    // Ten times the measured users send 1,000 GB, 60 and 40 % of it here and there.
    #expect(plain.one.metered == usd("100") && plain.everywhere == usd("7"))
    #expect(plain.several.map(\.metered) == [usd("64"), usd("48")])
    #expect(plain.cdn == nil && plain.between == nil)
    let served = try answer(month, Self.shares) {
      $0.cdn = (item: "cdn/gb", percent: 75)
      $0.between = (item: "net/out-gb", gigabytes: 200)
    }.regions[0]
    // A quarter of 90 and its parts; 750 GB at 0.05; 200 at 0.09.
    #expect(served.one.metered == usd("32.5") && served.several.map(\.metered) == [usd("23.5"), usd("21")])
    #expect(served.cdn == usd("37.5") && served.between == usd("18"))
    month.prices.sellUnit("far/gb", "1", unit: "gb", region: "ap-south-1")
    let unpriced = try answer(month, Self.shares) { $0.cdn = (item: "far/gb", percent: 75) }.regions[0]
    #expect(unpriced.cdn == nil && !unpriced.missing.isEmpty)
    #expect {
      _ = try answer(month, Self.shares) { $0.cdn = (item: "no/such-gb", percent: 75) }
    } throws: {
      ($0 as? DataError)?.place.parameter == .cdn
    }
  }

  @Test("What has no price in a region is said of its own row, not of the total alone")
  func unpriced() throws {
    var month = month()
    let far = InstanceKind(region: "ap-south-1", type: "c5.large", engine: "linux")
    month.prices.onDemand.append(OnDemandPrice(kind: far, hourly: usd("0.1"), provenance: provenance()))
    month.prices.sellUnit("lb/month", "10", unit: "month", region: "us-east-1")
    month.fleet = { $0.charges = [tinyCharge("lb", price: "lb/month", units: 1)] }
    let shares = [Self.shares[0], (region: "ap-south-1", share: 40)]
    let size = try answer(month, shares).regions[0]
    #expect(size.several.map(\.unpriced) == [[], ["app"]] && size.one.unpriced.isEmpty)
    #expect(size.several.map(\.lacksMetered) == [false, true] && !size.lacksEverywhere)
  }

  @Test("What is no division among regions that have prices is refused with the place")
  func wrong() throws {
    for shares in [
      [(region: "us-east-1", share: 1)], Self.shares + [Self.shares[0]],
      [(region: "us-east-1", share: 0), (region: "eu-west-1", share: 1)], [Self.shares[0], (region: "mars", share: 4)],
    ] {
      #expect {
        _ = try answer(month(), shares)
      } throws: {
        ($0 as? DataError)?.place.parameter == .regions
      }
    }
  }
}

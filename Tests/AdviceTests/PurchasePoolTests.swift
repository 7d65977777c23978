import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

// m5.large: 0.096 on demand, reserved at 0.0576; cache.m5.large 0.156 and 0.0936. October has 744 hours.

/// Pools are what the provider counts together, and no more.
@Suite struct PurchasePoolTests {
  @Test("A family of EC2 is one pool, in units of the smallest size that runs")
  func family() throws {
    var study = AccountStudy()
    study.add(1, "m5.2xlarge", of: "db")
    study.add(1, "m5.xlarge", of: "web")
    study.add(1, "c5.large", of: "batch")
    let pools = try study.account().use.pools
    #expect(pools.map(\.pool.name) == ["c5", "m5"])
    #expect(pools[1].pool.kind == kind("m5.xlarge") && pools[1].pool.services == ["db", "web"])
    // An m5.2xlarge is two m5.xlarge.
    let seconds = pools[1].services.map { $0.seconds.reduce(0, +) }
    let month: Int64 = 744 * 3600
    #expect(seconds == [2 * month, month])
    #expect(try study.verdict("m5")?.changes == [Change(Reserve(3, oneYear, of: kind("m5.xlarge")))])
  }

  @Test("Windows is bought apart, size by size, and Linux reservations do not cover it")
  func windows() throws {
    var study = AccountStudy()
    study.prices.sell("m5.large", "0.188", engine: "windows")
    study.prices.reserved.append(reservedPrice("m5.large", "0.15", engine: "windows"))
    study.add(1, "m5.large", of: "linux")
    study.add(1, "m5.large", of: "office", engine: "windows")
    study.commitments = [commitment("held", 2, "m5.large", at: "0.0576", of: "linux")]
    #expect(try study.account().use.pools.map(\.pool.name) == ["m5", "m5.large-windows"])
    #expect(try study.verdict("m5")?.reason == .purchase(.covered(buysLater: true)))
    // 0.15 / 0.188 = 79.8 % of the hours break even, and it runs in all.
    let windows = kind("m5.large", engine: "windows")
    #expect(try study.verdict("m5.large-windows")?.changes == [Change(Reserve(1, oneYear, of: windows))])
  }

  @Test("What runs in another region is another pool")
  func regions() throws {
    var study = AccountStudy()
    let abroad = InstanceKind(region: "eu-west-1", type: "m5.large", engine: "linux")
    for index in study.prices.onDemand.indices where study.prices.onDemand[index].kind == kind("m5.large") {
      var price = study.prices.onDemand[index]
      price.kind = abroad
      study.prices.onDemand.append(price)
    }
    var price = reservedPrice("m5.large", "0.06")
    price.kind = abroad
    study.prices.reserved.append(price)
    study.add(1, "m5.large", of: "home")
    study.add(2, "m5.large", of: "abroad", zone: "eu-west-1a")
    #expect(try study.account().use.pools.map(\.pool.name) == ["m5", "m5-eu-west-1"])
    #expect(try study.verdict("m5-eu-west-1")?.changes == [Change(Reserve(2, oneYear, of: abroad))])
    // Reserved for the account it covers what runs there, and nothing else.
    let engine = try study.context().engine
    let saved = try engine.bill(study.plan, over: october).total - engine.bill(study.planAfter(), over: october).total
    // 744 × (0.096 - 0.0576) + 744 × 2 × (0.096 - 0.06) = 28.5696 + 53.568.
    #expect(saved == usd("82.1376"))
  }

  @Test("A zonal reservation counts in its zone alone, and what it has left serves nothing else")
  func zonal() throws {
    var study = AccountStudy()
    study.add(1, "m5.large", of: "app", zone: "us-east-1b")
    study.commitments = [commitment("zonal", 2, "m5.large", at: "0.0576", zone: "us-east-1a")]
    #expect(try study.verdict("m5")?.changes == [reservation(1)])
    study.commitments = [commitment("zonal", 2, "m5.large", at: "0.0576", zone: "us-east-1b")]
    // One of the two is used; an instance of another size or zone would not be covered by the other.
    #expect(try study.verdict("m5")?.reason == .purchase(.covered(buysLater: true)))
    study.add(1, "m5.xlarge", of: "db", zone: "us-east-1b")
    #expect(try study.verdict("m5")?.changes == [reservation(2)])
  }

  @Test("Reserved nodes of Redis OSS cover Valkey, of which a node counts four fifths")
  func valkey() throws {
    var study = AccountStudy()
    study.prices.sell("cache.m5.large", "0.1248", engine: "valkey")
    study.prices.reserved.append(reservedPrice("cache.m5.large", "0.0749", engine: "valkey"))
    study.add(5, "cache.m5.large", of: "sessions", engine: "valkey")
    func held(_ count: Int) -> [PricedCommitment] {
      [commitment("held", count, "cache.m5.large", at: "0.0936", of: "sessions", engine: "redis")]
    }
    study.commitments = held(4)
    let pool = try #require(try study.account().use.pools.first).pool
    #expect(pool.name == "cache.m5-valkey" && pool.kind == kind("cache.m5.large", engine: "valkey"))
    // Four nodes of Redis OSS are five of Valkey.
    #expect(try study.verdict(pool.name)?.reason == .purchase(.covered(buysLater: true)))
    // Three are 3.75; of the 1.25 that are left one is used always, and the next in a quarter of the hours.
    study.commitments = held(3)
    #expect(
      try study.verdict(pool.name)?.changes == [
        Change(Reserve(1, oneYear, of: kind("cache.m5.large", engine: "valkey")))
      ])
  }

  @Test("Redis OSS and Valkey of one family are bought for together, as what covers both")
  func redisAndValkey() throws {
    var study = AccountStudy()
    study.prices.sell("cache.m5.large", "0.1248", engine: "valkey")
    study.prices.reserved.append(reservedPrice("cache.m5.large", "0.0749", engine: "valkey"))
    study.add(1, "cache.m5.large", of: "cache", engine: "redis")
    study.add(5, "cache.m5.large", of: "sessions", engine: "valkey")
    let redis = kind("cache.m5.large", engine: "redis")
    // 1 + 5 × 0.8 = 5 nodes of Redis OSS.
    #expect(try study.verdict("cache.m5")?.changes == [Change(Reserve(5, oneYear, of: redis))])
  }

  @Test("What services of a pool may be spot is shared in what no reservation speaks for")
  func spot() throws {
    var study = AccountStudy()
    study.prices.spot("m5.large", savings: 60)
    for name in ["a", "b"] { study.add(2, "m5.large", of: name) { $0.interruptible = true } }
    study.series = study.runs.map { run in
      samples(run.service, run.resource, .cpuPercent, on: study.grid) { _ in 30 }
    }
    // Spot costs 0.0403 of SpotPlanTests, less than reserved: half of each, and two reserved for what must be on demand.
    let spot = ["a", "b"].map { Change(SpotShare(service: $0, maximumPercent: 50)) }
    #expect(try study.verdict("m5")?.changes == [reservation(2)] + spot)
    let month: Int64 = 744 * 3600
    #expect(try spotSeconds(study) == [month, month])
    // Of four, three are held: one unit is left for both, and the first of equals takes it.
    study.commitments = [commitment("held", 3, "m5.large", at: "0.0576", of: "a")]
    #expect(try study.verdict("m5")?.changes == [spot[0]])
    #expect(try spotSeconds(study) == [month, 0])
  }

  /// What runs as spot of each service once the advice is followed.
  private func spotSeconds(_ study: AccountStudy) throws -> [Int64] {
    let plan = try study.planAfter()
    return study.services.map { service in
      plan.runs(of: service.name).filter { $0.lifecycle == .spot }.reduce(0) {
        $0 + ($1.overlap(with: october)?.seconds ?? 0)
      }
    }
  }
}

import Clouds
import Model
import TestSupport
import Testing

/// AWS's answers to what the house asks of a cloud.
@Suite struct AWSTests {
  private let aws = AWS()

  @Test("A cache node or a database runs on the instance that its name says", arguments: ["cache.", "db.", ""])
  func hardware(prefix: String) {
    #expect(aws.hardware(of: "\(prefix)r6g.large") == "r6g.large")
    #expect(aws.family(of: "\(prefix)r6g.large") == "\(prefix)r6g")
    #expect(aws.isManaged("\(prefix)r6g.large") == !prefix.isEmpty)
  }

  @Test("Bare metal is known by its size")
  func bareMetal() {
    #expect(aws.isBareMetal("m5.metal") && aws.isBareMetal("m7i.metal-24xl"))
    #expect(!aws.isBareMetal("m5.24xlarge") && !aws.isBareMetal("metal.large"))
  }

  @Test(
    "An instance is bought from the service its type says",
    arguments: [
      ("m5.large", "linux", "ec2"), ("cache.m5.large", "redis", "elasticache"), ("db.r5.large", "postgres", "rds"),
      ("db.r5.large", "docdb", "documentdb"),
    ])
  func services(type: String, engine: String, service: String) {
    #expect(aws.priceService(ofType: type, engine: engine) == service)
    #expect(aws.priceService(of: kind(type, engine: engine)) == service)
  }

  @Test("Most run Redis on cache nodes and Linux on the rest")
  func engines() {
    #expect(aws.usualEngine(of: "cache.m5.large") == "redis")
    #expect(aws.usualEngine(of: "m5.large") == "linux")
  }

  @Test("What is size-flexible: Linux on EC2 and cache nodes")
  func flexible() {
    #expect(aws.flexibleFamily(of: kind("m5.large")) == "m5")
    for engine in ["redis", "valkey", "memcached"] {
      #expect(aws.flexibleFamily(of: kind("cache.m5.large", engine: engine)) == "cache.m5")
    }
    for engine in ["windows", "rhel", "suse"] {
      #expect(aws.flexibleFamily(of: kind("m5.large", engine: engine)) == nil)
    }
    #expect(aws.flexibleFamily(of: kind("db.m5.large", engine: "postgres")) == nil)
    #expect(aws.flexibleFamily(of: kind("m5.metal")) == "m5")
    #expect(aws.flexibleFamily(of: kind("m7g.metal")) == nil)
  }

  @Test("Sizes count by their factor × 20, one without a factor 5; of Valkey four fifths, and Redis covers it")
  func units() {
    // large: 4 × 20; of Valkey 4 × 16.
    #expect(aws.normalisedUnits(of: kind("cache.m5.large", engine: "redis")) == 80)
    #expect(aws.normalisedUnits(of: kind("cache.m5.large", engine: "valkey")) == 64)
    #expect(aws.coveringEngines(of: kind("cache.m5.large", engine: "valkey")) == ["valkey", "redis"])
    #expect(aws.coveringEngines(of: kind("cache.m5.large", engine: "redis")) == ["redis"])
    #expect(aws.normalisedUnits(of: kind("m5.large")) == 80)
    #expect(aws.normalisedUnits(of: kind("m7g.metal")) == 5)
  }

  @Test("A compute plan pays for all of EC2, an instance plan for its family in its region, neither for managed nodes")
  func plans() {
    let compute = savingsPlan("c", "1")
    let instance = savingsPlan("i", "1", family: "m5")
    #expect(aws.applies(compute, to: kind("c5.large")) && aws.applies(instance, to: kind("m5.xlarge")))
    #expect(!aws.applies(instance, to: kind("c5.large")))
    #expect(!aws.applies(instance, to: InstanceKind(region: "eu-west-1", type: "m5.large", engine: "linux")))
    for type in ["cache.m5.large", "db.m5.large"] { #expect(!aws.applies(compute, to: kind(type))) }
  }

  @Test("A database plan pays for databases and for nodes of Valkey of the seventh generation and later, in any region")
  func databasePlans() {
    let plan = HeldSavingsPlan(id: "d", term: databasePlan, hourly: usd("1"), started: instant("2026-02-01"))
    for type in ["db.r7g.large", "db.m7i.xlarge", "db.r8g.16xlarge", "db.x2iedn.large"] {
      #expect(aws.applies(plan, to: kind(type, engine: "postgresql")) == !type.contains("x2"))
    }
    #expect(aws.applies(plan, to: InstanceKind(region: "eu-west-1", type: "db.r7g.large", engine: "mysql")))
    #expect(aws.applies(plan, to: kind("cache.r7g.large", engine: "valkey")))
    #expect(!aws.applies(plan, to: kind("cache.r7g.large", engine: "redis")))
    for type in ["db.m5.large", "db.r6g.large", "db.t4g.medium", "m7g.large", "r7g.large"] {
      #expect(!aws.applies(plan, to: kind(type)))
    }
    // Sold for a year, without anything upfront, alone.
    #expect(SavingsPlanTerm("database-savings-plan-3yr-no-upfront") == nil)
    #expect(SavingsPlanTerm("database-savings-plan-1yr-all-upfront") == nil)
    #expect(aws.twin(of: databasePlan, for: kind("db.r7g.large")) == nil)
  }

  @Test("A plan costs what a reservation of its length does: an instance plan the standard one, of Linux and Windows")
  func twins() throws {
    let upfront = try #require(SavingsPlanTerm("compute-savings-plan-3yr-all-upfront"))
    #expect(aws.twin(of: instancePlan, for: kind("m5.large"))?.description == "standard-1yr-no-upfront")
    #expect(aws.twin(of: computePlan, for: kind("m5.large"))?.description == "convertible-1yr-no-upfront")
    #expect(aws.twin(of: upfront, for: kind("m5.large")) == nil)
    #expect(aws.twin(of: instancePlan, for: kind("m5.large", engine: "rhel")) == nil)
    #expect(aws.twin(of: instancePlan, for: kind("cache.m5.large")) == nil)
  }

  @Test("Nothing, half or all of a plan is paid at once")
  func upfront() {
    let paid = OfferTerm.Payment.allCases.map { aws.upfront(ofTerm: usd("100.01"), $0) }
    #expect(paid == [.zero, usd("50.005"), usd("100.01")])
  }

  @Test("Of burstable types T2 alone is not charged for what it uses beyond its credits")
  func credits() {
    #expect(["t3.large", "t3a.large", "t4g.large"].allSatisfy(aws.chargesSurplus))
    #expect(!aws.chargesSurplus("t2.large"))
  }

  @Test(
    "Prices of a zone stand under its region, those of a Local or Wavelength Zone under its own group",
    arguments: [
      ("us-east-1a", "us-east-1"), ("us-gov-west-1b", "us-gov-west-1"), ("us-east-1-bos-1a", "us-east-1-bos-1"),
      ("us-west-2-lax-1b", "us-west-2-lax-1"), ("us-east-1-wl1-atl-wlz-1", "us-east-1-wl1-atl1"),
      ("us-east-1-wl1-bos-wlz-1", "us-east-1-wl1"), ("us-west-2-wl1-sfo-wlz-1", "us-west-2-wl1"),
      ("eu-west-2-wl2-man-wlz-1", "eu-west-2-wl2-man1"),
    ])
  func priceRegion(zone: String, region: String) { #expect(AWS().priceRegion(ofZone: zone) == region) }

  @Test("What names no zone has no prices of its own", arguments: ["", "here1-az1", "us-east-1", "here"])
  func noPriceRegion(zone: String) { #expect(AWS().priceRegion(ofZone: zone) == nil) }
}

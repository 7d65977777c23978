import Analysis
import Clouds
import Model

package let oneYear = OfferTerm("standard-1yr-no-upfront")!

package func provenance(_ from: String = "2026-01-01", _ file: String = "test.csv") -> Provenance {
  Provenance(
    effectiveFrom: instant(from), quality: .published,
    source: PriceSource(file: file, origin: "written in a test", retrieved: instant("2026-01-01")))
}

package func kind(_ type: String, engine: String = "linux") -> InstanceKind {
  InstanceKind(region: "us-east-1", type: type, engine: engine)
}

package func reservedPrice(
  _ type: String, _ hourly: String, upfront: String = "0", _ term: OfferTerm = oneYear, engine: String = "linux",
  from: String = "2026-01-01"
) -> ReservedPrice {
  ReservedPrice(
    kind: kind(type, engine: engine), term: term, upfront: usd(upfront), hourly: usd(hourly),
    provenance: provenance(from))
}

package func commitment(
  _ id: String, _ count: Int, _ type: String, at hourly: String, upfront: String = "0", of service: String = "app",
  engine: String = "linux", from: String = "2026-01-01", zone: String? = nil
) -> PricedCommitment {
  PricedCommitment(
    commitment: Commitment(
      id: id, service: service, type: type, count: count, term: oneYear, started: instant(from), zone: zone),
    price: reservedPrice(type, hourly, upfront: upfront, engine: engine))
}

package let computePlan = SavingsPlanTerm("compute-savings-plan-1yr-no-upfront")!
package let databasePlan = SavingsPlanTerm("database-savings-plan-1yr-no-upfront")!
package let instancePlan = SavingsPlanTerm("ec2-instance-savings-plan-1yr-no-upfront")!

/// A savings plan of one year at the rates without upfront, of which a part may be paid upfront all the same; an EC2 instance plan where it has a family, in us-east-1.
package func savingsPlan(
  _ id: String, _ hourly: String, upfront: String = "0", family: String? = nil, from: String = "2026-02-01"
) -> HeldSavingsPlan {
  HeldSavingsPlan(
    id: id, term: family == nil ? computePlan : instancePlan, family: family,
    region: family == nil ? nil : "us-east-1", hourly: usd(hourly), upfront: usd(upfront),
    started: instant(from))
}

extension PriceBook {
  package mutating func sell(
    _ type: String, _ hourly: String, engine: String = "linux", from: String = "2026-01-01", file: String = "test.csv"
  ) {
    onDemand.append(
      OnDemandPrice(kind: kind(type, engine: engine), hourly: usd(hourly), provenance: provenance(from, file)))
  }

  package mutating func rate(
    _ type: String, _ hourly: String, _ term: SavingsPlanTerm, engine: String = "linux", from: String = "2026-01-01"
  ) {
    savingsPlans.append(
      SavingsPlanRate(
        kind: kind(type, engine: engine), term: term, hourly: usd(hourly), provenance: provenance(from)))
  }

  package mutating func spot(
    _ type: String, savings: Int, from: String = "2026-01-01", interruption: String = "<5%"
  ) {
    spot.append(
      SpotEstimate(kind: kind(type), savingsPercent: savings, interruption: interruption, provenance: provenance(from)))
  }

  package mutating func spotPrice(_ type: String, _ zone: String, _ hourly: String, _ from: String) {
    spotPrices.append(SpotPrice(kind: kind(type), zone: zone, hourly: usd(hourly), provenance: provenance(from)))
  }

  package mutating func sellUnit(
    _ item: String, _ price: String, unit: String = "gb", tierFrom: Int64 = 0, perUnits: Int64 = 1,
    region: String = "us-east-1", from: String = "2026-01-01", file: String = "test.csv"
  ) {
    units.append(
      UnitPrice(
        region: region, item: item, unit: unit, tierFrom: tierFrom, price: usd(price), perUnits: perUnits,
        provenance: provenance(from, file)))
  }

  package mutating func specify(_ type: String, vcpu: Int, milliGiB: Int64, burst: BurstCredits? = nil) {
    specifications.append(
      InstanceSpecification(
        type: type, vcpu: vcpu, memoryMilliGiB: milliGiB, architecture: nil, isCurrentGeneration: true,
        networkBaselineMbps: nil, networkPeakMbps: nil, ebsBaselineMbps: nil, ebsBaselineIOPS: nil, burst: burst,
        provenance: provenance()))
  }

  /// On-demand and one-year prices (us-east-1, Linux; Redis for cache types), sizes and credits of a few types, as in
  /// `pricing/aws`; reservations at 60 % of on-demand for round break-even numbers.
  package static let few: PriceBook = {
    var book = PriceBook()
    let types: [(String, Int, Int64, String)] = [
      ("m5.large", 2, 8000, "0.096"), ("m5.xlarge", 4, 16000, "0.192"), ("m5.2xlarge", 8, 32000, "0.384"),
      ("c5.large", 2, 4000, "0.085"), ("t3.medium", 2, 4000, "0.0416"), ("t3.large", 2, 8000, "0.0832"),
      ("cache.m5.large", 2, 6380, "0.156"), ("cache.m5.xlarge", 4, 12930, "0.311"),
      ("cache.m5.2xlarge", 8, 26040, "0.623"),
    ]
    for (type, vcpu, memory, hourly) in types {
      let engine = type.hasPrefix("cache.") ? "redis" : "linux"
      let burst: BurstCredits? = type == "t3.large" ? .t3Large : type == "t3.medium" ? .t3Medium : nil
      book.specify(type, vcpu: vcpu, milliGiB: memory, burst: burst)
      book.sell(type, hourly, engine: engine)
      let reserved = usd(hourly).charge(for: 60, per: 100)
      book.reserved.append(reservedPrice(type, reserved.description, engine: engine))
    }
    return book
  }()
}

extension BurstCredits {
  /// 30 % of each of 2 vCPUs: 36 credits an hour.
  package static let t3Large = BurstCredits(
    baselinePercentPerVcpu: 30, creditsPerHour: 36, maximumCredits: 864, surplusPerVcpuHour: usd("0.05"))
  /// 20 % of each of 2 vCPUs: 24 credits an hour.
  package static let t3Medium = BurstCredits(
    baselinePercentPerVcpu: 20, creditsPerHour: 24, maximumCredits: 576, surplusPerVcpuHour: usd("0.05"))
  /// 5 % of each of 2 vCPUs: 6 credits an hour, 144 a day.
  package static let t3Nano = BurstCredits(
    baselinePercentPerVcpu: 5, creditsPerHour: 6, maximumCredits: 144, surplusPerVcpuHour: usd("0.05"))
}

/// The cloud of the tiny fleets.
package let tinyCloud: any Cloud = AWS()

extension Catalogue {
  /// The catalogue of prices of ``tinyCloud``.
  package init(_ book: PriceBook) throws(DataError) { try self.init(book, of: tinyCloud) }
}

package func catalogue(_ book: PriceBook = .few, _ change: (inout PriceBook) -> Void = { _ in }) throws -> Catalogue {
  var book = book
  change(&book)
  return try Catalogue(book)
}

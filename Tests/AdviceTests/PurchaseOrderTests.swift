import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

/// What is bought for the account does not depend on which of its services or instances comes first.
@Suite struct PurchaseOrderTests {
  @Test("What another service holds covers this one too, and what neither uses alone is bought once")
  func others() throws {
    for isPlanned in [true, false] {
      var study = purchaseStudy(hours: [744])
      study.runs += runs(1, of: "db", "m5.xlarge", october)
      var held = commitment("db", 1, "m5.xlarge", at: "0.1152", of: "db")
      held.isPlanned = isPlanned
      study.commitments = [held]
      // Three units of m5.large run, of which the held m5.xlarge is two.
      #expect(try study.advice(PurchaseMix()).verdict.changes == [reservation(1)], "\(isPlanned)")
    }
  }

  @Test("One m5.xlarge and one m5.large are three units, whichever is named first")
  func units() throws {
    for isReversed in [false, true] {
      var study = AccountStudy()
      study.add(1, "m5.xlarge", of: "big")
      study.add(1, "m5.large", of: "small")
      if isReversed { study.services.reverse() }
      let advice = try study.advice()
      #expect(advice.proposals.map(\.verdict.changes) == [[reservation(3)]])
      // Three units saved 0.096 - 0.0576 in each of 730 hours.
      #expect(advice.plan.savingPerMonth == usd("84.096"))
    }
  }

  @Test("The order of services, instances, commitments and prices changes nothing", arguments: 0..<8)
  func order(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    // A search over plans takes its time: some accounts may buy none.
    let study = randomAccount(&random, mostServices: seed < 2 ? 3 : 6, hasPlans: seed < 2)
    let advice = try study.advice()
    for turn in 0..<2 {
      var other = study
      if turn == 0 {
        other.services.reverse()
        other.runs.reverse()
        other.commitments.reverse()
        other.prices.onDemand.reverse()
        other.prices.reserved.reverse()
      } else {
        other.services.shuffle(using: &random)
        other.runs.shuffle(using: &random)
        other.commitments.shuffle(using: &random)
      }
      let turned = try other.advice()
      #expect(turned.plan == advice.plan, "seed \(seed)")
      #expect(turned.comparison == advice.comparison, "seed \(seed)")
      #expect(turned.proposals.map(\.verdict) == advice.proposals.map(\.verdict), "seed \(seed)")
      #expect(turned.proposals.map(\.expectedSaving) == advice.proposals.map(\.expectedSaving), "seed \(seed)")
    }
  }

  /// Up to six services of three families, two engines and two regions, each for some hours of the month, some of which
  /// may be spot; some reservations.
  private func randomAccount(
    _ random: inout SplitMix64, mostServices: Int, hasPlans: Bool
  ) -> AccountStudy {
    var study = AccountStudy()
    study.prices = .ofTwoRegions
    let kinds = [
      ("m5.large", "linux"), ("m5.xlarge", "linux"), ("c5.large", "linux"), ("m5.large", "windows"),
      ("cache.m5.large", "redis"), ("cache.m5.xlarge", "redis"),
    ]
    for index in 0..<random.number(3...mostServices) {
      let (type, engine) = kinds.randomElement(using: &random)!
      let zone = random.number(0...3) == 0 ? "eu-west-1a" : "us-east-1a"
      let first = study.runs.count
      study.add(random.number(1...3), type, of: "s\(index)", zone: zone, engine: engine) {
        $0.interruptible = engine == "linux" && random.coin()
      }
      for place in first..<study.runs.count {
        study.runs[place].stopped = october.start.advanced(by: Int64(random.number(200...744)) * 3600)
        if engine == "linux" {
          study.series.append(
            samples("s\(index)", study.runs[place].resource, .cpuPercent, on: study.grid) { _ in 30 })
        }
      }
      if random.number(0...3) == 0 {
        study.commitments.append(
          commitment(
            "held-\(index)", 1, type, at: "0.05", of: "s\(index)", engine: engine, from: "2026-0\(index + 1)-03"))
      }
    }
    if hasPlans { study.purchase.savingsPlans = [computePlan, instancePlan] }
    return study
  }
}

extension PriceBook {
  /// ``few`` with Windows, the same in eu-west-1 a tenth dearer, rates of savings plans and spot.
  fileprivate static let ofTwoRegions: PriceBook = {
    var book = PriceBook.few
    book.sell("m5.large", "0.188", engine: "windows")
    book.reserved.append(reservedPrice("m5.large", "0.15", engine: "windows"))
    for type in ["m5.large", "m5.xlarge", "c5.large"] { book.spot(type, savings: 60) }
    for price in book.onDemand where !price.kind.type.hasPrefix("cache.") {
      for (plan, percent) in [(computePlan, 72), (instancePlan, 65)] {
        let hourly = price.hourly.charge(for: Int128(percent), per: 100)
        book.rate(price.kind.type, hourly.description, plan, engine: price.kind.engine)
      }
    }
    func abroad(_ kind: InstanceKind) -> InstanceKind {
      InstanceKind(region: "eu-west-1", type: kind.type, engine: kind.engine)
    }
    for var price in book.onDemand {
      (price.kind, price.hourly) = (abroad(price.kind), price.hourly.charge(for: 11, per: 10))
      book.onDemand.append(price)
    }
    for var price in book.reserved {
      (price.kind, price.hourly) = (abroad(price.kind), price.hourly.charge(for: 11, per: 10))
      book.reserved.append(price)
    }
    for var rate in book.savingsPlans {
      (rate.kind, rate.hourly) = (abroad(rate.kind), rate.hourly.charge(for: 11, per: 10))
      book.savingsPlans.append(rate)
    }
    for var spot in book.spot {
      spot.kind = abroad(spot.kind)
      book.spot.append(spot)
    }
    return book
  }()
}

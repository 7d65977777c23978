import Analysis
import Foundation
import Model
import TestSupport

/// A random fleet of several types, zones and engines with zonal and regional reservations and both kinds of savings plans,
/// billed by brute force: instance by instance, in minutes and Foundation's Decimal, each line rounded once. It shares no
/// arithmetic and no type with the engine: it knows no unit-seconds and no atoms, and groups nothing before its lines.
struct IndependentFleetBill {
  static let days = period("2026-10-01", "2026-10-04")
  static let types = ["m5.large", "m5.xlarge", "m5.2xlarge", "c5.large", "g5.xlarge", "g5.2xlarge"]
  static let services = ["app", "web", "win"]

  private(set) var runs: [InstanceRun] = []
  private(set) var held: [PricedCommitment] = []
  private(set) var plans: [HeldSavingsPlan] = []
  private(set) var book = PriceBook()
  /// Each line that is not zero: `option service type commitment`.
  private(set) var lines: [String: Money] = [:]

  /// The prices by `engine type` and day, and the rates by `engine type plan`: nano-dollars an hour.
  private var onDemand: [String: [Int64]] = [:]
  private var rates: [String: Int64] = [:]

  init(_ random: inout SplitMix64) {
    drawPrices(&random)
    drawFleet(&random)
    drawCommitments(&random)
    add()
  }

  private mutating func drawPrices(_ random: inout SplitMix64) {
    for type in Self.types { book.specify(type, vcpu: 2, milliGiB: 4000) }
    for engine in ["linux", "windows"] {
      for type in Self.types {
        let days: [Int64] = [random.number(100_000_000...900_000_000), random.number(100_000_000...900_000_000)]
        onDemand["\(engine) \(type)"] = days
        book.sell(type, Money(nanoDollars: days[0]).description, engine: engine)
        book.sell(type, Money(nanoDollars: days[1]).description, engine: engine, from: "2026-10-02")
        for plan in [instancePlan, computePlan] where random.number(1...4) > 1 {
          // Every other rate is three quarters of the first price, so that savings are equal.
          let rate = random.coin() ? days[0] / 4 * 3 : random.number(50_000_000...days[0])
          rates["\(engine) \(type) \(plan)"] = rate
          book.rate(type, Money(nanoDollars: rate).description, plan, engine: engine)
        }
      }
    }
  }

  private mutating func drawFleet(_ random: inout SplitMix64) {
    for index in 0..<random.number(2...9) {
      let start: Int64 = random.number(0...4_000)
      let end: Int64 = random.number((start + 1)...4_320)
      let span = Period(
        start: Self.days.start.advanced(by: start * 60), end: Self.days.start.advanced(by: end * 60))
      runs.append(
        run(
          "r\(index)", of: Self.services.randomElement(using: &random)!, Self.types.randomElement(using: &random)!,
          span,
          zone: random.coin() ? "us-east-1a" : "us-east-1b"))
    }
  }

  private mutating func drawCommitments(_ random: inout SplitMix64) {
    for index in 0..<random.number(0...4) {
      let service = Self.services.randomElement(using: &random)!
      held.append(
        commitment(
          "ri\(index)", random.number(1...2), Self.types.randomElement(using: &random)!,
          at: Money(nanoDollars: random.number(0...300_000_000)).description,
          upfront: Money(nanoDollars: random.number(0...900_000_000_000)).description, of: service,
          engine: Self.engine(service), zone: random.coin() ? "us-east-1a" : nil))
    }
    for index in 0..<random.number(0...3) {
      let family = random.coin() ? nil : ["m5", "c5", "g5"].randomElement(using: &random)!
      plans.append(
        savingsPlan("sp\(index)", Money(nanoDollars: random.number(1...700_000_000)).description, family: family))
    }
  }

  private static func engine(_ service: String) -> String { service == "win" ? "windows" : "linux" }
}

/// The bill itself.
extension IndependentFleetBill {
  /// Exact amounts: nano-dollars, or nano-dollars × 60 of what draws from a plan.
  private struct Sums {
    var onDemand: [String: Decimal] = [:]
    var reserved: [String: Decimal] = [:]
    var plans: [[String: Decimal]]
  }

  private mutating func add() {
    var sums = Sums(plans: plans.map { _ in [:] })
    for hour in 0..<72 {
      var minutes = runs.map { Self.minutes($0, hour) }
      for zonal in [true, false] {
        for index in held.indices where (held[index].commitment.zone != nil) == zonal {
          reserve(index, &minutes, &sums)
        }
      }
      draw(hour, &minutes, &sums)
      for (run, left) in zip(runs, minutes) where left > 0 {
        let day = hour < 24 ? 0 : 1
        sums.onDemand["on-demand \(run.service) \(run.type) - \(day)", default: 0] += left * Decimal(price(run, day))
      }
    }
    for (key, sixtieths) in sums.onDemand { keep(String(key.dropLast(2)), Self.rounded(sixtieths / 60)) }
    for (key, amount) in sums.reserved { keep(key, Self.rounded(amount)) }
    for index in plans.indices { spread(index, sums.plans[index]) }
  }

  /// A reservation's hour: its own type in its zone, or its family by size; the rest of it is unused.
  private func reserve(_ index: Int, _ minutes: inout [Decimal], _ sums: inout Sums) {
    let commitment = held[index].commitment
    let effective =
      Decimal(held[index].price.hourly.nanoDollars) + Decimal(held[index].price.upfront.nanoDollars) / 8760
    let own = Self.factor(commitment.type)
    var left = Decimal(commitment.count * 60) * own
    let order = runs.indices.sorted { a, b in
      let (x, y) = (runs[a], runs[b])
      let sizes = (Self.factor(x.type), Self.factor(y.type))
      if sizes.0 != sizes.1 { return sizes.0 < sizes.1 }
      let others = (x.service == commitment.service ? 0 : 1, y.service == commitment.service ? 0 : 1)
      return (others.0, x.service, x.type, x.zone, a) < (others.1, y.service, y.type, y.zone, b)
    }
    for run in order where covers(commitment, runs[run]) {
      let units = min(left, minutes[run] * Self.factor(runs[run].type))
      left -= units
      minutes[run] -= units / Self.factor(runs[run].type)
      sums.reserved["reserved \(runs[run].service) \(runs[run].type) \(commitment.id)", default: 0] +=
        units / own / 60 * effective
    }
    sums.reserved["reserved-unused \(commitment.service) \(commitment.type) \(commitment.id)", default: 0] +=
      left / own / 60 * effective
  }

  private func covers(_ commitment: Commitment, _ run: InstanceRun) -> Bool {
    guard Self.engine(commitment.service) == Self.engine(run.service) else { return false }
    if let zone = commitment.zone, zone != run.zone { return false }
    if commitment.type == run.type { return true }
    let families = [commitment.type, run.type].map { $0.prefix { $0 != "." } }
    return commitment.zone == nil && families[0] == families[1] && families[0] != "g5" && run.service != "win"
  }

  /// The hour of all plans: the best of what is left is taken again and again.
  private func draw(_ hour: Int, _ minutes: inout [Decimal], _ sums: inout Sums) {
    var budgets = plans.map { Decimal($0.hourly.nanoDollars) * 60 }
    let names = ["app", "web", "win"]
    for stage in [instancePlan.plan, computePlan.plan] {
      var choices: [(saving: Decimal, rate: Int64, plan: Int, service: Int, type: String, run: Int)] = []
      for (plan, held) in plans.enumerated() where held.term.plan == stage {
        for (index, run) in runs.enumerated() where held.family.map({ run.type.hasPrefix($0 + ".") }) ?? true {
          guard let rate = rates["\(Self.engine(run.service)) \(run.type) \(held.term)"] else { continue }
          let saving = 1 - Decimal(rate) / Decimal(price(run, hour < 24 ? 0 : 1))
          choices.append((saving, rate, plan, names.firstIndex(of: run.service)!, run.type, index))
        }
      }
      choices.sort { a, b in
        if a.saving != b.saving { return a.saving > b.saving }
        return (a.rate, a.plan, a.service, a.type, a.run) < (b.rate, b.plan, b.service, b.type, b.run)
      }
      for choice in choices where budgets[choice.plan] > 0 && minutes[choice.run] > 0 {
        let whole = minutes[choice.run] * Decimal(choice.rate)
        let drawn = min(whole, budgets[choice.plan])
        minutes[choice.run] = drawn == whole ? 0 : minutes[choice.run] - drawn / Decimal(choice.rate)
        budgets[choice.plan] -= drawn
        let run = runs[choice.run]
        sums.plans[choice.plan]["savings-plan \(run.service) \(run.type) \(plans[choice.plan].id)", default: 0] += drawn
      }
    }
    for (index, plan) in plans.enumerated() {
      let key = "savings-plan-unused savings-plans \(plan.term) \(plan.id)"
      sums.plans[index][key, default: 0] += budgets[index]
    }
  }

  /// A plan's lines add up to 72 hours of its commitment: each is rounded down, the largest fractions up again.
  private mutating func spread(_ index: Int, _ sixtieths: [String: Decimal]) {
    let exact = sixtieths.mapValues { $0 / 60 }
    var floors = exact.mapValues { Self.rounded($0, .down) }
    let total = plans[index].hourly.nanoDollars * 72
    let missing = total - floors.values.reduce(0) { $0 + $1.nanoDollars }
    let order = exact.keys.sorted { a, b in
      let fractions = [a, b].map { exact[$0]! - Decimal(floors[$0]!.nanoDollars) }
      // Equal fractions differ by what 38 digits leave of them; then the order of the bill.
      return abs(fractions[0] - fractions[1]) < Decimal(sign: .plus, exponent: -15, significand: 1)
        ? Self.place(a) < Self.place(b) : fractions[0] > fractions[1]
    }
    for key in order.prefix(Int(missing)) { floors[key]!.nanoDollars += 1 }
    for (key, amount) in floors { keep(key, amount) }
  }

  private static func place(_ line: String) -> String {
    line.hasPrefix("savings-plan-unused") ? "~" : line
  }

  private mutating func keep(_ key: String, _ amount: Money) {
    if amount != .zero { lines[key, default: .zero] += amount }
  }

  private func price(_ run: InstanceRun, _ day: Int) -> Int64 {
    onDemand["\(Self.engine(run.service)) \(run.type)"]![day]
  }

  private static func minutes(_ run: InstanceRun, _ hour: Int) -> Decimal {
    let start = days.start.seconds + Int64(hour) * 3600
    return Decimal(max(0, min(run.stopped!.seconds, start + 3600) - max(run.started.seconds, start))) / 60
  }

  private static func factor(_ type: String) -> Decimal {
    type.hasSuffix(".large") ? 4 : type.hasSuffix(".xlarge") ? 8 : 16
  }

  private static func rounded(_ value: Decimal, _ mode: NSDecimalNumber.RoundingMode = .bankers) -> Money {
    var (exact, result) = (value, Decimal())
    NSDecimalRound(&result, &exact, 0, mode)
    return Money(nanoDollars: Int64(truncating: result as NSDecimalNumber))
  }
}

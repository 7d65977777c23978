import Analysis
import Model

/// Reserved, on-demand and spot capacity by break-even on the reviewed hours; see ``BreakEven``.
///
/// What existing commitments already cover is taken off first, by the bill engine's own rules. Spot is offered only to
/// services the fleet file calls interruptible. An offer that the book does not price is named and left out.
package struct PurchaseMix: Adviser {
  package let step = AdviceStep.mix
  package init() {}

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError)
    -> Advice
  {
    let hours = Int(context.period.seconds / 3600)
    var evidence = Evidence(period: context.period, coverage: Coverage(seen: hours, expected: hours), figures: [])
    guard let type = context.mainType(of: service.name, in: plan) else {
      return Advice(verdict(.refused, service, "not judged", because: "no instance ran", evidence))
    }
    let demand = HourlyDemand(of: service.name, type: type, plan: plan, context)
    guard demand.residual.contains(where: { $0 > 0 }) else {
      let why = "existing commitments cover every hour"
      return Advice(verdict(.kept, service, "buy nothing", because: why, evidence))
    }
    let kind = context.kind(type, of: service)
    let onDemand = try context.catalogue.onDemand(kind, at: context.asOf)
    let offers = context.offers(for: kind)
    evidence.figures = offers.missing.map { .init("offer left out", $0) }
    if offers.priced.isEmpty, !offers.missing.isEmpty, !service.interruptible {
      return Advice(verdict(.refused, service, "not judged", because: offers.missing.joined(separator: "; "), evidence))
    }
    var best = Purchase(service, demand, onDemand, nil, context)
    for price in offers.priced {
      let purchase = Purchase(service, demand, onDemand, price, context)
      if purchase.cost < best.cost || best.price == nil { best = purchase }
    }
    evidence.figures += best.figures
    evidence.prices = best.prices
    return advice(best, service, type: type, plan: plan, evidence, context)
  }

  private func advice(
    _ purchase: Purchase, _ service: Service, type: String, plan: FleetPlan, _ evidence: Evidence,
    _ context: AdviceContext
  ) -> Advice {
    let spotCounts = purchase.spotCounts(service, plan: plan, context)
    let spotHours = spotCounts.reduce(0, +) * Int(context.grid.stepSeconds) / 3600
    guard purchase.count > 0 || spotHours > 0 else {
      return Advice(verdict(.kept, service, "buy nothing", because: purchase.reason, evidence))
    }
    var parts: [String] = []
    if purchase.count > 0, let term = purchase.price?.term {
      parts.append("reserve \(purchase.count) more \(type), \(term)")
    }
    if spotHours > 0 { parts.append("run \(spotHours) instance-hours a month as spot") }
    let held = purchase.commitment(service, type: type, context)
    return Advice(
      verdict(.recommended, service, parts.joined(separator: "; "), because: purchase.reason, evidence, .medium),
      change: { plan in
        if let held { plan.commitments.append(held) }
        if spotHours > 0 { plan.setSpot(spotCounts, of: service.name, on: context.grid) }
      })
  }
}

extension AdviceContext {
  /// The prices of the offers the fleet may buy for a kind, and in words those that the book does not have.
  fileprivate func offers(for kind: InstanceKind) -> (priced: [ReservedPrice], missing: [String]) {
    var priced: [ReservedPrice] = []
    var missing: [String] = []
    for term in fleet.purchase.offers {
      do throws(DataError) {
        priced.append(try catalogue.reserved(kind, term, at: asOf))
      } catch {
        missing.append(error.found)
      }
    }
    return (priced, missing)
  }
}

/// Instance-seconds of a service and type in each clock hour of the period.
struct HourlyDemand: Sendable {
  /// What no existing commitment covers.
  private(set) var residual: [Int64]
  /// All that ran.
  private(set) var total: [Int64]
  /// Seconds of each clock hour that lie in the period.
  private(set) var lengths: [Int64]

  init(of service: String, type: String, plan: FleetPlan, _ context: AdviceContext) {
    let coverage = ReservationCoverage(
      runs: plan.runs, commitments: plan.commitments, over: context.period, kind: context.engine.kind)
    let ran = ReservationCoverage(
      runs: plan.runs(of: service), commitments: [], over: context.period, kind: context.engine.kind)
    residual = Self.seconds(coverage.uncovered, service, type, context)
    total = Self.seconds(ran.uncovered, service, type, context)
    let first = floorDivide(context.period.start.seconds, 3600)
    lengths = total.indices.map { hour in
      let start = Instant(seconds: (first + Int64(hour)) * 3600)
      return Period(start: start, end: start.advanced(by: 3600)).intersection(context.period)?.seconds ?? 0
    }
  }

  private static func seconds(
    _ usage: [UsageKey: [Instant: Int128]], _ service: String, _ type: String, _ context: AdviceContext
  ) -> [Int64] {
    let first = floorDivide(context.period.start.seconds, 3600)
    let last = floorDivide(context.period.end.seconds - 1, 3600)
    var demand = [Int64](repeating: 0, count: Int(last - first + 1))
    for (key, byHour) in usage where key.service == service && key.kind.type == type {
      for (hour, units) in byHour {
        demand[Int(floorDivide(hour.seconds, 3600) - first)] += Int64(units / normalisedUnits(type))
      }
    }
    return demand
  }

  /// Instances that commitments cover in the clock hour of a moment, rounded up.
  func covered(at instant: Instant, _ context: AdviceContext) -> Int {
    let hour = Int(floorDivide(instant.seconds, 3600) - floorDivide(context.period.start.seconds, 3600))
    return Int((total[hour] - residual[hour] + lengths[hour] - 1) / lengths[hour])
  }
}

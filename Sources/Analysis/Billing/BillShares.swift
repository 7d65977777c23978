// What of a bill each instance costs, so that it can be told by account, region and tag.
//
// A line of instances is split among the runs that it can be of, those of its service, type, engine and place, in
// proportion to how long each ran while its price held: exactly, to the nano-dollar (largest remainder, ties to the first
// by name). What a reservation or a savings plan pays for is split among all of them alike, as nobody can say which of
// them it was for; where accounts share nothing, among those of its account. A discount is split as what it is off. What is
// of no instance, charges and commitments that nobody used, stays whole.

import Model

/// A part of a line of a bill, and the instance that it is for.
package struct BillShare: Hashable, Sendable {
  /// Of the bill, the line by its number.
  package var line: Int
  /// nil for what is of no instance.
  package var run: InstanceRun?
  /// What it costs, in the bill's currency.
  package var cost: Money
}

extension BillingEngine {
  /// The bill of a plan by instance: the shares of each line add up to what it costs.
  package func shares(of bill: Bill, _ plan: FleetPlan) -> [BillShare] {
    let users = LineUsers(plan, over: bill.period, self)
    var shares: [BillShare] = []
    var ofLines: [Int: Range<Int>] = [:]
    for (line, item) in bill.items.enumerated() where item.option != .negotiatedDiscount {
      let start = shares.count
      shares += split(item.cost, users.of(item), line)
      ofLines[line] = start..<shares.count
    }
    for (line, item) in bill.items.enumerated() where item.option == .negotiatedDiscount {
      let base = bill.items.indices.filter { item.isOff(bill.items[$0]) }
      let parts = base.flatMap { ofLines[$0].map { Array(shares[$0]) } ?? [] }
      shares += split(item.cost, parts.map { ($0.run, max(0, Int128($0.cost.nanoDollars))) }, line)
    }
    return shares
  }

  private func split(_ cost: Money, _ users: [(run: InstanceRun?, weight: Int128)], _ line: Int) -> [BillShare] {
    guard users.contains(where: { $0.weight > 0 }) else { return [BillShare(line: line, run: nil, cost: cost)] }
    let parts = apportion(cost, by: users.map(\.weight))
    return zip(users, parts).map { BillShare(line: line, run: $0.run, cost: $1) }
  }
}

extension LineItem {
  /// True where this is a discount that is off another line, as it is made of them.
  fileprivate func isOff(_ other: LineItem) -> Bool {
    other.option != .negotiatedDiscount && other.service == service && other.priceService == priceService
      && other.driver == driver && other.kind == discountedKind
  }
}

/// The runs of a plan by what lines of a bill tell apart.
private struct LineUsers {
  private struct Key: Hashable {
    var service: String
    var kind: InstanceKind
  }
  private let runs: [Key: [InstanceRun]]
  private let period: Period

  init(_ plan: FleetPlan, over period: Period, _ engine: BillingEngine) {
    self.period = period
    let all = plan.runs.filter { $0.overlap(with: period) != nil }
    runs = Dictionary(grouping: all) { Key(service: $0.service, kind: engine.kind($0)) }
      .mapValues { $0.sorted { ($0.resource, $0.started, $0.zone) < ($1.resource, $1.started, $1.zone) } }
  }

  /// Those that a line can be of, each with how long it ran; none for what is of no instance.
  func of(_ item: LineItem) -> [(run: InstanceRun?, weight: Int128)] {
    guard let lifecycles = item.lifecycles, let region = item.region, let engine = item.engine else { return [] }
    let kind = InstanceKind(region: region, type: item.item, engine: engine)
    let own = runs[Key(service: item.service, kind: kind)] ?? []
    return own.compactMap { run in
      guard lifecycles.contains(run.lifecycle), item.zone == nil || item.zone == run.zone,
        item.account == nil || item.account == run.account,
        let part = run.overlap(with: item.within ?? period)
      else { return nil }
      return (run, Int128(part.seconds))
    }
  }
}

extension LineItem {
  /// How the instances that a line is of were bought; nil for what is of no instance.
  fileprivate var lifecycles: [Lifecycle]? {
    switch option {
    case .onDemand, .reserved, .savingsPlan: [.onDemand]
    case .spot, .spotRework: [.spot]
    case .surplusCredits: [.onDemand, .spot]
    case .reservedUnused, .savingsPlanUnused, .upfront, .metered, .negotiatedDiscount: nil
    }
  }
}

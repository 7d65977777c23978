import Model
import Solvers

/// What is bought when.
package struct TermPlan: Hashable, Sendable {
  /// So many of an option from a moment on.
  package struct Purchase: Hashable, Sendable {
    /// Index of the problem's options.
    package var option: Int
    /// Hours from now.
    package var hour: Int
    package var count: Int

    package init(option: Int, hour: Int, count: Int) {
      self.option = option
      self.hour = hour
      self.count = count
    }
  }

  /// By the hour, then by option; none of zero.
  package var purchases: [Purchase]

  package init(_ purchases: [Purchase] = []) {
    self.purchases = purchases.filter { $0.count > 0 }.sorted { ($0.hour, $0.option) < ($1.hour, $1.option) }
  }

  /// What of it is bought at once.
  package var now: TermPlan { TermPlan(purchases.filter { $0.hour == 0 }) }
  /// How many are bought at once.
  package var count: Int { now.purchases.reduce(0) { $0 + $1.count } }
}

extension TermProblem {
  /// The plan of least mean cost over some futures.
  /// - Parameter onlyNow: nothing may be bought later.
  package func cheapestPlan(on paths: [DemandPath], onlyNow: Bool = false) -> TermPlan {
    cheapestPlan(savings(on: paths), onlyNow: onlyNow)
  }

  /// The same from what each level saves.
  func cheapestPlan(_ savings: [[Int]], onlyNow: Bool = false) -> TermPlan {
    let blocks = savings.map { DemandLevels(savings: $0) }
    let top = blocks.reduce(0) { max($0, $1.top) }
    guard top > 0 else { return TermPlan() }
    let node = Dictionary(uniqueKeysWithValues: (stretches.map(\.start) + [horizon]).enumerated().map { ($1, $0) })
    let offers = onlyNow ? offers.filter { $0.hour == 0 } : offers
    let arcs = offers.map { offer in
      MixFlow.Arc(from: node[offer.hour]!, to: node[end(of: offer)]!, cost: charge(for: offer, during: 0..<horizon))
    }
    // Every commitment ends at a cut, so as many units as the highest level suffice (see `PhasedMix`).
    var flow = MixFlow(blocks: blocks, units: top, arcs: arcs)
    flow.run()
    return TermPlan(
      zip(offers, flow.bought).map { TermPlan.Purchase(option: $0.option, hour: $0.hour, count: $1) })
  }

  /// One of every option at every cut.
  private var offers: [TermPlan.Purchase] {
    options.indices.flatMap { option in
      stretches.map { TermPlan.Purchase(option: option, hour: $0.start, count: 1) }
    }
  }

  private func end(of purchase: TermPlan.Purchase) -> Int {
    min(horizon, purchase.hour + options[purchase.option].termHours)
  }

  /// Micro-USD that a purchase costs in some hours of the horizon.
  func charge(for purchase: TermPlan.Purchase, during hours: Range<Int>) -> Int {
    let held = (purchase.hour..<end(of: purchase)).clamped(to: hours).count
    let rate = Int128(options[purchase.option].hourly.nanoDollars)
    return Int(roundedHalfEven(rate * Int128(held) * Int128(purchase.count), dividedBy: 1000))
  }

  /// What a plan and all that it leaves to pay cost on the mean of some futures, in micro-USD.
  package func cost(of plan: TermPlan, on paths: [DemandPath]) -> Int {
    cost(of: plan, savings(on: paths))
  }

  /// The same from what each level saves.
  func cost(of plan: TermPlan, _ savings: [[Int]]) -> Int {
    let bought = plan.purchases.reduce(0) { $0 + charge(for: $1, during: 0..<horizon) }
    return zip(stretches, savings).reduce(bought) { sum, stretch in
      sum + stretch.1.dropFirst(covered(by: plan, in: stretch.0)).reduce(0, +)
    }
  }

  /// How many levels a plan covers in a stretch.
  func covered(by plan: TermPlan, in stretch: Stretch) -> Int {
    plan.purchases.reduce(0) { $0 + ($1.hour <= stretch.start && stretch.end <= end(of: $1) ? $1.count : 0) }
  }
}

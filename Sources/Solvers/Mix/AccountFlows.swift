// The cheapest reservations of a pool when a price is known for all that is left: an exact flow (see `PhasedMix`).

extension AccountModel {
  /// Something that may be bought, in any number, and what one of it costs.
  struct Arc {
    var subject: AccountPlan.Subject
    /// A segment.
    var from: Int
    var window: AccountTime.Window
    /// Grains over the horizon.
    var cost: Int
  }

  /// The reservations of a pool worth a thought: of those that serve the same segments the cheapest, the first of equals.
  /// - Parameter cashPrice: grains for a micro-USD paid upfront, in 2^-worthBits.
  func arcs(of pool: Int, cashPrice: Int = 0) -> [Arc] {
    var best: [AccountTime.Window: Arc] = [:]
    for (index, offer) in pools[pool].offers.enumerated()
    where offer.hourly < pools[pool].onDemand && offer.upfront <= budget ?? .max {
      for chance in time.chances {
        let window = time.window(from: chance, term: offer.termHours)
        let charge = Int128(offer.hourly) * Int128(window.hours) * Int128(grains)
        let cost = charge + (Int128(offer.upfront) * Int128(cashPrice)) >> Self.worthBits
        // What costs more than all that it could spare is never bought.
        guard cost < Int128(pools[pool].onDemand) * Int128(window.hours) * Int128(grains) else { continue }
        let clamped = Int(clamping: cost)
        if let other = best[window], other.cost <= clamped { continue }
        best[window] = Arc(
          subject: .reservation(pool: order[pool], offer: index), from: chance, window: window, cost: clamped)
      }
    }
    return best.values.sorted { ($0.window.from, $0.window.to) < ($1.window.from, $1.window.to) }
  }

  /// A flow through all segments.
  /// - Parameter blocks: levels by segment.
  func flow(_ blocks: [DemandLevels], _ arcs: [Arc]) -> MixFlow {
    let top = blocks.reduce(0) { max($0, $1.top) }
    let chances = Set(time.chances)
    let isAligned =
      chances.count == 1
      || arcs.allSatisfy { $0.window.to == time.segments.count || chances.contains($0.window.to) }
    var flow = MixFlow(
      blocks: blocks, units: isAligned ? top : 2 * top,
      arcs: arcs.map { MixFlow.Arc(from: $0.window.from, to: $0.window.to, cost: $0.cost) })
    flow.run()
    return flow
  }

  func purchases(_ arcs: [Arc], _ counts: [Int]) -> [AccountPlan.Purchase] {
    zip(arcs, counts).filter { $1 > 0 }.map {
      AccountPlan.Purchase($0.subject, hour: time.segments[$0.window.from].start, count: $1)
    }
  }

  /// What each unit of every pool saves by segment where no plan pays for anything.
  func plainLevels() -> [[DemandLevels]] {
    return time.segments.map { segment in
      let block = demand.blocks[segment.stretch]
      var levels = tops.map { AccountLevels(parts: parts, top: $0, states: 2 * block.weights.count) }
      for (state, weight) in block.weights.enumerated() {
        let base = (block.first + state) * pools.count
        for pool in pools.indices {
          let (plain, need) = (Int(demand.plain[base + pool]), Int(demand.needs[base + pool]))
          levels[pool].add(below: plain, price: (pools[pool].onDemand - pools[pool].spot) * weight)
          levels[pool].add(below: need, price: pools[pool].spot * weight)
        }
      }
      return levels.map { $0.levels { grains($0, of: segment, bits: 0) } }
    }
  }

  /// The saving of a level over a segment in grains, a fraction of one dropped.
  /// - Parameter sum: price × weight × parts, in 2^-bits micro-USD.
  func grains(_ sum: Int, of segment: AccountTime.Segment, bits: Int) -> Int {
    let divisor = Int128(demand.blocks[segment.stretch].total) * Int128(parts) << bits
    return Int(Int128(sum) * Int128(segment.hours) * Int128(grains) / divisor)
  }
}

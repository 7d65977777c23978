import Model

/// What is risked when so many instances are spot; rules of the arithmetic are in `guide/methods/spot.md`.
extension SpotPlan {
  /// The share and its risk.
  /// - Parameter counts: spot instances in each slot, at most ``limits``.
  package func risk(of counts: [Int]) -> [SpotFigure] {
    let spot = counts.reduce(0, +)
    guard spot > 0, let most = counts.max() else { return [.use(nil)] }
    let use = SpotUse(
      spotSeconds: Int64(spot) * stepSeconds, allSeconds: Int64(floor.running.reduce(0, +)) * stepSeconds, most: most,
      unmeasuredSlots: floor.left.indices.count { floor.left[$0] == nil && floor.running[$0] > 0 })
    return [
      .use(use), .interruptions(interruptions(spot)), .poolLoss(poolLoss(used: min(most, pools.count))),
      .worstLoss(worstLoss(counts)),
    ]
  }

  /// Expected interruptions of instances in so many slots of spot.
  func interruptions(_ slots: Int) -> Double {
    let percent = Double(pools.map(\.interruptedPercent).reduce(0, +)) / Double(pools.count)
    let hours = Double(slots) * Double(stepSeconds) / 3600
    return hours * percent / 100 / Double(hoursAMonth)
  }

  /// The most that the probability can be that one or more of the first pools disappear within a month, however they depend
  /// on one another: what takes one often takes others of its zone or family. `min(1, Σ q)`.
  func poolLoss(used: Int) -> Double {
    min(1, pools.prefix(used).reduce(0) { $0 + Double($1.interruptedPercent) / 100 })
  }

  /// The most instances lost at once, and how near what is critical the service comes in the slot where that is most.
  private func worstLoss(_ counts: [Int]) -> SpotLoss {
    let losses = counts.indices.filter { counts[$0] > 0 }.map { slot in
      let running = floor.running[slot]
      return Loss(slot: slot, running: running, left: running - SpotSpread.lost(counts[slot], pools: pools.count))
    }
    let nearest = floor.dimensions.compactMap { dimension in
      if let deadline = dimension.deadline {
        longestQueue(dimension, deadline, losses)
      } else {
        fullest(dimension, losses)
      }
    }.max { $0.nearness < $1.nearness }
    return SpotLoss(SpotSpread.lost(counts.max() ?? 0, pools: pools.count), nearest?.effect)
  }

  /// What is left when a slot loses its largest pool.
  private struct Loss {
    let slot, running, left: Int
  }

  /// An effect, and what of its limit it reaches.
  private typealias NearEffect = (effect: SpotLoss.Effect, nearness: Double)

  private func fullest(_ dimension: SpotFloor.Dimension, _ losses: [Loss]) -> NearEffect? {
    let each = losses.compactMap { loss in dimension.demand[loss.slot].map { $0 / Double(max(1, loss.left)) } }.max()
    return each.map { (dimension.effect(carrying: $0), $0 / dimension.atMost) }
  }

  private func longestQueue(
    _ dimension: SpotFloor.Dimension, _ deadline: TimeSpan, _ losses: [Loss]
  ) -> NearEffect? {
    guard let queue = floor.queue else { return nil }
    let seconds = losses.compactMap { loss in
      dimension.demand[loss.slot].map {
        queue.caughtUp(work: $0 / dimension.full, left: loss.left, running: loss.running)
      }
    }.max()
    return seconds.map {
      let whole = $0.isFinite ? Int(($0 - 1e-6).rounded(.up)) : nil
      return (.queue(recoversAfter: whole, deadline: deadline), $0 / queue.deadline)
    }
  }
}

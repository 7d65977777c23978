import Model

/// What is risked when so many instances are spot; rules of the arithmetic are in `guide/methods/spot.md`.
extension SpotPlan {
  /// The share and its risk.
  /// - Parameter counts: spot instances in each slot, at most ``limits``.
  package func risk(of counts: [Int]) -> [EvidenceFigure] {
    let spot = counts.reduce(0, +)
    guard spot > 0, let most = counts.max() else {
      return [.init("spot share", "none: no slot has an instance to spare when a pool is lost")]
    }
    let all = floor.running.reduce(0, +)
    let share = rounded(Double(spot) / Double(all) * 100, 1)
    let unknown = floor.left.indices.count { floor.left[$0] == nil && floor.running[$0] > 0 }
    let gaps = unknown == 0 ? "" : "; none in \(grouped(unknown)) slots without measurements"
    return [
      .init(
        "spot share",
        "\(hours(spot)) of \(hours(all)) instance-hours (\(share) %), at most \(most) at once\(gaps)"),
      .init("spot interruptions", "at most \(rounded(interruptions(spot), 2)) in these instance-hours"),
      .init(
        "a pool lost in a month",
        "probability at most \(rounded(poolLoss(used: min(most, pools.count)) * 100, 1)) %, if every interruption takes "
          + "its whole pool and pools are independent"),
      .init("worst loss", worstWords(counts)),
    ]
  }

  private func hours(_ slots: Int) -> String { grouped(Int(Int64(slots) * stepSeconds / 3600)) }

  /// Expected interruptions of instances in so many slots of spot.
  func interruptions(_ slots: Int) -> Double {
    let percent = Double(pools.map(\.interruptedPercent).reduce(0, +)) / Double(pools.count)
    let hours = Double(slots) * Double(stepSeconds) / 3600
    return hours * percent / 100 / Double(hoursAMonth)
  }

  /// The probability that one or more of the first pools disappear within a month: `1 - Π (1 - q)`.
  func poolLoss(used: Int) -> Double {
    1 - pools.prefix(used).reduce(1) { $0 * (1 - Double($1.interruptedPercent) / 100) }
  }

  /// The most instances lost at once, and how near what is critical the service comes in the slot where that is most.
  private func worstWords(_ counts: [Int]) -> String {
    let lost = SpotSpread.lost(counts.max() ?? 0, pools: pools.count)
    let losses = counts.indices.filter { counts[$0] > 0 }.map { slot in
      let running = floor.running[slot]
      return Loss(slot: slot, running: running, left: running - SpotSpread.lost(counts[slot], pools: pools.count))
    }
    let nearest = floor.dimensions.compactMap { dimension in
      dimension.deadline == nil ? fullest(dimension, losses) : longestQueue(dimension, losses)
    }.max { $0.nearness < $1.nearness }
    return "\(lost) at once" + (nearest.map { "; \($0.words)" } ?? "")
  }

  /// What is left when a slot loses its largest pool.
  private struct Loss {
    let slot, running, left: Int
  }

  private func fullest(_ dimension: SpotFloor.Dimension, _ losses: [Loss]) -> (words: String, nearness: Double)? {
    let each = losses.compactMap { loss in dimension.demand[loss.slot].map { $0 / Double(max(1, loss.left)) } }.max()
    return each.map { (dimension.words(reaching: $0), $0 / dimension.atMost) }
  }

  private func longestQueue(_ dimension: SpotFloor.Dimension, _ losses: [Loss]) -> (words: String, nearness: Double)? {
    guard let queue = floor.queue, let deadline = dimension.deadline else { return nil }
    let seconds = losses.compactMap { loss in
      dimension.demand[loss.slot].map {
        queue.caughtUp(work: $0 / dimension.full, left: loss.left, running: loss.running)
      }
    }.max()
    return seconds.map {
      let after = $0.isFinite ? "as short again after \(Int(($0 - 1e-6).rounded(.up))) s" : "never as short again"
      return ("the queue is \(after) (deadline \(deadline.description))", $0 / queue.deadline)
    }
  }
}

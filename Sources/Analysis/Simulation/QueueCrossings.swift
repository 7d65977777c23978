import Model

extension ServiceSimulation {
  /// How often what waits grows beyond the scaling threshold of a queue when so many serve; nil without a queue or
  /// threshold.
  /// - Parameter serving: instances in each tick.
  package func queueCrossings(serving: [Int]) -> Int? {
    guard work.hasQueue, let perInstance = work.perInstance,
      let row = service.thresholds.first(where: { $0.metric == .queueDepthItems && $0.scaling.comparison == .above }),
      let limit = row.scaling.limit(for: row.metric)
    else { return nil }
    let most: Int = wholeNumber((limit * 1000).rounded())
    var (waiting, isBeyond, crossings) = (0, false, 0)
    for (arriving, count) in zip(work.ticks, serving) {
      // As the replay has it: both are bounded there.
      waiting = max(0, waiting + arriving - count * perInstance)
      if waiting > most, !isBeyond { crossings += 1 }
      isBeyond = waiting > most
    }
    return crossings
  }
}

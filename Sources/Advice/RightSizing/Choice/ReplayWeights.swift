import Analysis
import Model

/// What the intervals of a replay count beside one another where types are chosen by their expected loss and anew after some
/// time: each h / (h + 1) of the next, h being for how many a type stays, as in `CapacityRule`. What it costs and when it is
/// short weigh alike; all together count as many as there are.
struct ReplayWeights: Sendable {
  /// Of each interval, the last 1.
  private let weights: [Double]

  /// - Parameter holdIntervals: above 0.
  init(count: Int, holdIntervals: Double) {
    var weights = [Double](repeating: 1, count: count)
    let fade = holdIntervals / (holdIntervals + 1)
    for slot in weights.indices.dropLast().reversed() { weights[slot] = weights[slot + 1] * fade }
    self.weights = weights
  }

  /// Of all intervals from one on, together as many as they are; 0 before it.
  func scaled(from first: Int) -> [Double] {
    let sum = weights.dropFirst(first).reduce(0, +)
    guard sum > 0 else { return weights.map { _ in 0 } }
    let scale = Double(weights.count - first) / sum
    return weights.indices.map { $0 < first ? 0 : weights[$0] * scale }
  }

  /// The share of what is known that holds, from 0 to 1; 0 of nothing.
  func share(of holds: [Bool?]) -> Double {
    var (known, all) = (0.0, 0.0)
    for (holds, weight) in zip(holds, weights) {
      guard let holds else { continue }
      all += weight
      if holds { known += weight }
    }
    return all > 0 ? known / all : 0
  }
}

extension HorizontalSizing {
  /// What a replay comes to on demand: instances, and surplus credits; the newer intervals count more where they do.
  /// - Parameter required: in each interval.
  func cost(of offer: TypeOffer, _ required: [Int?], _ replay: CountReplay) -> (instances: Money, surplus: Money) {
    let step = load.grid.stepSeconds
    guard let weights else {
      let seconds = Int64(replay.instanceSlots) * step
      return (offer.hourly.perHour(seconds: seconds), surplus(of: offer, counts: replay.counts))
    }
    let scaled = weights.scaled(from: required.firstIndex { $0 != nil } ?? required.count)
    let slots = zip(replay.counts, scaled).reduce(0.0) { $0 + Double($1.0) * $1.1 }
    let seconds: Int64 = wholeNumber((slots * Double(step)).rounded())
    return (offer.hourly.perHour(seconds: seconds), surplus(of: offer, counts: replay.counts, weighing: scaled))
  }
}

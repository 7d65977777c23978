import Model

/// Of the measured slots, the share in which a policy may make more instances spot than the loss of a pool leaves enough
/// of, in thousandths: a policy is one for all times, and the worst slot of a month would decide it alone.
package let mostBrokenSlotsPermille = 10

/// A policy, and in how many slots it makes more instances spot than is allowed.
struct FittedSpotPolicy: Hashable, Sendable {
  let policy: SpotPolicy
  let brokenSlots: Int

  /// The policy that makes most instances spot in all slots together, and in no more than ``mostBrokenSlotsPermille`` of the
  /// measured ones more than are allowed; of equal ones that of the larger base. nil where none makes any spot.
  ///
  /// Every base is tried with the least percentage that keeps to that.
  /// - Parameters:
  ///   - running: instances in each slot.
  ///   - allowed: how many of them may be spot; nil where that was not measured.
  init?(running: [Int], allowed: [Int?]) {
    let kinds = Self.kinds(running, allowed)
    guard let most = kinds.map(\.running).max() else { return nil }
    let budget = kinds.reduce(0) { $0 + $1.measured } * mostBrokenSlotsPermille / 1000
    var best: (policy: SpotPolicy, spot: Int, broken: Int)?
    // Of some thousand instances a base that is a multiple of something loses less than a thousandth.
    for base in stride(from: 0, through: most, by: max(1, most / 1000)) {
      // A larger share on demand makes fewer spot, and breaks fewer slots.
      var (low, high) = (0, 100)
      while low < high {
        let middle = (low + high) / 2
        let policy = SpotPolicy(base: base, onDemandPercentAboveBase: middle)
        if Self.broken(policy, kinds) <= budget { high = middle } else { low = middle + 1 }
      }
      let policy = SpotPolicy(base: base, onDemandPercentAboveBase: low)
      let spot = kinds.reduce(0) { $0 + policy.spot(of: $1.running) * $1.slots }
      if spot > 0, spot >= best?.spot ?? 1 { best = (policy, spot, Self.broken(policy, kinds)) }
    }
    guard let best else { return nil }
    (policy, brokenSlots) = (best.policy, best.broken)
  }

  /// Slots in which as many instances run.
  private struct Kind {
    var running: Int
    var slots = 0
    var measured = 0
    /// How many measured slots allow fewer than so many to be spot, by that number.
    var allowingFewer: [Int] = []
  }

  private static func kinds(_ running: [Int], _ allowed: [Int?]) -> [Kind] {
    var slots: [Int: [Int?]] = [:]
    for (count, most) in zip(running, allowed) where count > 0 { slots[count, default: []].append(most) }
    return slots.map { count, allowed in
      var kind = Kind(running: count, slots: allowed.count)
      var fewer = [Int](repeating: 0, count: count + 2)
      for case .some(let most) in allowed {
        kind.measured += 1
        fewer[min(max(0, most), count) + 1] += 1
      }
      for index in fewer.indices.dropFirst() { fewer[index] += fewer[index - 1] }
      kind.allowingFewer = fewer
      return kind
    }
  }

  private static func broken(_ policy: SpotPolicy, _ kinds: [Kind]) -> Int {
    kinds.reduce(0) { $0 + $1.allowingFewer[policy.spot(of: $1.running)] }
  }
}

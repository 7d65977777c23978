import Model

extension SpotPolicy {
  /// The policy that makes most instances spot in all slots together and in none more than may be; of equal ones that of the
  /// larger base. nil where none makes any spot.
  ///
  /// Every base is tried with the least percentage that is allowed, on the numbers that run, each with the least that any slot with it allows.
  /// - Parameters:
  ///   - running: instances in each slot.
  ///   - allowed: how many of them may be spot.
  static func best(running: [Int], allowed: [Int]) -> SpotPolicy? {
    var kinds: [Int: (slots: Int, allowed: Int)] = [:]
    for (count, most) in zip(running, allowed) where count > 0 {
      let kind = kinds[count] ?? (0, most)
      kinds[count] = (kind.slots + 1, min(kind.allowed, most))
    }
    let counts = kinds.sorted { $0.key < $1.key }
    guard let most = counts.last?.key else { return nil }
    var best: (policy: SpotPolicy, spot: Int)?
    // Beyond some thousand instances a base that is a multiple of something loses less than a thousandth.
    for base in stride(from: 0, through: most, by: max(1, most / 1000)) {
      for percent in 0...100 {
        let policy = SpotPolicy(base: base, onDemandPercentAboveBase: percent)
        guard counts.allSatisfy({ policy.spot(of: $0.key) <= $0.value.allowed }) else { continue }
        let spot = counts.reduce(0) { $0 + policy.spot(of: $1.key) * $1.value.slots }
        if spot > 0, spot >= best?.spot ?? 1 { best = (policy, spot) }
        // A larger share on demand makes fewer spot.
        break
      }
    }
    return best?.policy
  }
}

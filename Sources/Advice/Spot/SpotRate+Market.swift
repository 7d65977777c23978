import Model

/// What an hour of needed capacity is expected to cost on spot, part by part; see `guide/methods/spot.md`.
///
///     price    = mean over the pools
///     rework   = price × rework %
///     fallback = on-demand × interruptions an hour × replacement time
///     hourly   = price + rework + fallback
///
/// Each part is exact to the nano-dollar, rounded half-even once.
extension SpotRate {
  /// - Parameters:
  ///   - pools: at least one, with equal shares.
  ///   - onDemand: of the type that is needed, which serves while an interrupted instance is replaced.
  init(pools: [SpotPool], onDemand: Money, reworkPercent: Int, replacement: TimeSpan) {
    let count = Int128(pools.count)
    let price = pools.map(\.price).reduce(.zero, +).charge(for: 1, per: count)
    let interrupted = pools.reduce(Int128(0)) { $0 + Int128($1.interruptedPercent) }
    self.init(
      price: price, rework: price.charge(for: Int128(reworkPercent), per: 100),
      fallback: onDemand.charge(
        for: interrupted * Int128(replacement.seconds), per: count * 100 * Int128(hoursAMonth) * 3600))
  }
}

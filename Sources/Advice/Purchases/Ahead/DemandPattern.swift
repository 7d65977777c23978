import Model

/// What an hour of an instance costs on demand, and as spot.
package struct HourlyRates: Hashable, Sendable {
  package var onDemand: Money
  /// nil when spot may not serve it.
  package var spot: Money?

  package init(onDemand: Money, spot: Money? = nil) {
    self.onDemand = onDemand
    self.spot = spot
  }
}

/// Demand hour by hour over a stretch of history, taken as what the hours to come look like.
///
/// Instances come in instance-seconds, for several may share an hour of a reservation.
package struct DemandPattern: Sendable {
  /// A clock hour.
  package struct Hour: Hashable, Sendable {
    /// Instance-seconds that run.
    package var demand: Int64
    /// Instance-seconds that commitments pay for already.
    package var held: Int64
    /// The most instance-seconds that may be spot.
    package var spotLimit: Int64
    /// Seconds of the hour that lie in the stretch: 3,600 but at its ends.
    package var length: Int64

    package init(demand: Int64, held: Int64 = 0, spotLimit: Int64 = 0, length: Int64 = 3600) {
      self.demand = demand
      self.held = held
      self.spotLimit = spotLimit
      self.length = length
    }
  }

  /// How many hours are alike.
  private let counts: [(hour: Hour, count: Int64)]
  /// Seconds of the stretch.
  package let seconds: Int64
  /// Instances that run however small demand is, where as many ran.
  package let floor: Int64

  package init(_ hours: some Sequence<Hour>, floor: Int = 0) {
    var counts: [Hour: Int64] = [:]
    for hour in hours where hour.length > 0 { counts[hour, default: 0] += 1 }
    self.counts = counts.map { (hour: $0.key, count: $0.value) }
    seconds = counts.reduce(0) { $0 + $1.key.length * $1.value }
    self.floor = Int64(floor)
  }

  /// What covering each level of demand beyond what is held saves, in nano-dollar-seconds an hour over the stretch.
  ///
  /// A level that spot would serve saves the spot rate, any other the on-demand rate. Falls from level to level.
  /// - Parameter millionths: demand and what of it may be spot, relative to the stretch.
  package func savings(atDemand millionths: Int64, _ rates: HourlyRates) -> [Int128] {
    let spot = min(rates.spot ?? rates.onDemand, rates.onDemand)
    var use = LevelUse()
    var cheap = LevelUse()
    for (hour, count) in counts {
      let grown = scaled(hour.demand, millionths)
      let demand = max(grown, min(hour.demand, floor * hour.length))
      let net = max(0, demand - hour.held)
      use.add(net, length: hour.length, count: count)
      cheap.add(max(0, net - scaled(hour.spotLimit, millionths)), length: hour.length, count: count)
    }
    let dear = cheap.seconds
    return use.seconds.enumerated().map { level, seconds in
      let onDemand = level < dear.count ? dear[level] : 0
      return Int128(seconds - onDemand) * Int128(spot.nanoDollars)
        + Int128(onDemand) * Int128(rates.onDemand.nanoDollars)
    }
  }

  /// Seconds that each level beyond what is held is used.
  package func use(atDemand millionths: Int64) -> [Int64] {
    savings(atDemand: millionths, HourlyRates(onDemand: Money(nanoDollars: 1))).map { Int64($0) }
  }

  private func scaled(_ seconds: Int64, _ millionths: Int64) -> Int64 {
    Int64(Int128(seconds) * Int128(millionths) / 1_000_000)
  }
}

/// For how long each level is used, gathered hour by hour.
private struct LevelUse {
  /// Seconds by which a level is used longer than the next.
  private var steps: [Int64] = []

  mutating func add(_ demand: Int64, length: Int64, count: Int64) {
    let whole = Int(demand / length)
    let part = demand % length
    while steps.count < whole + (part > 0 ? 1 : 0) { steps.append(0) }
    if whole > 0 { steps[whole - 1] += (length - part) * count }
    if part > 0 { steps[whole] += part * count }
  }

  /// Seconds that the first, the second ... instance is used.
  var seconds: [Int64] {
    var seconds = steps
    for level in seconds.indices.dropLast().reversed() { seconds[level] += seconds[level + 1] }
    return seconds
  }
}

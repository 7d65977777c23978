// How many reservations of one kind are cheapest for a demand known hour by hour, beside on-demand and spot.
//
// cost(q) = q × reserved rate × hours + Σ_h [ spot share of the rest at the spot rate, what is left on demand ].
// The rest of an hour is its demand beyond q; at most `spotPercent` of the hour's demand may be spot, and never the first
// `floor` instances. A level of demand is worth reserving when it is used for more than reserved/on-demand of the hours
// (the break-even utilisation). Exact integers: instance-seconds × nano-dollars an hour; the factor 3600 cancels.

import Model

/// Demand in instance-seconds of each clock hour of a period, and the rates to serve it at.
package struct BreakEven: Hashable, Sendable {
  package var demand: [Int64]
  /// All that runs in each hour, what commitments cover included; what the spot share and the floor count from.
  package var total: [Int64]
  /// Seconds of each hour that lie in the period: 3,600 but at its ends.
  package var lengths: [Int64]
  package var onDemand: Money
  package var reserved: Money
  /// nil when spot may not serve it.
  package var spot: Money?
  package var spotPercent: Int64
  /// Instances that are never spot.
  package var floor: Int64

  package init(
    demand: [Int64], total: [Int64]? = nil, lengths: [Int64]? = nil, onDemand: Money, reserved: Money,
    spot: Money? = nil, spotPercent: Int64 = 0, floor: Int64 = 0
  ) {
    self.demand = demand
    self.total = total ?? demand
    self.lengths = lengths ?? demand.map { _ in 3600 }
    self.onDemand = onDemand
    self.reserved = reserved
    self.spot = spot
    self.spotPercent = spotPercent
    self.floor = floor
  }

  /// What a number of reservations costs, in nano-dollar-seconds an hour.
  package func cost(_ count: Int) -> Int128 {
    var total: Int128 = 0
    for hour in demand.indices {
      let covered = Int64(count) * lengths[hour]
      let rest = max(0, demand[hour] - covered)
      let cheap = spotSeconds(rest: rest, hour: hour)
      total += Int128(covered) * Int128(reserved.nanoDollars)
      total += Int128(rest - cheap) * Int128(onDemand.nanoDollars)
      total += Int128(cheap) * Int128(spot?.nanoDollars ?? 0)
    }
    return total
  }

  private func spotSeconds(rest: Int64, hour: Int) -> Int64 {
    guard let spot, spot < onDemand else { return 0 }
    return max(0, min(rest, total[hour] * spotPercent / 100, total[hour] - floor * lengths[hour]))
  }

  /// The most instances that any hour needs.
  package var levels: Int {
    zip(demand, lengths).reduce(0) { max($0, Int(($1.0 + $1.1 - 1) / $1.1)) }
  }

  /// Seconds of the period.
  package var seconds: Int64 { lengths.reduce(0, +) }

  /// The cheapest number of reservations; the fewest where several cost the same.
  package var best: Int {
    (0...levels).min { (cost($0), $0) < (cost($1), $1) }!
  }

  /// The share of hours from which a reservation is cheaper than on-demand, in percent to one decimal.
  package var breakEvenPercent: String {
    rounded(Double(reserved.nanoDollars) / Double(onDemand.nanoDollars) * 100, 1)
  }

  /// Instance-seconds served at a level (the n-th instance), out of all hours.
  package func use(ofLevel level: Int) -> Int64 {
    zip(demand, lengths).reduce(0) { sum, hour in
      sum + min(hour.1, max(0, hour.0 - Int64(level - 1) * hour.1))
    }
  }
}

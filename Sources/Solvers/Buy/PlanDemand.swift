/// What a plan could serve in each hour, the pool of the greatest saving first.
struct PlanDemand {
  /// Pools that the plan serves, the greatest saving first; of equal ones by the order of the problem.
  private let served: [(pool: Int, rate: Int, gain: Double)]
  /// Of each hour, the commitment up to which each of them is served.
  private let ends: [[Int]]

  /// - Parameter rest: of each pool, units in each hour that no reservation serves.
  init(_ plan: BuyProblem.Plan, _ pools: [BuyProblem.Pool], _ rest: [[Int]]) {
    var served: [(pool: Int, rate: Int, gain: Double)] = []
    for (pool, rate) in plan.rates.enumerated() {
      guard let rate, rate < pools[pool].onDemand else { continue }
      served.append((pool, rate, Double(pools[pool].onDemand) / Double(rate)))
    }
    served.sort { ($0.gain, $1.pool) > ($1.gain, $0.pool) }
    let hours = rest.first?.count ?? 0
    ends = (0..<hours).map { hour in
      var sum = 0
      return served.map { part in
        sum += rest[part.pool][hour] * part.rate
        return sum
      }
    }
    self.served = served
  }

  /// The cents an hour to add to a commitment: as many as save, each in the mean over the hours, more than they are worth.
  ///
  /// - Parameters:
  ///   - held: micro-USD an hour.
  ///   - worth: what a cent must save on demand, in cents.
  ///   - cent: in micro-USD.
  func cents(beyond held: Int, worth: Double, cent: Int) -> Int {
    let most = ends.reduce(0) { max($0, $1.last ?? 0) }
    let bar = worth * Double(cent) * Double(ends.count)
    var (low, high) = (0, max(0, most - held) / cent + 1)
    while low < high {
      let middle = low + (high - low + 1) / 2
      let last = held + (middle - 1) * cent
      if saving(from: last, to: last + cent) > bar { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// What a part of a commitment saves on demand, summed over the hours; as large a part later saves no more.
  private func saving(from start: Int, to end: Int) -> Double {
    ends.reduce(0.0) { sum, ends in
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if ends[middle] > start { high = middle } else { low = middle + 1 }
      }
      var (saved, from) = (sum, start)
      while low < ends.count, from < end {
        let to = min(ends[low], end)
        saved += Double(to - from) * served[low].gain
        (low, from) = (low + 1, to)
      }
      return saved
    }
  }

  /// Units of each pool in each hour that a commitment leaves.
  /// - Parameter areWhole: whether those alone count of which it serves nothing; else a part of a unit is a whole one.
  func left(behind commitment: Int, of rest: [[Int]], areWhole: Bool = false) -> [[Int]] {
    var left = rest
    for hour in ends.indices {
      for (place, part) in served.enumerated() {
        let money = ends[hour][place] - max(commitment, place > 0 ? ends[hour][place - 1] : 0)
        left[part.pool][hour] = max(0, areWhole ? money : money + part.rate - 1) / part.rate
      }
    }
    return left
  }
}

import Model

/// What was used of a pool in the record and in each month of a path of demand.
struct PathUse {
  /// Of the last 720 and of the last 72 hours of each month, the reviewed one first.
  private let months, days: [LevelProfile]
  /// Of each 720 hours of the record since the pool was first used, the last first; of what stays in it.
  private let record: [LevelProfile]
  /// Units in each known hour of each month of the path, to the nearest, without what the record sees leave the pool.
  private let units: [[Int]]

  init(_ account: AccountPurchase, of pool: Int, on path: DemandPath) {
    let (groups, lengths) = (account.futures.outlooks[pool], account.use.lengths)
    let known = lengths.indices.filter { lengths[$0] > 0 }.suffix(720)
    let past = account.support.past.pools[pool]
    let stays = past.shares(of: account.use.pools[pool], known)
    var (months, days, units) = ([LevelProfile](), [LevelProfile](), [[Int]]())
    var last: [Int64] = []
    for month in -1..<account.market.months {
      let factors = groups.map { group in
        month < 0 ? 1_000_000 : group.outlook.demand.millionths(on: path, hour: month * hoursAMonth)
      }
      if factors != last || month == 0 {
        var seconds = [Double](repeating: 0, count: known.count)
        for (group, factor) in zip(groups, factors) {
          group.add(to: &seconds, in: known, times: Double(factor) / 1_000_000)
        }
        let used = zip(known, seconds).map { hour, seconds in
          (units: seconds / Double(lengths[hour]), weight: Double(lengths[hour]))
        }
        months.append(LevelProfile(used))
        days.append(LevelProfile(Array(used.suffix(72))))
        if month >= 0 { units.append(zip(used, stays).map { wholeUnits($0.units * $1 + 0.5) }) }
        last = factors
      } else {
        months.append(months[months.count - 1])
        days.append(days[days.count - 1])
        units.append(units[units.count - 1])
      }
    }
    (self.months, self.days, self.units) = (months, days, units)
    record = account.support.records[pool]
  }

  /// What is known at the start of a month of the term.
  func before(_ month: Int) -> PastUse {
    let ahead = (0..<min(3, month)).map { months[month - $0] }
    return PastUse(lastMonth: months[month], quarter: ahead + record.prefix(3 - ahead.count), lastDays: days[month])
  }

  /// Units in each of 720 hours of a month of the term, as the rule of `solve buy` sees them afterwards: those of a shorter
  /// period over and over.
  func hours(of month: Int) -> [Int] {
    let own = units[month]
    guard !own.isEmpty, own.count < 720 else { return own }
    return (0..<720).map { own[$0 % own.count] }
  }
}

extension PoolPast {
  /// Of each 720 hours since the pool was first used, the last first.
  var profiles: [LevelProfile] {
    let used = Array(unitHours.suffix(ageHours).reversed())
    return stride(from: 0, to: used.count, by: 720).map { start in
      LevelProfile(used[start..<min(start + 720, used.count)].map { (units: Double($0), weight: 3600) })
    }
  }

  /// What of a pool's use in some hours of the period stays in it, from 0 to 1.
  fileprivate func shares(of use: PooledUse, _ hours: ArraySlice<Int>) -> [Double] {
    guard !leaving.isEmpty else { return [Double](repeating: 1, count: hours.count) }
    let gone = Set(leaving.map(\.service))
    let staying = use.services.filter { !gone.contains($0.service.name) }
    return hours.map { hour in
      let all = use.services.reduce(0.0) { $0 + Double($1.seconds[hour]) }
      return all > 0 ? staying.reduce(0.0) { $0 + Double($1.seconds[hour]) } / all : 1
    }
  }
}

import Model

/// What was used of a pool in the month that was reviewed and in each month of a path of demand.
struct PathUse {
  /// Of the last 720 and of the last 72 hours of each month, the reviewed one first.
  private let months, days: [LevelProfile]

  init(_ account: AccountPurchase, of pool: Int, on path: DemandPath) {
    let (groups, lengths) = (account.futures.outlooks[pool], account.use.lengths)
    let known = lengths.indices.filter { lengths[$0] > 0 }.suffix(720)
    var (months, days) = ([LevelProfile](), [LevelProfile]())
    var last: [Int64] = []
    for month in -1..<account.market.months {
      let factors = groups.map { group in
        month < 0 ? 1_000_000 : group.outlook.demand.millionths(on: path, hour: month * hoursAMonth)
      }
      if factors != last {
        var seconds = [Double](repeating: 0, count: known.count)
        for (group, factor) in zip(groups, factors) {
          group.add(to: &seconds, in: known, times: Double(factor) / 1_000_000)
        }
        let used = zip(known, seconds).map { hour, seconds in
          (units: seconds / Double(lengths[hour]), weight: Double(lengths[hour]))
        }
        months.append(LevelProfile(used))
        days.append(LevelProfile(Array(used.suffix(72))))
        last = factors
      } else {
        months.append(months[months.count - 1])
        days.append(days[days.count - 1])
      }
    }
    (self.months, self.days) = (months, days)
  }

  /// What is known at the start of a month of the term.
  func before(_ month: Int) -> PastUse {
    let quarter = (0..<3).map { months[max(0, month - $0)] }
    return PastUse(lastMonth: months[month], quarter: quarter, lastDays: days[month])
  }
}

import Foundation

/// What October of the shipped dataset needs and what is best bought for it, computed again by hand.
///
/// Hours and prices come from the text of the files, in `Double`; nothing of the purchase advice or of the solvers is
/// used. Three things are taken as they are given: the changes recommended before anything is bought (an instance
/// stopped, a resize, weekly windows), the types that are forgone, and how many workers may be spot when.
struct IndependentPurchases {
  /// What stands in `recommendations.json`, as far as it changes what runs.
  struct Change: Decodable {
    struct Action: Decodable {
      var recurrence, timezone: String
      var minimum, desired, maximum: Int
    }
    var kind: String
    var service, resource, from, type: String?
    var actions: [Action]?
  }

  /// The fleet file's, of what the dataset runs.
  static let minimum = ["frontend": 2, "websocket": 2, "api": 2, "worker": 2, "database": 3, "cache": 3]
  /// Each service's instances in every five minutes of the month, after the changes.
  private(set) var counts: [String: [Int]] = [:]
  /// The same before the changes.
  private let ran: [String: [Int]]
  /// By service, the type that it runs on after the changes.
  private(set) var types: [String: String] = [:]
  private let runs: [(service: String, from: Int, to: Int)]
  private let changes: [Change]

  static let start = time("2026-10-01T04:00:00Z")
  static let end = time("2026-11-01T04:00:00Z")

  /// Seconds since 1970.
  static func time(_ text: String) -> Int {
    Int((try? Date(text, strategy: .iso8601))?.timeIntervalSince1970 ?? 0)
  }

  init(_ changes: [Change]) throws {
    self.changes = changes
    let dataset = packageFolder.appendingPathComponent("datasets/sketchy-chain").path
    var runs: [(service: String, from: Int, to: Int)] = []
    for row in try IndependentOctober.rows(dataset + "/inventory.csv") {
      let stop = changes.first { $0.kind == "stop-instance" && $0.resource == row[1] }
      let stopped = row[6].isEmpty ? Self.end : Self.time(row[6])
      runs.append((row[0], Self.time(row[5]), stopped))
      types[row[0]] = row[2]
      let to = min(Self.end, stop?.from.map { min(stopped, Self.time($0)) } ?? stopped)
      let slots = (max(0, Self.time(row[5]) - Self.start) / 300)..<max(0, (to - Self.start) / 300)
      guard to > Self.start else { continue }
      for slot in slots { counts[row[0], default: Array(repeating: 0, count: 8_928)][slot] += 1 }
    }
    self.runs = runs
    ran = counts
    for change in changes where change.kind == "resize" { types[change.service ?? ""] = change.type }
    for change in changes {
      guard let service = change.service, let actions = change.actions, let own = counts[service] else { continue }
      // Nothing moves a count that is the same all month: it stays what an action asks for.
      let isSteady = Set(own).count == 1
      counts[service] = zip(own, Self.inForce(actions)).map { ran, action in
        isSteady ? action.desired : min(action.maximum, max(action.minimum, ran))
      }
    }
  }

  /// The action that holds in each slot of the month: the last that struck, from a week before on.
  private static func inForce(_ actions: [Change.Action]) -> [Change.Action] {
    let names = ["SUN": 0, "MON": 1, "TUE": 2, "WED": 3, "THU": 4, "FRI": 5, "SAT": 6]
    func strikes(_ action: Change.Action, _ slot: Int) -> Bool {
      let fields = action.recurrence.split(separator: " ").map(String.init)
      let minute = (slot + 288 * 7) % 288 * 5
      // 1 October is a Thursday; the clock does not change in October.
      let day = ((slot + 288 * 7) / 288 + 4) % 7
      let isDay = fields[4].split(separator: ",").contains { part in
        let ends = part.split(separator: "-").map { names[String($0)] ?? 0 }
        return part == "*" || (ends[0]...ends[ends.count - 1]).contains(day)
      }
      return fields[0] == "\(minute % 60)" && fields[1].split(separator: ",").contains("\(minute / 60)") && isDay
    }
    var held = actions[0]
    return (-2016..<8_928).compactMap { slot in
      held = actions.first { strikes($0, slot) } ?? held
      return slot < 0 ? nil : held
    }
  }

  /// The standard deviation of a month of the logarithm of what services run, by the method's formula: moves of the weekly
  /// means before the month's end over four weeks, and four of a prior of 25 % a year.
  func spread(of services: [String]) -> Double {
    let own = runs.filter { services.contains($0.service) }
    let weeks = (Self.end - max(recordStart, own.map(\.from).min() ?? Self.end)) / 604_800
    let means = (0..<weeks).map { ago -> Double in
      let to = Self.end - (weeks - 1 - ago) * 604_800
      return Double(own.reduce(0) { $0 + max(0, min($1.to, to) - max($1.from, to - 604_800)) })
    }
    let moves = zip(means, means.dropFirst(4)).map { log($1 / $0) }
    let weeksAMonth = 365.0 / 12 / 7
    let prior = 0.25 * 0.25 / 12
    let squares = moves.reduce(0) { $0 + $1 * $1 * weeksAMonth / 4 / 4 }
    return ((4 * prior + squares) / (4 + Double(moves.count) / 4)).squareRoot()
  }

  /// Before the first end that the inventory knows of it has what survived alone.
  private var recordStart: Int { runs.map(\.to).filter { $0 < Self.end }.min() ?? Self.start }

  /// The highest level of services together that was used in more than a share of the last 720 hours and of all the record's:
  /// before October as they ran, as many more or fewer as the changes make of October; whole units, to the nearest.
  func supported(_ services: [String], usedMoreThan share: Double) -> Int {
    let factors = services.map { service in
      Double((counts[service] ?? []).reduce(0, +)) / Double(max(1, (ran[service] ?? []).reduce(0, +)))
    }
    var hours: [Double] = []
    for start in stride(
      from: max(Self.end - 2_160 * 3600, (recordStart + 3599) / 3600 * 3600), to: Self.start, by: 3600)
    {
      hours.append(
        zip(services, factors).reduce(0) { sum, service in
          sum + service.1
            * runs.reduce(0.0) {
              $1.service == service.0 ? $0 + Double(max(0, min($1.to, start + 3600) - max($1.from, start))) / 3600 : $0
            }
        })
    }
    for hour in 0..<744 {
      let slots = services.flatMap { (counts[$0] ?? [])[hour * 12..<hour * 12 + 12] }
      hours.append(Double(slots.reduce(0, +)) / 12)
    }
    func highest(_ hours: [Double]) -> Int {
      (0...100).last { level in
        level == 0
          || Double(hours.count { ($0 + 0.5).rounded(.down) >= Double(level) }) > share * Double(hours.count)
      } ?? 0
    }
    return min(highest(hours), highest(hours.suffix(720)))
  }

  /// USD an hour of a type in force on 31 October: on demand, and reserved for a year without upfront.
  static func price(_ type: String) throws -> (onDemand: Double, reserved: Double) {
    let (book, engine) = type.hasPrefix("cache.") ? ("elasticache", "redis") : ("ec2", "linux")
    func latest(_ rows: [[String]], date: Int, price: Int) -> Double {
      let own = rows.filter { $0[0] == "us-east-1" && $0[1] == type && $0[2] == engine && $0[date] <= "2026-10-31" }
      return own.max { $0[date] < $1[date] }.flatMap { Double($0[price]) } ?? .nan
    }
    let reserved = try IndependentOctober.prices("\(book)-reserved").filter {
      $0[3...5] == ["standard", "1", "no-upfront"]
    }
    return (
      latest(try IndependentOctober.prices("\(book)-on-demand"), date: 4, price: 3),
      latest(reserved, date: 8, price: 7)
    )
  }
}

/// One pool in the twelve months from 1 November 2026 00:00 in New York on.
struct IndependentPool {
  /// Of 730 hours, twelve.
  static let horizon = 8_760
  /// The middles of ten equal parts of the normal distribution.
  static let quantiles = [
    -1.644854, -1.036433, -0.674490, -0.385320, -0.125661, 0.125661, 0.385320, 0.674490, 1.036433, 1.644854,
  ]
  let onDemand, reserved: Double
  /// Units that the past supports reserving, those held among them.
  let supported: Int
  /// Units held until an hour from now.
  let held: (units: Double, until: Int)
  /// Where a month or what is held begins or ends.
  let cuts: [(from: Int, to: Int)]
  /// Units that ran beyond what is held in each hour of October.
  let net: [Double]
  /// By cut and number of units bought: what the hours cost on demand and as spot, on the mean of the futures.
  private(set) var spent: [[Double]] = []
  /// By cut and level beyond what is held: the share of the hours in which it is used.
  private(set) var used: [[Double]] = []

  /// - Parameters:
  ///   - counts: of each service and slot, with its minimum, and whether it is whole nodes, which demand makes twice as many at
  ///     twice as much and not before.
  ///   - spot: instances that may be spot in each slot, and what they cost an hour.
  init(
    _ price: (onDemand: Double, reserved: Double), _ counts: [(slots: [Int], minimum: Int, isWhole: Bool)],
    supported: Int,
    held: (units: Double, until: Int), spread: Double, spot: (limits: [Int], hourly: Double)? = nil
  ) {
    (onDemand, reserved, self.held, self.supported) = (price.onDemand, price.reserved, held, supported)
    func hours(_ slots: [Int]) -> [Double] {
      (0..<744).map { hour in Double(slots[hour * 12..<hour * 12 + 12].reduce(0, +)) / 12 }
    }
    let demand = counts.map { (hours: hours($0.slots), minimum: Double($0.minimum), isWhole: $0.isWhole) }
    net = (0..<744).map { hour in max(0, demand.reduce(0) { $0 + $1.hours[hour] } - held.units) }
    let limits = spot.map { hours($0.limits) }
    let moments = Set((0...12).map { $0 * 730 } + [held.until]).filter { $0 <= Self.horizon }.sorted()
    cuts = zip(moments, moments.dropFirst()).map { ($0, $1) }
    let most = 24
    for cut in cuts {
      var (cost, use) = ([Double](repeating: 0, count: most), [Double](repeating: 0, count: most))
      let deviation = spread * (Double(cut.from / 730) + 0.5).squareRoot()
      let mean = Self.quantiles.reduce(0) { $0 + exp($1 * deviation) } / 10
      for quantile in Self.quantiles {
        let factor = exp(quantile * deviation) / mean
        for hour in 0..<744 {
          var need = cut.from < held.until ? -held.units : 0
          for service in demand {
            let floor = min(service.hours[hour], service.minimum)
            let size = pow(2, factor >= 1 ? log2(factor).rounded(.down) : log2(factor).rounded(.up))
            need += max(service.hours[hour] * (service.isWhole ? size : factor), floor)
          }
          let limit = limits.map { $0[hour] * factor } ?? 0
          for bought in 0..<most {
            let left = max(0, need - Double(bought))
            let asSpot = min(left, limit)
            cost[bought] += asSpot * (spot?.hourly ?? 0) + (left - asSpot) * price.onDemand
            use[bought] += min(1, left)
          }
        }
      }
      spent.append(cost.map { $0 / 7_440 * Double(cut.to - cut.from) })
      used.append(use.map { $0 / 7_440 })
    }
  }

  /// What a year costs with so many bought now, and when what is held ends; what is held is paid for either way.
  func cost(_ now: Int, _ later: Int) -> Double {
    var cost = reserved * Double(now * Self.horizon + later * max(0, Self.horizon - held.until))
    for (cut, spent) in zip(cuts, spent) { cost += spent[now + (cut.from >= held.until ? later : 0)] }
    return cost
  }

  /// What those bought now save a month.
  func saving(_ now: Int) -> Double { (cost(0, 0) - cost(now, 0)) / 12 }

  /// The share of the year in which a level is used, counted from 1.
  func use(ofLevel level: Int) -> Double {
    zip(cuts, used).reduce(0) { $0 + $1.1[level - 1] * Double($1.0.to - $1.0.from) } / Double(Self.horizon)
  }

  /// The same until what is held ends.
  func useWhileHeld(ofLevel level: Int) -> Double {
    zip(cuts, used).reduce(0) { sum, cut in
      cut.0.to <= held.until ? sum + cut.1[level - 1] * Double(cut.0.to - cut.0.from) : sum
    } / Double(held.until)
  }

  /// The numbers to buy now and later that cost least, of those that are no more than the past supports.
  var best: (now: Int, later: Int) {
    let pairs = (0..<12).flatMap { now in (0..<12).map { (now: now, later: $0) } }.filter {
      $0.now <= max(0, supported - Int(held.units)) && $0.now + $0.later <= supported
    }
    return pairs.min { cost($0.now, $0.later) < cost($1.now, $1.later) } ?? (0, 0)
  }

  /// What so many, bought before it, would have saved in October beside on demand.
  func savingInOctober(_ now: Int) -> Double {
    net.reduce(0) { $0 + min($1, Double(now)) * onDemand } - Double(now) * reserved * 744
  }
}

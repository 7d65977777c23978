import Foundation
import Reading

/// October of the shipped dataset, billed again by hand: from the files' text, hour by hour, in Foundation's Decimal.
///
/// It imports no target of ours but the one that opens files, and shares no arithmetic, no type and no parser with the
/// engine. The month of New York is 744 hours from 04:00 UTC; hours are told by the text of their timestamps.
struct IndependentOctober {
  /// USD by `service option item commitment`, each price row's share rounded once to nano-dollars.
  private(set) var lines: [String: Decimal] = [:]

  /// Exact amounts before they are rounded, by line and price row.
  private var sums: [String: Decimal] = [:]
  private let dataset = packageFolder.appendingPathComponent("datasets/sketchy-chain").path
  private let hours: [String]

  init() throws {
    hours = (4..<748).map { hour in
      let (day, time) = (hour / 24 + 1, "T\(Self.two(hour % 24))")
      return (day < 32 ? "2026-10-\(Self.two(day))" : "2026-11-\(Self.two(day - 31))") + time
    }
    try addInstances()
    try addCharges()
    for (key, exact) in sums {
      var (value, rounded) = (exact, Decimal())
      NSDecimalRound(&rounded, &value, 9, .bankers)
      lines[key.components(separatedBy: " @ ")[0], default: 0] += rounded
    }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The rows of a file without comments and header.
  static func rows(_ path: String) throws -> [[String]] {
    let text = String(decoding: try InputFile.read(path: path).bytes, as: UTF8.self)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static func prices(_ name: String) throws -> [[String]] {
    try rows(packageFolder.appendingPathComponent("pricing/aws/\(name).csv").path)
  }

  /// The last date that is not after a moment; both are text, which sorts as time.
  private static func inForce<Value>(_ dated: [String: Value], at moment: String) -> (date: String, value: Value)? {
    dated.filter { $0.key <= moment }.max { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// Instances and reservations.
extension IndependentOctober {
  private struct Held {
    var id, service, type: String
    var count: Int
    var hourly: Decimal
  }

  private mutating func addInstances() throws {
    let runs = try Self.rows(dataset + "/inventory.csv").map { row in
      (service: row[0], type: row[2], start: Self.seconds(row[5]), end: row[6].isEmpty ? .max : Self.seconds(row[6]))
    }
    let onDemand = try Self.onDemandPrices()
    let held = try reservations()
    for (index, hour) in hours.enumerated() {
      let from = (index + 4) * 3600
      var seconds = runs.map { max(0, min($0.end, from + 3600) - max($0.start, from)) }
      for reservation in held {
        var left = reservation.count * 3600
        // All of one size: those of its own service first, then by name.
        let order = runs.indices.filter { seconds[$0] > 0 && runs[$0].type == reservation.type }.sorted { a, b in
          let own = [a, b].map { runs[$0].service == reservation.service ? 0 : 1 }
          return (own[0], runs[a].service) < (own[1], runs[b].service)
        }
        for run in order {
          let taken = min(left, seconds[run])
          left -= taken
          seconds[run] -= taken
          sums["\(runs[run].service) reserved \(reservation.type) \(reservation.id)", default: 0] +=
            Decimal(taken) * reservation.hourly / 3600
        }
        sums["\(reservation.service) reserved-unused \(reservation.type) \(reservation.id)", default: 0] +=
          Decimal(left) * reservation.hourly / 3600
      }
      for (run, rest) in zip(runs, seconds) where rest > 0 {
        let price = Self.inForce(onDemand[run.type]!, at: hour)!
        sums["\(run.service) on-demand \(run.type)  @ \(price.date)", default: 0] += Decimal(rest) * price.value / 3600
      }
    }
  }

  /// Those held, in the order they were bought, with what an hour costs: upfront spread over 8,760 hours.
  private func reservations() throws -> [Held] {
    let offers = try Self.prices("ec2-reserved") + Self.prices("elasticache-reserved")
    return try Self.rows(dataset + "/commitments.csv").sorted { ($0[5], $0[0]) < ($1[5], $1[0]) }.map { row in
      var dated: [String: Decimal] = [:]
      for offer in offers
      where offer[0] == "us-east-1" && offer[1] == row[2] && ["linux", "redis"].contains(offer[2])
        && "\(offer[3])-\(offer[4])yr-\(offer[5])" == row[4]
      {
        dated[offer[8]] = Decimal(string: offer[7])! + Decimal(string: offer[6])! / 8760
      }
      return Held(
        id: row[0], service: row[1], type: row[2], count: Int(row[3])!,
        hourly: Self.inForce(dated, at: row[5])!.value)
    }
  }

  private static func onDemandPrices() throws -> [String: [String: Decimal]] {
    var byType: [String: [String: Decimal]] = [:]
    for row in try prices("ec2-on-demand") + prices("elasticache-on-demand")
    where row[0] == "us-east-1" && ["linux", "redis"].contains(row[2]) {
      byType[row[1], default: [:]][row[4]] = Decimal(string: row[3])!
    }
    return byType
  }

  /// Seconds since 1 October 00:00 UTC; what was before is 0.
  private static func seconds(_ time: String) -> Int {
    guard time >= "2026-10" else { return 0 }
    let digits = time.split { "-T:Z".contains($0) }.map { Int($0)! }
    return (((digits[1] - 10) * 31 + digits[2] - 1) * 24 + digits[3]) * 3600 + digits[4] * 60 + digits[5]
  }
}

/// Charges, as the fleet file lists them.
extension IndependentOctober {
  private enum Amount {
    case units(Int)
    case gbMonths(Int)
    case metric(String)
  }

  private static let charges: [(service: String, name: String, price: String, amount: Amount)] = [
    ("edge", "Load balancer hours", "elb/alb-hour", .units(1)),
    ("edge", "Load balancer capacity units", "elb/alb-lcu-hour", .metric("lcu_hours")),
    ("edge", "Data transfer out", "ec2-data-transfer/internet-out-gb", .metric("transfer_out_gb")),
    ("edge", "NAT gateway hours", "vpc/nat-gateway-hour", .units(2)),
    ("edge", "NAT gateway traffic", "vpc/nat-gateway-gb", .metric("nat_gb")),
    ("database", "Database volumes", "ebs/gp3-gb-month", .gbMonths(300)),
    ("platform", "Root volumes", "ebs/gp3-gb-month", .gbMonths(400)),
    ("ai", "AI prompt tokens", "claude-sonnet-5/input", .metric("input_tokens")),
    ("ai", "AI completion tokens", "claude-sonnet-5/output", .metric("output_tokens")),
    ("github", "GitHub Enterprise seats", "fleet file", .gbMonths(40)),
  ]

  private mutating func addCharges() throws {
    let metered = try meteredByHour()
    let prices = try Self.unitPrices()
    for charge in Self.charges {
      var used: Decimal = 0
      for hour in hours {
        let amount: Decimal
        switch charge.amount {
        case .units(let units): amount = Decimal(units)
        // Held all month: a share of each of its 744 hours, divided below.
        case .gbMonths(let gigabytes): amount = Decimal(gigabytes)
        case .metric(let name): amount = metered["\(charge.service) \(name) \(hour)"] ?? 0
        }
        let price = Self.inForce(prices[charge.price]!, at: hour)!
        for (tier, share) in Self.tiers(price.value.map(\.from), used, amount).enumerated() where share > 0 {
          sums["\(charge.service) metered \(charge.name)  @ \(price.date) \(tier)", default: 0] +=
            share * price.value[tier].price
        }
        used += amount
      }
      guard case .gbMonths = charge.amount else { continue }
      for key in sums.keys where key.hasPrefix("\(charge.service) metered \(charge.name) ") { sums[key]! /= 744 }
    }
  }

  /// How much of an amount, on top of what was used before, falls into each tier.
  private static func tiers(_ bounds: [Decimal], _ used: Decimal, _ amount: Decimal) -> [Decimal] {
    bounds.indices.map { index in
      let upper = index + 1 < bounds.count ? min(used + amount, bounds[index + 1]) : used + amount
      return max(0, upper - max(used, bounds[index]))
    }
  }

  /// Sums of the samples of each hour, by `service metric hour`.
  private func meteredByHour() throws -> [String: Decimal] {
    var sums: [String: Decimal] = [:]
    for row in try Self.rows(dataset + "/utilisation/usage-2026-10.csv.gz") {
      sums["\(row[1]) \(row[3]) \(row[0].prefix(13))", default: 0] += Decimal(string: row[4])!
    }
    return sums
  }

  /// The tiers of each price by the date they hold from, lowest first; a token's price from that of a million.
  private static func unitPrices() throws -> [String: [String: [(from: Decimal, price: Decimal)]]] {
    var prices: [String: [String: [(from: Decimal, price: Decimal)]]] = [:]
    for row in try self.prices("services") where row[0] == "us-east-1" {
      prices["\(row[1])/\(row[2])", default: [:]][row[6], default: []].append(
        (Decimal(string: row[4])!, Decimal(string: row[5])!))
    }
    for row in try self.prices("llm-tokens") where row[0] == "anthropic" {
      prices["\(row[1])/input", default: [:]][row[5]] = [(0, Decimal(string: row[2])! / 1_000_000)]
      prices["\(row[1])/output", default: [:]][row[5]] = [(0, Decimal(string: row[3])! / 1_000_000)]
    }
    prices["fleet file"] = ["": [(0, 21)]]
    return prices.mapValues { $0.mapValues { tiers in tiers.sorted { $0.from < $1.from } } }
  }
}

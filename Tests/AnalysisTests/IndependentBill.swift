import Analysis
import Foundation
import Model
import TestSupport

/// A random fleet of one type and one commitment, billed by brute force: minute by minute, in Foundation's Decimal,
/// rounded once for each line by Foundation's bankers' rounding. Shares no arithmetic with the engine.
struct IndependentBill {
  let runs: [InstanceRun]
  let held: PricedCommitment
  let before: Money
  let after: Money
  let changeDay: Int
  let onDemand: Money
  let reserved: Money
  let unused: Money

  init(_ random: inout SplitMix64) {
    let runs = (0..<random.number(1...5)).map { index in
      let start: Int64 = random.number(0...44_000)
      let end: Int64 = random.number((start + 1)...44_640)
      return run("app-\(index)", of: "app", "m5.large", Self.minutes(start, end))
    }
    let before = Money(nanoDollars: random.number(1_000_000...900_000_000))
    let after = Money(nanoDollars: random.number(1_000_000...900_000_000))
    let hourly = Money(nanoDollars: random.number(0...500_000_000))
    let upfront = Money(nanoDollars: random.number(0...900_000_000_000))
    let count: Int = random.number(0...3)
    let changeDay: Int = random.number(10...28)

    var perMinute = [Int](repeating: 0, count: 44_640)
    for run in runs {
      let start = Int((run.started.seconds - october.start.seconds) / 60)
      let end = Int((run.stopped!.seconds - october.start.seconds) / 60)
      for minute in start..<end { perMinute[minute] += 1 }
    }
    var minutes = (before: 0, after: 0, covered: 0, unused: 0)
    for hour in 0..<744 {
      let used = perMinute[(hour * 60)..<(hour * 60 + 60)].reduce(0, +)
      let covered = min(used, count * 60)
      minutes.covered += covered
      minutes.unused += count * 60 - covered
      if hour < (changeDay - 1) * 24 { minutes.before += used - covered } else { minutes.after += used - covered }
    }
    let effective = Decimal(hourly.nanoDollars) + Decimal(upfront.nanoDollars) / 8760
    onDemand =
      Self.line(Decimal(before.nanoDollars), minutes.before) + Self.line(Decimal(after.nanoDollars), minutes.after)
    reserved = Self.line(effective, minutes.covered)
    unused = Self.line(effective, minutes.unused)
    held = commitment("ri", count, "m5.large", at: hourly.description, upfront: upfront.description)
    self.runs = runs
    self.before = before
    self.after = after
    self.changeDay = changeDay
  }

  private static func minutes(_ start: Int64, _ end: Int64) -> Period {
    Period(start: october.start.advanced(by: start * 60), end: october.start.advanced(by: end * 60))
  }

  private static func line(_ nanoPerHour: Decimal, _ minutes: Int) -> Money {
    var exact = nanoPerHour * Decimal(minutes) / 60
    var rounded = Decimal()
    NSDecimalRound(&rounded, &exact, 0, .bankers)
    return Money(nanoDollars: Int64(truncating: rounded as NSDecimalNumber))
  }
}

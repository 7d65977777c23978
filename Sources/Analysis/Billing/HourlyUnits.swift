import Model

/// An amount in each clock hour (UTC) of a period, such as unit-seconds; the first and the last hour may be cut.
package struct HourlyUnits: Hashable, Sendable {
  /// The clock hours that lie in a period or reach into it, counted from 1970.
  package static func hours(of period: Period) -> Range<Int64> {
    let first = floorDivide(period.start.seconds, 3600)
    return first..<max(first, floorDivide(period.end.seconds - 1, 3600) + 1)
  }

  private let start: Instant
  /// Of each hour, in order.
  package private(set) var amounts: [Int128]

  package init(over period: Period) {
    start = period.start
    amounts = [Int128](repeating: 0, count: Self.hours(of: period).count)
  }

  /// The start of an hour: the period's where its first hour is cut.
  package func instant(_ index: Int) -> Instant {
    index == 0 ? start : Instant(seconds: (floorDivide(start.seconds, 3600) + Int64(index)) * 3600)
  }

  /// The amount of the hour that a moment lies in; 0 outside the period.
  package subscript(instant: Instant) -> Int128 {
    let index = floorDivide(instant.seconds, 3600) - floorDivide(start.seconds, 3600)
    return index >= 0 && index < amounts.count ? amounts[Int(index)] : 0
  }

  package mutating func add(_ amount: Int128, inEach hours: Range<Int>) {
    for hour in hours { amounts[hour] += amount }
  }

  /// Adds the amounts of the same period's hours.
  package mutating func add(_ other: HourlyUnits) {
    for hour in amounts.indices { amounts[hour] += other.amounts[hour] }
  }

  /// The amounts of the hours that start in a period.
  package func sum(in part: Period) -> Int128 {
    amounts.indices.reduce(0) { amounts[$1] != 0 && part.contains(instant($1)) ? $0 + amounts[$1] : $0 }
  }

  package var total: Int128 { amounts.reduce(0, +) }
}

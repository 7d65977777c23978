import Model

/// Services of a pool of which one outlook holds.
struct OutlookGroup: Sendable {
  let outlook: ServiceOutlook
  /// Those that are more or fewer instances as demand moves.
  private let counted: Instances
  /// Those whose nodes hold data or have a purpose of their own: more demand is a size more of each, and there is no part of
  /// a node.
  private let whole: Instances
  /// Seconds of units that may be spot in each hour.
  let spotLimits: [Int64]

  init(_ services: [PooledService], _ outlook: ServiceOutlook, hours: Int) {
    self.outlook = outlook
    counted = Instances(services.filter { !$0.isOfWholeNodes }, hours: hours)
    whole = Instances(services.filter(\.isOfWholeNodes), hours: hours)
    spotLimits = summed(services, \.spotLimits, hours: hours)
  }

  /// Seconds of units in an hour, at so many millionths of the demand of the month.
  func seconds(_ hour: Int, _ millionths: Int64) -> Int128 {
    counted.seconds(hour, millionths) + whole.seconds(hour, Self.inSizes(millionths))
  }

  /// Adds seconds of units in some hours, at so many times the demand of the month, to what others have in them.
  func add(to seconds: inout [Double], in hours: ArraySlice<Int>, times factor: Double) {
    guard factor > 0 else { return }
    let sizes = Double(Self.inSizes(wholeNumber(min(factor, 1_000) * 1_000_000))) / 1_000_000
    for (index, hour) in hours.enumerated() {
      seconds[index] += counted.seconds(hour, times: factor) + whole.seconds(hour, times: sizes)
    }
  }

  /// Of them what may be spot.
  func spot(_ hour: Int, _ millionths: Int64) -> Int128 { scaled(spotLimits[hour], millionths) }

  /// What differs from hour to hour.
  var columns: [[Int64]] { counted.columns + whole.columns + [spotLimits] }

  /// Demand as whole sizes have it, each twice the one below: a size is left when the next would be filled, or one below
  /// would do.
  static func inSizes(_ millionths: Int64) -> Int64 {
    guard millionths > 0 else { return 0 }
    var size: Int64 = 1_000_000
    while size <= millionths / 2 { size *= 2 }
    while size / 2 >= millionths { size /= 2 }
    return size
  }
}

/// Instances of services, as demand moves them.
private struct Instances: Sendable {
  /// Summed: services that never fall below what runs, so that less demand is not fewer of them.
  private let rigid: [Int64]
  /// Summed: services that any number may run of.
  private let free: [Int64]
  /// The others, one by one.
  private let bounded: [(seconds: [Int64], floor: [Int64])]

  init(_ services: [PooledService], hours: Int) {
    rigid = summed(services.filter { $0.floor == $0.seconds }, \.seconds, hours: hours)
    let others = services.filter { $0.floor != $0.seconds }
    free = summed(others.filter { $0.floor.allSatisfy { $0 == 0 } }, \.seconds, hours: hours)
    bounded = others.filter { $0.floor.contains { $0 > 0 } }.map { ($0.seconds, $0.floor) }
  }

  func seconds(_ hour: Int, _ millionths: Int64) -> Int128 {
    let grown = scaled(rigid[hour], max(1_000_000, millionths)) + scaled(free[hour], millionths)
    return bounded.reduce(grown) { $0 + max(scaled($1.seconds[hour], millionths), Int128($1.floor[hour])) }
  }

  func seconds(_ hour: Int, times factor: Double) -> Double {
    let grown = Double(rigid[hour]) * max(1, factor) + Double(free[hour]) * factor
    return bounded.reduce(grown) { $0 + max(Double($1.seconds[hour]) * factor, Double($1.floor[hour])) }
  }

  var columns: [[Int64]] { [rigid, free] + bounded.flatMap { [$0.seconds, $0.floor] } }
}

private func scaled(_ seconds: Int64, _ millionths: Int64) -> Int128 {
  Int128(seconds) * Int128(millionths) / 1_000_000
}

private func summed(
  _ services: [PooledService], _ values: KeyPath<PooledService, [Int64]>, hours: Int
) -> [Int64] {
  (0..<hours).map { hour in
    Int64(clamping: services.reduce(Int128(0)) { $0 + Int128($1[keyPath: values][hour]) })
  }
}

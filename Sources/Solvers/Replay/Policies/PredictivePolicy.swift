/// Holds a forecast of capacity below what the other policies may go; by itself it never scales in.
package struct PredictivePolicy: Sendable {
  package var slotTicks: Int
  /// How long before its slot a forecast is in force.
  package var leadTicks: Int
  /// Of each slot, the first starting at tick 0.
  package var capacity: [Int]
  /// By how much more than the forecast the maximum may be exceeded; nil to keep to the maximum.
  package var bufferPercent: Int?

  package init(slotTicks: Int, leadTicks: Int, capacity: [Int], bufferPercent: Int?) {
    self.slotTicks = slotTicks
    self.leadTicks = leadTicks
    self.capacity = capacity
    self.bufferPercent = bufferPercent
  }

  /// The least and the most capacity under a forecast.
  package func bounds(forecast: Int, minimum: Int, maximum: Int) -> ClosedCapacity {
    guard let bufferPercent else {
      return ClosedCapacity(floor: min(max(minimum, forecast), maximum), limit: maximum)
    }
    let buffered = ceilingQuotient(forecast * (100 + bufferPercent), 100)
    return ClosedCapacity(floor: max(minimum, forecast), limit: max(maximum, buffered))
  }
}

/// Between what capacity is brought.
package struct ClosedCapacity: Hashable, Sendable {
  package var floor: Int
  package var limit: Int

  package init(floor: Int, limit: Int) {
    self.floor = floor
    self.limit = limit
  }

  /// The limit where it is below the floor.
  package func clamped<Number: BinaryInteger>(_ capacity: Number) -> Int {
    if capacity > Number(limit) || floor > limit { return limit }
    return capacity < Number(floor) ? floor : Int(capacity)
  }
}

/// The forecast that is in force, tick by tick: the greatest of the slots that have begun or soon will.
struct ForecastClock {
  private let policy: PredictivePolicy
  private var extreme = SlidingExtreme<Int>(isGreatest: true)
  /// The next slot to come into force.
  private var next = 0
  private(set) var forecast = 0

  init(_ policy: PredictivePolicy) { self.policy = policy }

  /// Each tick in its turn.
  mutating func advance(to tick: Int) {
    let last = (tick + policy.leadTicks) / policy.slotTicks
    while next <= last, next < policy.capacity.count {
      extreme.push(policy.capacity[next], at: next)
      next += 1
    }
    extreme.forget(before: tick / policy.slotTicks)
    forecast = extreme.value ?? 0
  }

  func bounds(minimum: Int, maximum: Int) -> ClosedCapacity {
    policy.bounds(forecast: forecast, minimum: minimum, maximum: maximum)
  }
}

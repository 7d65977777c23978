/// The moments at which a wall clock shows a time.
package enum LocalReading: Hashable, Sendable {
  /// At none, since the clock was set forward over it; the moment if it had not been.
  case skipped(Instant)
  case once(Instant)
  /// At two, since the clock was set back over it; in order.
  case twice(Instant, Instant)
}

/// Tells moments from what a wall clock showed: about a nanosecond in the hour of the reading before.
///
/// A value with a memory: hours without a change of the clock are looked up once.
/// - Precondition: the clock is changed at most once in 27 hours, which holds for all of the time-zone data since 1970.
package struct LocalClockReader: Sendable {
  private enum Hour: Sendable {
    /// The clock is this far ahead of UTC in all of it.
    case even(Int64)
    /// The clock may be changed in or near it, from one distance to the other.
    case change(before: Int64, after: Int64)
  }

  private let clock: LocalClock
  private var hours: [Int64: Hour] = [:]
  private var lastNumber = Int64.min
  private var last = Hour.even(0)

  package init(_ clock: LocalClock) { self.clock = clock }

  /// - Parameter seconds: what the clock showed, as if it were UTC; more than a day from the ends of `Int64`.
  package mutating func reading(_ seconds: Int64) -> LocalReading {
    let number = floorDivide(seconds, 3600)
    if number != lastNumber { look(at: number) }
    switch last {
    case .even(let offset): return .once(Instant(seconds: seconds - offset))
    case .change(let before, let after): return reading(seconds, before, after)
    }
  }

  private mutating func look(at number: Int64) {
    if let known = hours[number] {
      last = known
    } else {
      // No clock is more than 14 hours ahead of UTC or 12 behind it, so the moments lie between these two.
      let before = clock.offset(at: Instant(seconds: (number - 14) * 3600))
      let after = clock.offset(at: Instant(seconds: (number + 13) * 3600))
      last = before == after ? .even(before) : .change(before: before, after: after)
      hours[number] = last
    }
    lastNumber = number
  }

  private func reading(_ seconds: Int64, _ before: Int64, _ after: Int64) -> LocalReading {
    let early = Instant(seconds: seconds - before)
    let late = Instant(seconds: seconds - after)
    switch (clock.offset(at: early) == before, clock.offset(at: late) == after) {
    case (true, true): return .twice(early, late)
    case (true, false): return .once(early)
    case (false, true): return .once(late)
    case (false, false): return .skipped(early)
    }
  }
}

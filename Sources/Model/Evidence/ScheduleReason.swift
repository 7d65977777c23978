/// Why weekly windows are proposed, or not.
package enum ScheduleReason: Hashable, Sendable {
  /// Every week stayed within the windows.
  case heldEveryWeek
  /// No hour of the week ran more than it needed in every week.
  case nothingSpare
  /// It scales vertically, and its instances hold data.
  case holdsData
  /// Each of its instances is judged by itself, and no other does its work.
  case single
  /// Too little is known of what fewer instances would each carry more of.
  case shortfall(CoverageShortfall)
}

/// A figure behind weekly windows.
package enum ScheduleFigure: Hashable, Sendable {
  /// An hour of the local week requires the most instances that any of its intervals needed in any week.
  case requirement
  /// What the count follows most often.
  case binding(CountBinding)
  /// How much one instance carries.
  case carries([CapacityDimension])
  /// Weeks in which each hour was seen, the fewest and the most; hours of fewer than are required keep what ran.
  case weeks(ClosedRange<Int>, required: Int)
  case capacity(WeekOfCapacity)
}

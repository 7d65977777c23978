import Analytics
import Synchronization

/// Says once, on standard error, that another month is asked about than the last one there is.
final class MonthNote: Sendable {
  private let isSaid = Atomic(false)

  @Sendable func say(_ month: PassedOverMonth) {
    guard !isSaid.exchange(true, ordering: .relaxed) else { return }
    writeError(
      "plimsoll: the month is \(month.taken): nothing was measured or ran in \(month.passed); --month takes any")
  }
}

import Model

extension LocalClock {
  /// A moment as this clock shows it.
  func cell(_ instant: Instant) -> ReportCell { .instant(instant, offset: offset(at: instant)) }

  /// The day that this clock shows at a moment.
  func dateCell(_ instant: Instant) -> ReportCell { .date(date(at: instant)) }

  /// `2026-10-07 00:00 to 2026-10-08 00:00`.
  func text(_ period: Period) -> String { "\(text(period.start)) to \(text(period.end))" }
}

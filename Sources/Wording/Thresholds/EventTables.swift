import Advice
import Analysis
import Analytics
import Model

/// What happened, a sentence each, as the review and `thresholds` print it.
func eventTable(_ events: some Sequence<ThresholdEvent>, _ words: EventWords) -> ReportTable {
  ReportTable(
    "events",
    columns: [
      ReportColumn("start", "Began", .instant), ReportColumn("seconds", "In all", .duration),
      .text("severity", "Severity"), .text("scope", "Scope"), .text("what", "What happened"),
    ],
    rows: events.map { event in
      [
        words.clock.cell(event.start), .duration(event.seconds), .text(event.severity.rawValue),
        .text(firstOf(event.scopes)), .text(words.sentence(event)),
      ]
    })
}

/// The same for programs: every figure apart.
func eventFigures(_ events: [ThresholdEvent], _ words: EventWords) -> ReportTable {
  let (clock, currency) = (words.clock, words.currency)
  return ReportTable(
    "events",
    columns: [
      .text("id", "Event"), .text("kind", "Kind"), .text("severity", "Severity"), .text("scope", "Scope"),
      ReportColumn("start", "Began", .instant), ReportColumn("seconds", "Lasted", .duration),
      ReportColumn("days", "Days", .count), ReportColumn("of_days", "Of days", .count), .text("metric", "Metric"),
      ReportColumn("peak", "Peak", .number(unit: nil)), ReportColumn("peak_at", "Peak at", .instant),
      .text("node", "Node"), ReportColumn("users", "Users", .number(unit: nil)),
      ReportColumn("users_usually", "Usually", .number(unit: nil)), .text("load", "Load"),
      ReportColumn("load_ratio", "Times the usual", .number(unit: nil)),
      ReportColumn("late_instance_hours", "Instance-hours too late", .number(unit: nil)),
      ReportColumn("late_cost", "Cost", .money(currency: currency)), .text("what", "What happened"),
    ],
    rows: events.map { event in
      let (first, load) = (event.conditions.first, event.largestLoad)
      let isLate = event.lateSeconds > 0
      return [
        .code(event.id), .text(event.kind.rawValue), .text(event.severity.rawValue),
        .text(event.scopes.joined(separator: " ")), clock.cell(event.start), .duration(event.seconds),
        event.recurrence.map { .count($0.count) } ?? .empty, event.recurrence.map { .count($0.of) } ?? .empty,
        first.map { .text($0.metric.rawValue) } ?? .empty, first?.peak.map { .sized($0.value) } ?? .empty,
        first?.peak.map { clock.cell($0.instant) } ?? .empty, first?.peak?.node.map { .text($0) } ?? .empty,
        event.users.map { .sized($0.comparison.mean) } ?? .empty,
        event.users.map { .sized($0.comparison.usual) } ?? .empty,
        load.map { .text("\($0.service) \($0.metric.rawValue)") } ?? .empty,
        load?.comparison.ratio.map { .measured($0, decimals: 2) } ?? .empty,
        isLate ? .measured(Double(event.lateSeconds) / 3600, decimals: 2) : .empty,
        isLate ? .known(event.lateCost, or: "no price") { .money($0) } : .empty,
        .text(words.sentence(event)),
      ]
    })
}

/// What left its usual in each event that happened once.
func departureTable(_ events: [ThresholdEvent], _ clock: LocalClock) -> ReportTable {
  ReportTable(
    "departures",
    columns: [
      .text("event", "Event"), .text("service", "Service"), .text("metric", "Metric"), .text("when", "When"),
      ReportColumn("mean", "Mean", .number(unit: nil)), ReportColumn("usual", "Usual", .number(unit: nil)),
      ReportColumn("ratio", "Times", .number(unit: nil)), ReportColumn("peak", "Peak", .number(unit: nil)),
      ReportColumn("since", "Since", .instant),
    ],
    rows: events.flatMap { event in
      let users = event.users.flatMap { $0.comparison.departure == nil ? nil : $0 }
      return ((users.map { [$0] } ?? []) + event.departures).map { departure in
        [
          .code(event.id), .text(departure.service), .text(departure.metric.rawValue),
          .text(departure.isAfter ? "after" : "during"), .sized(departure.comparison.mean),
          .sized(departure.comparison.usual),
          departure.comparison.ratio.map { .measured($0, decimals: 2) } ?? .empty, .sized(departure.peak.value),
          clock.cell(departure.since),
        ]
      }
    })
}

/// How long each service, and the fleet, was at each level or beyond it.
func levelTable(_ findings: [ThresholdFinding]) -> ReportTable {
  let times = LevelTimes.all(findings)
  return ReportTable(
    "levels",
    columns: [.text("scope", "Scope")]
      + Severity.allCases.map { ReportColumn("\($0.rawValue)_seconds", $0.rawValue.capitalised, .duration) },
    rows: times.map { time in [.text(time.scope ?? "all together")] + time.seconds.map { .duration($0) } })
}

extension String {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

extension ReportCell {
  /// A measured number with as many decimals as its size needs.
  static func sized(_ value: Double) -> ReportCell {
    .measured(value, decimals: abs(value) >= 100 || value == 0 ? 0 : abs(value) >= 10 ? 1 : 2)
  }
}

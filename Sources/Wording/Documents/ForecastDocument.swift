import Analysis
import Analytics
import Model

/// What is to be expected of a fleet's cost, users, load and instances, and how far that may be off.
package func forecastDocument(_ forecast: FleetForecast) -> ReportDocument {
  var sections: [ReportSection] = []
  if !forecast.months.isEmpty {
    sections.append(ReportSection("cost", title: "Cost by month", blocks: costBlocks(forecast)))
  }
  if !forecast.series.isEmpty {
    let methods = forecast.series.map { "\($0.name): mostly \($0.model)." }
    sections.append(
      ReportSection(
        "load", title: "Users, load and instances by week", blocks: [.table(loadTable(forecast)), .list(methods)]))
  }
  sections += eventSections(forecast)
  if !forecast.backtests.isEmpty {
    sections.append(ReportSection("backtest", title: "How far forecasts were off", blocks: backtestBlocks(forecast)))
  }
  let words =
    sections.isEmpty
    ? "Nothing was measured that a forecast could rest on."
    : "Known up to \(forecast.scope.clock.text(forecast.end)). Intervals are to hold \(forecast.level) % of what comes; they "
      + "are as wide as forecasts of the same series were off before."
  return ReportDocument(
    "forecast", title: "\(forecast.scope.fleet): what is ahead of \(forecast.scope.month.name)",
    blocks: [.paragraph(words)] + forecast.currency.rateBlocks, sections: sections)
}

private func costBlocks(_ forecast: FleetForecast) -> [ReportBlock] {
  let currency = forecast.currency
  let isOpen = forecast.months.contains { $0.known != .zero }
  let isBilled = forecast.months.contains { $0.billed != nil }
  let columns: [(ReportColumn, (FleetForecast.MonthForecast) -> ReportCell)?] = [
    (ReportColumn("month", "Month", .month), { .month($0.month) }),
    isOpen ? (currency.column("known", "Known"), { $0.known == .zero ? .empty : .money($0.known) }) : nil,
    (currency.column("expected", "Expected"), { .money($0.expected) }),
    (currency.column("lower", "At least"), { .money($0.lower) }),
    (currency.column("upper", "At most"), { .money($0.upper) }),
    (ReportColumn("origins", "Of past sums", .count), { .count($0.origins) }),
    isBilled ? (currency.column("billed", "As billed"), { $0.billed.map { .money($0) } ?? .empty }) : nil,
  ]
  let shown = columns.compactMap { $0 }
  let table = ReportTable(
    "months", columns: shown.map(\.0), rows: forecast.months.map { month in shown.map { $0.1(month) } })
  return [
    .table(table),
    .paragraph(
      "What runs and is held now goes on: nothing is bought or ends. Known is what days that are over cost; what is charged once "
        + "a month is in what is expected alone. An interval rests on how far so many sums of past "
        + "days were off, and on how much further it looks ahead; of none, on the limits of its days."),
  ]
}

private func loadTable(_ forecast: FleetForecast) -> ReportTable {
  ReportTable(
    "weeks",
    columns: [
      .text("series", "Series"), ReportColumn("week", "From", .date), ReportColumn("mean", "Mean", .number(unit: nil)),
      ReportColumn("peak", "Highest hour", .number(unit: nil)),
      ReportColumn("upper_peak", "At most", .number(unit: nil)), .text("unit", "Unit"),
      ReportColumn("instances", "Instances", .count), ReportColumn("upper_instances", "At most then", .count),
    ],
    rows: forecast.series.flatMap { series in
      series.weeks.map { week in
        [
          .text(series.name), .date(forecast.scope.clock.date(at: week.start)), .measured(week.mean, decimals: 1),
          .measured(week.peak, decimals: 1), .measured(week.upperPeak, decimals: 1), .text(series.unit),
          week.instances.map { .count($0) } ?? .empty, week.upperInstances.map { .count($0) } ?? .empty,
        ]
      }
    })
}

/// Days that are like no other: what of the past was left out, and what lies ahead.
private func eventSections(_ forecast: FleetForecast) -> [ReportSection] {
  let clock = forecast.scope.clock
  var sections: [ReportSection] = []
  if !forecast.eventsAhead.isEmpty {
    let table = ReportTable(
      "events",
      columns: [
        .text("series", "Series"), .text("event", "Event"), ReportColumn("from", "From", .date),
        ReportColumn("last", "Last day", .date),
        ReportColumn("times_ordinary", "Times ordinary days", .number(unit: nil)),
      ],
      rows: forecast.eventsAhead.map { ahead in
        [
          .text(ahead.name), .text(ahead.event.name), .date(ahead.event.from),
          .date(ahead.event.last ?? ahead.event.from),
          ahead.ratio.map { .measured($0, decimals: 2) } ?? .unknown("forecast as ordinary days"),
        ]
      })
    let words = "Days that the fleet file names, forecast as the days of the same name were beside ordinary ones."
    sections.append(
      ReportSection("events", title: "Events ahead", blocks: [.table(table), .paragraph(words)]))
  }
  if !forecast.setAside.isEmpty {
    let table = ReportTable(
      "set-aside",
      columns: [
        .text("series", "Series"), ReportColumn("from", "From", .instant), ReportColumn("seconds", "For", .duration),
        .text("why", "Why"),
      ],
      rows: forecast.setAside.map { stretch in
        [
          .text(stretch.name), .instant(stretch.period.start, offset: clock.offset(at: stretch.period.start)),
          .duration(stretch.period.seconds), .text(stretch.event ?? "unlike all else"),
        ]
      })
    let words =
      "Nothing is learned of these: days that the fleet file names under events, and at most 2 % of each series, unlike all "
      + "else of it."
    sections.append(
      ReportSection("set-aside", title: "Left out of the past", blocks: [.table(table), .paragraph(words)]))
  }
  return sections
}

private func backtestBlocks(_ forecast: FleetForecast) -> [ReportBlock] {
  let table = ReportTable(
    "backtest",
    columns: [
      .text("series", "Series"), ReportColumn("ahead_seconds", "Ahead", .duration),
      ReportColumn("origins", "Origins", .count), .text("method", "Method"),
      ReportColumn("mase", "MASE", .number(unit: nil)), ReportColumn("smape", "sMAPE", .number(unit: "%")),
      ReportColumn("pinball", "Pinball", .number(unit: nil)), ReportColumn("coverage", "Within", .share),
      ReportColumn("width", "Width", .number(unit: nil)),
    ],
    rows: forecast.backtests.flatMap { backtest in
      [("forecast", backtest.errors.model), ("seasonal naive", backtest.errors.seasonalNaive)].map { method, errors in
        [
          .text(backtest.name), .duration(Int64(backtest.errors.horizon) * backtest.stepSeconds),
          .count(backtest.errors.origins), .text(method), .measured(errors.mase, decimals: 3),
          .measured(errors.smape, decimals: 2), .measured(errors.pinball, decimals: 3), .share(errors.coverage),
          .measured(errors.width, decimals: 3),
        ]
      }
    })
  return [
    .table(table),
    .paragraph(
      "MASE, pinball and width are in units of how far a season was off from the one before; within is the share of what came "
        + "that lay in the interval of \(forecast.level) %."),
  ]
}

import Model

/// The whole report as JSON, described by `guide/report.schema.json`: figures are exact numbers, what is not known has
/// its reason. Always the same bytes for the same report.
package struct JSONFormat: ReportFormat {
  package let name = "json"
  package init() {}

  package func render(_ document: ReportDocument) -> [UInt8] {
    let lacks = document.incomplete.map(JSONTree.string)
    let tree = JSONTree.object(
      [("report", .string(document.id)), ("title", .string(document.title))]
        + (lacks.isEmpty ? [] : [("incomplete", .array(lacks))])
        + (document.answer.map { [($0.name, answer($0))] } ?? []) + [
          ("blocks", .array(document.blocks.map(block))), ("sections", .array(document.sections.map(section))),
        ])
    return Array((tree.text() + "\n").utf8)
  }

  private func answer(_ answer: ReportAnswer) -> JSONTree {
    .object(
      answer.figures.map { ($0.name, value($0.value)) } + [(answer.table.name, .array(rows(of: answer.table)))])
  }

  private func section(_ section: ReportSection) -> JSONTree {
    .object([
      ("id", .string(section.id)), ("title", .string(section.title)), ("blocks", .array(section.blocks.map(block))),
      ("sections", .array(section.sections.map(self.section))),
    ])
  }

  private func block(_ block: ReportBlock) -> JSONTree {
    switch block {
    case .paragraph(let text): .object([("type", .string("paragraph")), ("text", .string(text))])
    case .list(let items): .object([("type", .string("list")), ("items", .array(items.map(JSONTree.string)))])
    case .facts(let facts): .object([("type", .string("facts")), ("facts", .array(facts.map(fact)))])
    case .table(let table): .object([("type", .string("table"))] + members(of: table))
    case .chart(let chart):
      .object([
        ("type", .string("chart")), ("shape", .string(chart.shape.rawValue)), ("title", .string(chart.title)),
        ("table", .object(members(of: chart.table))),
      ])
    }
  }

  private func fact(_ fact: ReportFact) -> JSONTree {
    let type = fact.value.typeName.map { [("type", JSONTree.string($0))] } ?? []
    let unit = (fact.unit ?? fact.value.unit).map { [("unit", JSONTree.string($0))] } ?? []
    return .line([("label", .string(fact.label))] + type + [("value", value(fact.value))] + unit)
  }

  private func members(of table: ReportTable) -> [(String, JSONTree)] {
    [
      ("name", .string(table.name)), ("columns", .array(table.columns.map(column))), ("rows", .array(rows(of: table))),
    ] + (table.total.map { [("total", object($0, table))] } ?? [])
  }

  private func rows(of table: ReportTable) -> [JSONTree] { table.rows.map { object($0, table) } }

  private func object(_ row: [ReportCell], _ table: ReportTable) -> JSONTree {
    .line(zip(table.columns, row).map { ($0.name, value($1)) })
  }

  private func column(_ column: ReportColumn) -> JSONTree {
    let details = column.kind.details.map { ($0, JSONTree.string($1)) }
    return .line(
      [("name", .string(column.name)), ("title", .string(column.title)), ("type", .string(column.kind.typeName))]
        + details)
  }

  private func value(_ cell: ReportCell) -> JSONTree {
    switch ExactValue(cell) {
    case .nothing: .raw("null")
    case .number(let digits): .raw(digits)
    case .time(let text), .text(let text): .string(text)
    case .link(let text, let target): .line([("text", .string(text)), ("href", .string(target))])
    case .unknown(let reason): .line([("unknown", .string(reason))])
    }
  }
}

extension ReportColumn.Kind {
  /// The word for it in JSON.
  var typeName: String {
    switch self {
    case .text: "text"
    case .money: "money"
    case .rate: "rate"
    case .count: "count"
    case .number: "number"
    case .share: "share"
    case .duration: "duration"
    case .instant: "instant"
    case .date: "date"
    case .month: "month"
    }
  }

  /// What else a reader needs to use its figures.
  fileprivate var details: [(name: String, text: String)] {
    switch self {
    case .money(let currency): [("currency", currency)]
    case .rate(let currency, let per): [("currency", currency), ("per", per)]
    case .number(let unit): unit.map { [("unit", $0)] } ?? []
    case .duration: [("unit", "s")]
    case .text, .count, .share, .instant, .date, .month: []
    }
  }
}

extension ReportCell {
  /// The type of a column that such cells fill; nil where no value is known.
  fileprivate var typeName: String? {
    switch self {
    case .empty, .unknown: nil
    case .text, .code, .link: "text"
    case .money: "money"
    case .rate: "rate"
    case .count: "count"
    case .decimal, .measured: "number"
    case .share: "share"
    case .duration: "duration"
    case .instant: "instant"
    case .date: "date"
    case .month: "month"
    }
  }

  fileprivate var unit: String? {
    if case .duration = self { "s" } else { nil }
  }
}

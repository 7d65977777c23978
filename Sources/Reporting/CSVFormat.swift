import Model

/// The tables of a report as RFC 4180 CSV, a blank line between them: exact figures, ungrouped; totals are left to the
/// reader to add up. What is not known is an empty field; JSON has its reason.
package struct CSVFormat: ReportFormat {
  package let name = "csv"
  package init() {}

  package func render(_ document: ReportDocument) -> [UInt8] {
    let tables = document.tables.filter { !$0.columns.isEmpty }.map { table in
      delimitedText([table.columns.map { csvText($0.name) }] + table.rows.map { $0.map(field) })
    }
    return Array(tables.joined(separator: "\n").utf8)
  }

  private func field(_ cell: ReportCell) -> String {
    switch ExactValue(cell) {
    case .nothing, .unknown: ""
    case .number(let digits): digits
    case .time(let text): text
    case .text(let text), .link(let text, _): csvText(text)
    }
  }
}

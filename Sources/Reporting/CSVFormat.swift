import Model

/// The tables of a report as RFC 4180 CSV, a blank line between them; totals are left to the reader to add up.
package struct CSVFormat: ReportFormat {
  package let name = "csv"
  package init() {}

  package func render(_ document: ReportDocument) -> String {
    document.tables.map { table in
      delimitedText([table.columns.map(\.name)] + table.rows.map { $0.map(plainNumber) })
    }.joined(separator: "\n")
  }
}

/// `1,234.56` without its grouping; any other text, such as a list `1,2`, as it is.
func plainNumber(_ text: String) -> String {
  guard text.contains(","), text.wholeMatch(of: /[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?/) != nil else { return text }
  return text.filter { $0 != "," }
}

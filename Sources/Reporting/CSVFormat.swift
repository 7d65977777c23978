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

/// Text that no spreadsheet runs: one that it would take for a formula stands behind an apostrophe. Control characters
/// but line feeds are escapes that are seen.
///
/// Source: OWASP, "CSV Injection": a formula starts with `=`, `+`, `-`, `@`, a tab or a line end, also as a wide
/// character, and blanks or quotes before it are passed over.
func csvText(_ text: String) -> String {
  var seen = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar.isUnseen, scalar != "\n" {
      seen.append(contentsOf: scalar.seen.unicodeScalars)
    } else {
      seen.append(scalar)
    }
  }
  return isFormula(text) ? "'" + String(seen) : String(seen)
}

private func isFormula(_ text: String) -> Bool {
  let scalars = text.unicodeScalars
  guard let first = scalars.first(where: { !$0.properties.isWhitespace && !"\"'".unicodeScalars.contains($0) }) else {
    return scalars.first.map(\.isSpacing) ?? false
  }
  return scalars.first!.isSpacing || "=+-@＝＋－＠".unicodeScalars.contains(first)
}

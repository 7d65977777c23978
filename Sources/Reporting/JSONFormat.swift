import Model

/// The whole report as JSON: blocks in order, tables as arrays of objects, every value a string as printed.
package struct JSONFormat: ReportFormat {
  package let name = "json"
  package init() {}

  package func render(_ document: ReportDocument) -> String {
    "[\n" + document.blocks.map { "  " + block($0) }.joined(separator: ",\n") + "\n]\n"
  }

  private func block(_ block: ReportBlock) -> String {
    switch block {
    case .heading(let level, let text): "{\"heading\": \(jsonString(text)), \"level\": \(level)}"
    case .paragraph(let text): "{\"paragraph\": \(jsonString(text))}"
    case .list(let items): "{\"list\": [\(items.map(jsonString).joined(separator: ", "))]}"
    case .table(let table): self.table(table)
    }
  }

  private func table(_ table: ReportTable) -> String {
    let rows = table.rows.map { "\n    " + object(table.columns, $0) }.joined(separator: ",")
    let total = table.total.map { ", \"total\": \(object(table.columns, $0))" } ?? ""
    return "{\"table\": \(jsonString(table.name)), \"rows\": [\(rows)]\(total)}"
  }

  private func object(_ columns: [ReportTable.Column], _ row: [String]) -> String {
    let members = zip(columns, row).map { "\(jsonString($0.name)): \(jsonString(plainNumber($1)))" }
    return "{\(members.joined(separator: ", "))}"
  }
}

/// A JSON string (RFC 8259): quotes, backslashes and control characters escaped.
package func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

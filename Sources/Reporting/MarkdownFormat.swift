import Model

/// GitHub-flavoured markdown with aligned tables.
package struct MarkdownFormat: ReportFormat {
  package let name = "markdown"
  package init() {}

  package func render(_ document: ReportDocument) -> String {
    document.blocks.map(block).joined(separator: "\n")
  }

  private func block(_ block: ReportBlock) -> String {
    switch block {
    case .heading(let level, let text): String(repeating: "#", count: level) + " \(text)\n"
    case .paragraph(let text): text + "\n"
    case .list(let items): items.map { "- \($0)\n" }.joined()
    case .table(let table): self.table(table)
    }
  }

  private func table(_ table: ReportTable) -> String {
    var rows = [table.columns.map(\.title)] + table.rows
    if let total = table.total { rows.append(total.map { $0.isEmpty ? "" : "**\($0)**" }) }
    let cells = rows.map { $0.map(escaped) }
    let widths = table.columns.indices.map { column in max(3, cells.map { $0[column].count }.max()!) }
    let rule = zip(table.columns, widths).map { column, width in
      column.alignment == .right
        ? String(repeating: "-", count: width - 1) + ":" : String(repeating: "-", count: width)
    }
    var lines = cells.map { line($0, table.columns, widths) }
    lines.insert("| \(rule.joined(separator: " | ")) |\n", at: 1)
    return lines.joined()
  }

  private func line(_ cells: [String], _ columns: [ReportTable.Column], _ widths: [Int]) -> String {
    let filled = zip(cells, zip(columns, widths)).map { padded($0, to: $1.1, $1.0.alignment) }
    return "| \(filled.joined(separator: " | ")) |\n"
  }
}

/// A cell that neither ends its row nor its column: a line end becomes a space, a pipe is escaped.
private func escaped(_ cell: String) -> String {
  singleLine(cell).replacing("|", with: "\\|")
}

/// Text with each line end as a space.
func singleLine(_ text: String) -> String {
  text.contains(where: \.isNewline) ? text.split(whereSeparator: \.isNewline).joined(separator: " ") : text
}

/// Text filled with spaces to a width in characters.
func padded(_ text: String, to width: Int, _ alignment: ReportTable.Alignment) -> String {
  let fill = String(repeating: " ", count: max(0, width - text.count))
  return alignment == .right ? fill + text : text + fill
}

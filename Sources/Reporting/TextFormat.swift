import Model

/// Plain aligned text for a terminal; the text columns of a wide table wrap.
package struct TextFormat: ReportFormat {
  package let name = "table"
  /// Columns of the terminal.
  package let width: Int
  package init(width: Int = 100) { self.width = width }

  package func render(_ document: ReportDocument) -> String {
    document.blocks.map(block).joined(separator: "\n")
  }

  private func block(_ block: ReportBlock) -> String {
    switch block {
    case .heading(_, let text): text + "\n"
    case .paragraph(let text): wrapped(text, to: width).map { $0 + "\n" }.joined()
    case .list(let items):
      items.map { item in
        let lines = wrapped(item, to: width - 2)
        return lines.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 + "\n" }.joined()
      }.joined()
    case .table(let table): self.table(table)
    }
  }

  private func table(_ table: ReportTable) -> String {
    let rows = ([table.columns.map(\.title)] + table.rows + (table.total.map { [$0] } ?? [])).map { $0.map(singleLine) }
    let widths = columnWidths(table, rows)
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ") + "\n"
    var text = ""
    for (index, row) in rows.enumerated() {
      let isTotal = table.total != nil && index == rows.count - 1
      if index == 1 || isTotal && rows.count > 2 { text += rule }
      text += lines(row, table.columns, widths)
    }
    return text
  }

  /// Widths that fit the terminal: the widest left-aligned columns give way first, none below 16 characters or its longest
  /// word; figures are never broken.
  private func columnWidths(_ table: ReportTable, _ rows: [[String]]) -> [Int] {
    var widths = table.columns.indices.map { column in rows.map { $0[column].count }.max()! }
    let least = table.columns.indices.map { column in
      max(16, rows.map { $0[column].split(separator: " ").map(\.count).max() ?? 0 }.max()!)
    }
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
    while excess > 0 {
      let shrinkable = widths.indices.filter { table.columns[$0].alignment == .left && widths[$0] > least[$0] }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func lines(_ row: [String], _ columns: [ReportTable.Column], _ widths: [Int]) -> String {
    let cells = zip(row, widths).map { wrapped($0, to: $1) }
    let height = cells.map(\.count).max() ?? 1
    return (0..<height).map { index in
      let parts = cells.indices.map { column in
        padded(index < cells[column].count ? cells[column][index] : "", to: widths[column], columns[column].alignment)
      }
      var line = parts.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

/// Breaks text at spaces into lines of at most `width` characters; a longer word stands alone. At least one line.
package func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if line.isEmpty {
      line = String(word)
    } else if line.count + 1 + word.count <= width {
      line += " \(word)"
    } else {
      lines.append(line)
      line = String(word)
    }
  }
  lines.append(line)
  return lines
}

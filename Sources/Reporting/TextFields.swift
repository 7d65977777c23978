/// Columns of a table below the name of their row, `Title: value`, as many on a line as fit, and below one another from
/// row to row. Lines without values, and labels without them at the end of a line, are passed over.
struct TextFields {
  private struct Field {
    var column: Int
    var label: TerminalText
    /// Columns of the widest value.
    var room: Int
    var isRight: Bool
    var width: Int { label.width + 1 + room }
  }
  private var fields: [[Field]] = []
  private let width: Int
  private let indent: String

  init(_ table: TextTable, _ columns: [Int]) {
    width = table.width
    indent = String(repeating: " ", count: min(4, table.width / 8))
    var taken = 0
    for index in columns {
      let column = table.columns[index]
      let label = TerminalText(column.title.text + ":")
      let field = Field(
        column: index, label: label, room: table.allRows.map { $0[index].width }.max() ?? 0, isRight: column.isRight)
      if !fields.isEmpty, taken + 2 + field.width <= width - indent.utf8.count {
        fields[fields.count - 1].append(field)
        taken += 2 + field.width
      } else {
        fields.append([field])
        taken = field.width
      }
    }
  }

  func lines(of row: [TerminalText]) -> [String] {
    fields.flatMap { line in
      guard let last = line.lastIndex(where: { !row[$0.column].isEmpty }) else { return [String]() }
      if line.count == 1 { return lines(of: line[0], row) }
      return [indent + line[...last].map { text(of: $0, row) }.joined(separator: "  ")]
    }
  }

  private func text(of field: Field, _ row: [TerminalText]) -> String {
    let value = row[field.column].lines(within: field.room)[0]
    return "\(field.label.text) \(value.filled(to: field.room, right: field.isRight))"
  }

  /// A field alone, which wraps where it must.
  private func lines(of field: Field, _ row: [TerminalText]) -> [String] {
    if field.width <= width - indent.utf8.count { return [indent + text(of: field, row)] }
    let lines = (field.label + row[field.column]).lines(within: max(1, width - 2 * indent.utf8.count))
    return lines.enumerated().map { ($0 == 0 ? indent : indent + indent) + $1.text }
  }
}

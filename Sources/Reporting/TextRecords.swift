/// A table that is too wide for its terminal, row by row: the name as a heading, the other cells below it.
struct TextRecords {
  private let table: TextTable
  private let heading: Range<Int>
  private let fields: TextFields

  init(_ table: TextTable) {
    self.table = table
    // A rank may stand before the name, `1 database`; without rows all titles stand there.
    let count = table.rows.isEmpty ? table.columns.count : table.nameColumn == 1 ? 2 : 1
    heading = 0..<count
    fields = TextFields(table, Array(count..<table.columns.count))
  }

  func lines() -> [String] {
    let title = heading.reduce(TerminalText("")) { $0 + table.columns[$1].title }
    let names = table.allRows.map(name)
    let width = (names + [title]).map(\.width).max() ?? 0
    let rule = String(repeating: "-", count: min(table.width, max(3, width)))
    var lines = self.lines(of: title) + [rule] + table.rows.flatMap(record)
    if let total = table.total { lines += (table.rows.isEmpty ? [] : [rule]) + record(total) }
    return lines
  }

  private func record(_ row: [TerminalText]) -> [String] { lines(of: name(of: row)) + fields.lines(of: row) }

  private func name(of row: [TerminalText]) -> TerminalText { heading.reduce(TerminalText("")) { $0 + row[$1] } }

  private func lines(of text: TerminalText) -> [String] {
    text.isEmpty ? [] : text.lines(within: table.width).map(\.text)
  }
}

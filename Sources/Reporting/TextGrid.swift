/// A table with some of its text columns below their rows, the others side by side.
struct TextGrid {
  private let table: TextTable
  private let beside: [Int]
  private let fields: TextFields
  /// What each column beside others takes unbroken.
  private let natural: [Int]

  init(_ table: TextTable, below: [Int]) {
    self.table = table
    beside = table.columns.indices.filter { !below.contains($0) }
    fields = TextFields(table, below)
    natural = beside.map { column in
      table.allRows.reduce(table.columns[column].title.width) { max($0, $1[column].width) }
    }
  }

  /// Widths that fit the terminal; nil when there are none. Titles of figures give way first, which costs a line of the
  /// whole table, then the widest columns of text.
  func widths() -> [Int]? {
    let room = table.width - 2 * (beside.count - 1)
    let leasts = [least(titleLines: 2), least(titleLines: .max)]
    guard let least = leasts.first(where: { $0.reduce(0, +) <= room }) else { return nil }
    // No column needs more than all the room, so that the steps below are few.
    var widths = zip(natural, least).map { max($1, min($0, room)) }
    for isText in [false, true] {
      let group = widths.indices.filter { table.columns[beside[$0]].isText == isText }
      while widths.reduce(0, +) > room {
        let wider = group.filter { widths[$0] > least[$0] }
        guard let widest = wider.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
      }
    }
    return widths
  }

  /// True when every cell stands on one line.
  func isUnbroken(_ widths: [Int]) -> Bool { widths == natural }

  func lines(_ widths: [Int]) -> [String] {
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    var lines = self.lines(of: table.columns.map(\.title), widths, isTitle: true) + [rule]
    for row in table.rows { lines += self.lines(of: row, widths) + fields.lines(of: row) }
    if let total = table.total {
      if !table.rows.isEmpty { lines.append(rule) }
      lines += self.lines(of: total, widths) + fields.lines(of: total)
    }
    return lines
  }

  /// The widths below which a word, a figure or a title of so many lines would be broken.
  private func least(titleLines: Int) -> [Int] {
    beside.map { column in
      let title = table.columns[column].title
      let widths = title.longest..<max(title.longest, min(title.width, table.width))
      let narrowest = widths.first { title.lines(within: $0).count <= titleLines } ?? widths.upperBound
      return table.allRows.reduce(narrowest) { max($0, $1[column].longest) }
    }
  }

  /// The cells side by side, from the top; titles stand on the rule.
  private func lines(of row: [TerminalText], _ widths: [Int], isTitle: Bool = false) -> [String] {
    let cells = zip(beside, widths).map { row[$0].lines(within: $1) }
    let height = cells.map(\.count).max() ?? 1
    return (0..<height).map { line in
      cells.indices.map { column in
        let index = isTitle ? line - height + cells[column].count : line
        let word = cells[column].indices.contains(index) ? cells[column][index] : TerminalText.Word()
        return word.filled(to: widths[column], right: table.columns[beside[column]].isRight)
      }.joined(separator: "  ")
    }
  }
}

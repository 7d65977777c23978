import Model

/// A table in a terminal, in the first of these layouts that the width allows:
///
/// 1. side by side: text columns wrap, the widest first, and so do titles of figures; figures are never broken;
/// 2. the same, with the widest text columns below their row: `    Why: ...`; also where it takes a fifth less lines;
/// 3. records: the first column as a heading, all else below it, `Title: value`.
///
/// Only columns without any value are left out, where the table would not fit otherwise, and they are named.
struct TextTable {
  struct Column {
    var title: TerminalText
    var isRight: Bool
    var isText: Bool
  }
  private(set) var columns: [Column]
  private(set) var rows: [[TerminalText]]
  private(set) var total: [TerminalText]?
  let width: Int
  private let notes: UnknownNotes

  init(_ table: ReportTable, width: Int) {
    let columns = table.columns.map {
      Column(title: TerminalText($0.title), isRight: $0.kind.isRightAligned, isText: $0.kind == .text)
    }
    var notes = UnknownNotes()
    let printed = (table.rows + (table.total.map { [$0] } ?? [])).map { row in
      zip(table.columns, row).map { PrintedCell($1, isSigned: $0.isSigned) }
    }
    let rooms = columns.indices.map { column in Self.roomForReasons(columns[column], printed.lazy.map { $0[column] }) }
    var texts = printed.map { row in zip(row, rooms).map { Self.text($0, room: $1, &notes) } }
    total = table.total == nil ? nil : texts.removeLast()
    rows = texts
    self.columns = columns
    self.notes = notes
    self.width = width
  }

  func lines() -> [String] {
    guard !columns.isEmpty else { return [] }
    let grid = TextGrid(self, below: [])
    if let widths = grid.widths(), grid.isUnbroken(widths) { return grid.lines(widths) + notes.lines(within: width) }
    let filled = columns.indices.filter { column in rows.isEmpty || allRows.contains { !$0[column].isEmpty } }
    let table = selecting(filled)
    let lines = table.sideBySide() ?? TextRecords(table).lines()
    return lines + leftOut(filled) + notes.lines(within: width)
  }

  var allRows: [[TerminalText]] { rows + (total.map { [$0] } ?? []) }

  /// The first text column, which names a row; the first of all where there is none.
  var nameColumn: Int { columns.firstIndex(where: \.isText) ?? 0 }

  /// The layout with the fewest lines; text moves below its row where it must or where that saves a fifth of them.
  private func sideBySide() -> [String]? {
    var best: [String]?
    let movable = movable
    for count in 0...movable.count {
      let grid = TextGrid(self, below: movable.prefix(count).sorted())
      guard let widths = grid.widths() else { continue }
      let lines = grid.lines(widths)
      if best.map({ 5 * lines.count <= 4 * $0.count }) ?? true { best = lines }
      if grid.isUnbroken(widths) { break }
    }
    return best
  }

  /// The text columns but the one that names a row, the widest first; none where there is no row to stand below.
  private var movable: [Int] {
    guard !rows.isEmpty else { return [] }
    let text = columns.indices.filter { columns[$0].isText && $0 != nameColumn }
    let widths = text.map { column in allRows.map { $0[column].width }.max() ?? 0 }
    return zip(text, widths).sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
  }

  private func selecting(_ kept: [Int]) -> TextTable {
    guard kept.count < columns.count else { return self }
    var copy = self
    copy.columns = kept.map { columns[$0] }
    copy.rows = rows.map { row in kept.map { row[$0] } }
    copy.total = total.map { row in kept.map { row[$0] } }
    return copy
  }

  private func leftOut(_ kept: [Int]) -> [String] {
    let titles = columns.indices.filter { !kept.contains($0) }.map { columns[$0].title.text }
    guard !titles.isEmpty else { return [] }
    return TerminalText("left out, being empty: \(titles.joined(separator: "; "))").lines(within: width).map(\.text)
  }

  /// How wide a reason may be without making its column wider than its title and its figures; text wraps.
  private static func roomForReasons(_ column: Column, _ cells: some Sequence<PrintedCell>) -> Int {
    guard !column.isText else { return .max }
    let known = cells.lazy.map { cell in
      if case .unknown = cell { 0 } else { TerminalText(cell).width }
    }
    return max(known.max() ?? 0, column.title.width)
  }

  private static func text(_ cell: PrintedCell, room: Int, _ notes: inout UnknownNotes) -> TerminalText {
    let text = TerminalText(cell)
    guard case .unknown(let reason) = cell, text.width > room else { return text }
    return TerminalText(figure: notes.mark(reason))
  }
}

extension ReportColumn.Kind {
  /// True for amounts, whose digits stand below one another.
  var isRightAligned: Bool {
    switch self {
    case .money, .rate, .count, .number, .share, .duration: true
    case .text, .instant, .date, .month: false
    }
  }
}

import Model

/// A table drawn as bars in a terminal: label, figure, and a bar of `#`, or of `-` below zero.
///
/// Figures of one kind are drawn to one scale. Where there is no room for bars, the table stands in their place.
struct TextBars {
  private struct Bar {
    var label, series, value: TerminalText
    var isFigure: Bool
    /// Its length as a share of the longest, -1...1; nil where there is none: of a total, and of what is not known.
    var share: Double?
  }
  private let table: ReportTable
  private let bars: [Bar]
  /// False where a column beside the labels holds no figures.
  private let isDrawable: Bool
  private let width: Int

  init(_ table: ReportTable, width: Int) {
    self.table = table
    self.width = width
    let series = table.columns.indices.dropFirst().filter { table.columns[$0].kind.isRightAligned }
    var longest: [ReportColumn.Kind: Double] = [:]
    for column in series {
      let kind = table.columns[column].kind
      longest[kind] = table.rows.compactMap { $0[column].length }.map(\.magnitude).reduce(longest[kind] ?? 0, max)
    }
    func drawn(_ row: [ReportCell], isDrawn: Bool) -> [Bar] {
      series.map { index in
        let column = table.columns[index]
        let most = isDrawn ? longest[column.kind] ?? 0 : 0
        let value = PrintedCell(row[index], isSigned: column.isSigned)
        return Bar(
          label: TerminalText(index == series.first ? PrintedCell(row[0]) : .nothing),
          series: TerminalText(series.count > 1 ? column.title : ""), value: TerminalText(value),
          isFigure: value.isFigure,
          share: most > 0 ? row[index].length.map { $0 / most } : nil)
      }
    }
    bars = table.rows.flatMap { drawn($0, isDrawn: true) } + (table.total.map { drawn($0, isDrawn: false) } ?? [])
    isDrawable = series.count == table.columns.count - 1
  }

  func lines() -> [String] {
    func widest(_ text: (Bar) -> TerminalText) -> Int { bars.map { text($0).width }.max() ?? 0 }
    let values = bars.filter(\.isFigure).map(\.value.width).max() ?? 0
    let columns = [min(widest(\.label), width / 3), min(widest(\.series), width / 4)].filter { $0 > 0 }
    let room = width - columns.reduce(0) { $0 + $1 + 2 } - values - 2
    guard isDrawable, room >= 8, bars.contains(where: { $0.share != nil }) else {
      return TextTable(table, width: width).lines()
    }
    return bars.flatMap { bar in
      let texts = zip([bar.label] + (columns.count > 1 ? [bar.series] : []), columns).map { $0.lines(within: $1) }
      let figures = self.figures(bar, values, room)
      return (0..<max(figures.count, texts.map(\.count).max() ?? 0)).map { line in
        zip(texts, columns).map { text, width in
          (line < text.count ? text[line] : TerminalText.Word()).filled(to: width, right: false) + "  "
        }.joined() + (line < figures.count ? figures[line] : "")
      }
    }
  }

  /// The figure and its bar, which has a mark at least unless it is zero; words take the place of both.
  private func figures(_ bar: Bar, _ width: Int, _ room: Int) -> [String] {
    guard bar.isFigure else { return bar.value.lines(within: width + 2 + room).map(\.text) }
    let share = bar.share ?? 0
    let length = share == 0 ? 0 : max(1, Int((share.magnitude * Double(room)).rounded()))
    let drawn = String(repeating: share < 0 ? "-" : "#", count: length)
    return [bar.value.lines(within: width)[0].filled(to: width, right: true) + "  " + drawn]
  }
}

extension ReportCell {
  /// A figure as a length to draw, which needs no more than the nearest double; nil for none.
  fileprivate var length: Double? {
    let length: Double? =
      switch self {
      case .money(let money, _), .rate(let money, _): Double(money.nanoDollars)
      case .count(let count): Double(count)
      case .decimal(let decimal): decimal.double
      case .measured(let value, _), .share(let value, _, _): value
      case .duration(let seconds): Double(seconds)
      case .empty, .text, .code, .link, .instant, .date, .month, .unknown: nil
      }
    return length.flatMap { $0.isFinite ? $0 : nil }
  }
}

import Model

/// Plain aligned text for a terminal. No line is wider than the terminal, whatever the document: text wraps, tables
/// change their layout (``TextTable``), and nothing is left out.
package struct TextFormat: ReportFormat {
  package let name = "table"
  /// Columns of the terminal; lines keep to it from about 20 on.
  package let width: Int
  package init(width: Int) { self.width = max(1, width) }

  package func render(_ document: ReportDocument) -> [UInt8] { bytes(of: document) }
}

extension TextFormat: DocumentLines {
  func title(_ words: String, id: String, level: Int) -> [String] { words.isEmpty ? [] : wrapped(words) }

  func block(_ block: ReportBlock) -> [String] {
    switch block {
    case .paragraph(let text): wrapped(text)
    case .list(let items): items.flatMap { TerminalText($0).lines(within: width, first: "- ", next: "  ") }
    case .facts(let facts): TextFacts(facts, width: width).lines()
    case .table(let table): TextTable(table, width: width).lines()
    case .chart(let chart): self.chart(chart)
    }
  }

  /// Bars are drawn; a line is for formats with pictures.
  private func chart(_ chart: ReportChart) -> [String] {
    guard chart.shape == .bars else { return [] }
    return (chart.title.isEmpty ? [] : wrapped(chart.title)) + TextBars(chart.table, width: width).lines()
  }

  private func wrapped(_ text: String) -> [String] { TerminalText(text).lines(within: width).map(\.text) }
}

extension TerminalText {
  /// A cell in full; code and links are their words.
  init(_ cell: PrintedCell) {
    switch cell {
    case .nothing: self.init("")
    case .figure(let text): self.init(figure: text)
    case .words(let text), .code(let text), .link(let text, _): self.init(text)
    case .unknown(let reason): self.init("unknown: \(reason)")
    }
  }
}

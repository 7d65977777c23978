import Model

/// GitHub-flavoured markdown. Tables are not padded: a report is read rendered, and every byte of it counts.
package struct MarkdownFormat: ReportFormat {
  package let name = "markdown"
  package init() {}

  package func render(_ document: ReportDocument) -> [UInt8] {
    MarkdownLines(targets: document.linkedSections).bytes(of: document)
  }
}

private struct MarkdownLines: DocumentLines {
  /// Ids of sections that a link leads to; they get an anchor.
  let targets: Set<String>

  func title(_ words: String, id: String, level: Int) -> [String] {
    // An empty element: GitHub, GitLab and editors keep it, while each makes other ids of the words of a heading.
    let anchor = targets.contains(id) ? ["<a id=\"\(markdownAttribute(id))\"></a>"] : []
    guard !words.isEmpty else { return anchor }
    let heading = "\(String(repeating: "#", count: min(level, 6))) \(markdownHeading(words))"
    return anchor.isEmpty ? [heading] : anchor + ["", heading]
  }

  func block(_ block: ReportBlock) -> [String] {
    switch block {
    case .paragraph(let text): [markdownProse(text)]
    case .list(let items): items.map { "- \(markdownProse($0))" }
    case .facts(let facts): facts.map(fact)
    case .table(let table): self.table(table)
    case .chart: []
    }
  }

  private func fact(_ fact: ReportFact) -> String {
    let printed = PrintedCell(fact.value)
    let value = cell(printed, isInTable: false)
    let unit = printed.takesUnit ? fact.unit.map { " \(markdownEscaped($0))" } ?? "" : ""
    return "- \(markdownProse(fact.label)): \(value)\(unit)"
  }

  private func table(_ table: ReportTable) -> [String] {
    guard !table.columns.isEmpty else { return [] }
    func cells(_ row: [ReportCell]) -> [String] {
      zip(table.columns, row).map { cell(PrintedCell($1, isSigned: $0.isSigned), isInTable: true) }
    }
    let total = table.total.map { [line(cells($0).map { $0.isEmpty ? "" : "**\($0)**" })] } ?? []
    return [
      line(table.columns.map { markdownEscaped($0.title, isInTable: true) }),
      line(table.columns.map { $0.kind.isRightAligned ? "--:" : "---" }),
    ] + table.rows.map { line(cells($0)) } + total
  }

  private func line(_ cells: [String]) -> String {
    // A cell without words is a space, not two.
    "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
  }

  private func cell(_ cell: PrintedCell, isInTable: Bool) -> String {
    switch cell {
    case .nothing: ""
    case .figure(let text): text
    case .words(let text): markdownEscaped(text, isInTable: isInTable)
    case .code(let text): markdownCode(text, isInTable: isInTable)
    case .link(let text, let target): "[\(markdownEscaped(text, isInTable: isInTable))](\(markdownTarget(target)))"
    case .unknown(let reason): "unknown: \(markdownEscaped(reason, isInTable: isInTable))"
    }
  }
}

extension ReportDocument {
  /// Ids of sections that a cell of this document leads to.
  fileprivate var linkedSections: Set<String> {
    Set(
      (blocks + sections.flatMap(\.allBlocks)).flatMap(\.cells).compactMap { cell in
        guard case .link(_, let target) = cell, target.hasPrefix("#") else { return nil }
        return String(target.dropFirst())
      })
  }
}

extension ReportSection {
  fileprivate var allBlocks: [ReportBlock] { blocks + sections.flatMap(\.allBlocks) }
}

extension ReportBlock {
  /// The cells that this format writes.
  fileprivate var cells: [ReportCell] {
    switch self {
    case .facts(let facts): facts.map(\.value)
    case .table(let table): table.rows.flatMap { $0 } + (table.total ?? [])
    case .paragraph, .list, .chart: []
    }
  }
}

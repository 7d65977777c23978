/// A report as a tree of blocks; the one source of markdown, terminal text, CSV and JSON.
package struct ReportDocument: Hashable, Sendable {
  package var blocks: [ReportBlock]
  package init(_ blocks: [ReportBlock] = []) { self.blocks = blocks }

  package static func += (document: inout ReportDocument, blocks: [ReportBlock]) {
    document.blocks += blocks
  }
  package var tables: [ReportTable] {
    blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }
}

/// One block of a report.
package enum ReportBlock: Hashable, Sendable {
  /// Level 1 is the title.
  case heading(level: Int, String)
  case paragraph(String)
  case list([String])
  case table(ReportTable)
}

/// A table: named columns, rows of ready text, and a total row where figures add up.
package struct ReportTable: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable { case left, right }
  package struct Column: Hashable, Sendable {
    package var title: String
    package var alignment: Alignment
    /// The column's name in CSV and JSON: `cost_usd`.
    package var name: String
  }
  package var name: String
  package var columns: [Column]
  package var rows: [[String]]
  package var total: [String]?

  /// Columns are written `title|name`, with a leading `>` for right alignment: `>Cost, USD|cost_usd`.
  package init(_ name: String, columns: [String], rows: [[String]], total: [String]? = nil) {
    self.name = name
    self.columns = columns.map { text in
      let right = text.hasPrefix(">")
      let parts = text.drop { $0 == ">" }.split(separator: "|").map(String.init)
      return Column(title: parts[0], alignment: right ? .right : .left, name: parts[1])
    }
    self.rows = rows
    self.total = total
    precondition(
      (rows + (total.map { [$0] } ?? [])).allSatisfy { $0.count == columns.count },
      "every row of a table fills every column")
  }
}

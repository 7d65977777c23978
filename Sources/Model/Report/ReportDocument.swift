/// A report as a typed tree: the one source of terminal text, markdown, CSV and JSON.
package struct ReportDocument: Hashable, Sendable {
  /// What the report is, for machines: `cost`, `what-if`.
  package var id: String
  package var title: String
  /// What stands between the title and the first section.
  package var blocks: [ReportBlock]
  package var sections: [ReportSection]
  /// What its sums lack for want of a price, a phrase each; empty where they are whole.
  package var incomplete: [String] = []
  /// What programs take from it, beside what people read; nil for nothing.
  package var answer: ReportAnswer?
  /// What it found against its input, each in its place, for programs that show findings beside files; nil for a report
  /// that looks for none.
  package var findings: ReportFindings?

  package init(_ id: String, title: String, blocks: [ReportBlock] = [], sections: [ReportSection] = []) {
    self.id = id
    self.title = title
    self.blocks = blocks
    self.sections = sections
  }

  /// Every table in reading order, those that charts are drawn from too.
  package var tables: [ReportTable] { (blocks + sections.flatMap(\.allBlocks)).compactMap(\.table) }
}

/// What a report comes to for programs: named figures, and the rows of a table as objects. JSON alone has it, under its name.
package struct ReportAnswer: Hashable, Sendable {
  /// A figure by its name: `saving_per_month`.
  package struct Figure: Hashable, Sendable {
    package var name: String
    package var value: ReportCell

    package init(_ name: String, _ value: ReportCell) {
      self.name = name
      self.value = value
    }
  }

  /// Its key at the top of the report: `plan`.
  package var name: String
  package var figures: [Figure]
  /// Rows under the table's name, each an object.
  package var table: ReportTable

  package init(_ name: String, _ figures: [Figure], rowsOf table: ReportTable) {
    self.name = name
    self.figures = figures
    self.table = table
  }
}

/// A part of a report with a heading of its own; one without a title continues what stands before it.
package struct ReportSection: Hashable, Sendable {
  /// Its name for machines and links: `bill`, `what-to-change`.
  package var id: String
  package var title: String
  package var blocks: [ReportBlock]
  /// Parts of it, a heading lower.
  package var sections: [ReportSection]

  package init(_ id: String, title: String, blocks: [ReportBlock] = [], sections: [ReportSection] = []) {
    self.id = id
    self.title = title
    self.blocks = blocks
    self.sections = sections
  }

  /// Its blocks and those of its parts, in reading order.
  fileprivate var allBlocks: [ReportBlock] { blocks + sections.flatMap(\.allBlocks) }
}

/// One block of a report.
package enum ReportBlock: Hashable, Sendable {
  case paragraph(String)
  case list([String])
  /// Labelled figures, one below the other.
  case facts([ReportFact])
  case table(ReportTable)
  case chart(ReportChart)

  /// The table, or the one that a chart is drawn from.
  fileprivate var table: ReportTable? {
    switch self {
    case .table(let table): table
    case .chart(let chart): chart.table
    case .paragraph, .list, .facts: nil
    }
  }
}

/// A labelled figure: `mean CPU use an instance: 0.64 vCPU`.
package struct ReportFact: Hashable, Sendable {
  package var label: String
  package var value: ReportCell
  /// What the value is of, where the cell does not say: `vCPU`; nil for none.
  package var unit: String?

  package init(_ label: String, _ value: ReportCell, unit: String? = nil) {
    self.label = label
    self.value = value
    self.unit = unit
  }
}

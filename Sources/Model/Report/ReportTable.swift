/// A column of a report's table: what its cells are, for people and for machines.
package struct ReportColumn: Hashable, Sendable {
  /// What the figures of a column are.
  package enum Kind: Hashable, Sendable {
    case text
    /// Amounts in a currency, by its code.
    case money(currency: String)
    /// Amounts in a currency for each of something: `hour`, `user`.
    case rate(currency: String, per: String)
    case count
    /// Numbers of a unit, `vCPU`; nil for none.
    case number(unit: String?)
    /// Fractions, printed as percentages.
    case share
    /// Lengths of time, in seconds for machines.
    case duration
    case instant
    case date
    case month
  }

  /// Its name for machines, the same in CSV and JSON: `cost_usd`.
  package var name: String
  package var title: String
  package var kind: Kind
  /// True where a figure above zero is printed with its sign: a difference.
  package var isSigned = false

  package init(_ name: String, _ title: String, _ kind: Kind, isSigned: Bool = false) {
    self.name = name
    self.title = title
    self.kind = kind
    self.isSigned = isSigned
  }

  /// A column of words, names and links.
  package static func text(_ name: String, _ title: String) -> ReportColumn { ReportColumn(name, title, .text) }
}

/// A table: typed columns, rows of typed cells, and a total row where figures add up.
package struct ReportTable: Hashable, Sendable {
  /// Its name for machines: `bill`.
  package var name: String
  package var columns: [ReportColumn]
  package var rows: [[ReportCell]]
  package var total: [ReportCell]?

  /// - Precondition: every row fills every column, and no two columns have one name.
  package init(_ name: String, columns: [ReportColumn], rows: [[ReportCell]], total: [ReportCell]? = nil) {
    self.name = name
    self.columns = columns
    self.rows = rows
    self.total = total
    precondition(
      (rows + (total.map { [$0] } ?? [])).allSatisfy { $0.count == columns.count },
      "every row of a table fills every column")
    precondition(Set(columns.map(\.name)).count == columns.count, "no two columns of a table have one name")
  }

  /// The same table with only some columns, by name, in their order here; names that it lacks are passed over.
  package func selecting(_ names: [String]) -> ReportTable {
    let kept = names.compactMap { name in columns.firstIndex { $0.name == name } }
    var copy = self
    copy.columns = kept.map { columns[$0] }
    copy.rows = rows.map { row in kept.map { row[$0] } }
    copy.total = total.map { row in kept.map { row[$0] } }
    return copy
  }
}

/// A picture of a table: its first column names what is drawn, each other column is a series.
package struct ReportChart: Hashable, Sendable {
  package enum Shape: String, Hashable, Sendable {
    /// One bar for each row.
    case bars
    /// Rows are moments in order.
    case line
  }
  package var shape: Shape
  package var title: String
  package var table: ReportTable

  package init(_ shape: Shape, title: String, _ table: ReportTable) {
    self.shape = shape
    self.title = title
    self.table = table
  }
}

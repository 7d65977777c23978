// How the review stays two pages whatever the fleet: what it lists of much that is alike, and how the rest is counted.

import Model

/// How many of a kind the review lists before it counts the others.
enum ReviewLimit {
  /// Rows of a table.
  static let rows = 20
  /// Sentences.
  static let sentences = 5
  /// Names in a sentence.
  static let names = 8
}

/// A table of the review with a row for each of what a fleet may have many of.
///
/// The report has the rows that weigh most, and one that counts the others and has their sums, so that every column still
/// adds up to its total. The evidence has all rows.
struct LongTable {
  /// Which rows weigh most; of those that weigh as much the earlier.
  enum Order {
    /// The first.
    case asListed
    /// The last, in the table's own order.
    case lastAsListed
    /// Those with the largest figures in a column, whatever their sign; the largest first.
    case largest(String)
    /// The same, in the table's own order.
    case largestAsListed(String)
    /// Those that lack most of the shares in some columns, of one that is not known all; what lacks nothing is counted.
    case incomplete([String])
  }

  /// The table's name.
  let name: String
  let order: Order
  /// Columns whose figures add up; those of amounts always do.
  let adding: Set<String>

  init(_ name: String, _ order: Order, adding: Set<String> = []) {
    self.name = name
    self.order = order
    self.adding = adding
  }

  /// The rows that weigh most, and one for all others that leads to where they are; nil where there is room for all rows.
  func shortened(_ table: ReportTable, leadingTo target: String) -> ReportTable? {
    // A row for one other would take the room of that one.
    guard table.rows.count > ReviewLimit.rows + 1 else { return nil }
    let (shown, others) = split(table)
    let name = table.columns.firstIndex { $0.kind == .text }
    let count = shown.isEmpty ? "all \(grouped(others.count))" : "\(grouped(others.count)) others"
    var short = table
    short.rows =
      shown + [
        table.columns.indices.map { index in
          index == name ? .link(count, to: target) : together(others.map { $0[index] }, table.columns[index])
        }
      ]
    return short
  }

  /// What stands for the cells of a column: their sum, or the share that all of them have.
  private func together(_ cells: [ReportCell], _ column: ReportColumn) -> ReportCell {
    if addsUp(column) { return .sum(of: cells) }
    return column.kind == .share && Set(cells).count == 1 ? cells[0] : .empty
  }

  private func addsUp(_ column: ReportColumn) -> Bool {
    if case .money = column.kind { true } else { adding.contains(column.name) }
  }

  /// The rows that weigh most, and the others.
  private func split(_ table: ReportTable) -> (shown: [[ReportCell]], others: [[ReportCell]]) {
    let (all, weights) = (table.rows.indices, weights(of: table))
    let ranked = all.sorted { weights[$0] == weights[$1] ? $0 < $1 : weights[$0] > weights[$1] }
    var shown = Array(ranked.prefix(ReviewLimit.rows))
    switch order {
    case .asListed, .largest: break
    case .lastAsListed, .largestAsListed: shown.sort()
    case .incomplete: shown.removeAll { weights[$0] == 0 }
    }
    let isShown = Set(shown)
    return (shown.map { table.rows[$0] }, all.filter { !isShown.contains($0) }.map { table.rows[$0] })
  }

  private func weights(of table: ReportTable) -> [Double] {
    func figures(_ name: String) -> [Double?] {
      let column = table.columns.firstIndex { $0.name == name }
      return table.rows.map { row in column.flatMap { row[$0].figure } }
    }
    switch order {
    case .asListed: return table.rows.map { _ in 0 }
    case .lastAsListed: return table.rows.indices.map(Double.init)
    case .largest(let name), .largestAsListed(let name): return figures(name).map { $0.map(abs) ?? 0 }
    case .incomplete(let names):
      let lacks = names.map { figures($0).map { 1 - ($0 ?? 0) } }
      return table.rows.indices.map { row in lacks.reduce(0) { $0 + $1[row] } }
    }
  }
}

extension ReportCell {
  /// What rows are compared by; nil where there is no figure.
  fileprivate var figure: Double? {
    switch self {
    case .money(let amount, _), .rate(let amount, _): Double(amount.nanoDollars)
    case .count(let count): Double(count)
    case .decimal(let number): number.double
    case .measured(let number, _), .share(let number, _, _): number
    case .duration(let seconds): Double(seconds)
    case .empty, .text, .code, .link, .instant, .date, .month, .unknown: nil
    }
  }

  /// The figures of a column together; empty where none of its cells has one, unknown where one is not known.
  fileprivate static func sum(of cells: [ReportCell]) -> ReportCell { cells.reduce(.empty) { $0.adding($1) } }

  private func adding(_ other: ReportCell) -> ReportCell {
    switch (self, other) {
    case (.empty, let one), (let one, .empty): one
    case (.money(let a, let printedA), .money(let b, let printedB)): .money(a + b, printed: printedA + printedB)
    case (.rate(let a, let decimals), .rate(let b, _)): .rate(a + b, decimals: decimals)
    case (.count(let a), .count(let b)): .count(a + b)
    case (.duration(let a), .duration(let b)): .duration(a + b)
    case (.measured(let a, let decimals), .measured(let b, _)): .measured(a + b, decimals: decimals)
    case (.share(let a, let decimals, let rounding), .share(let b, _, _)):
      .share(a + b, decimals: decimals, rounding: rounding)
    default: .unknown("not known of all")
    }
  }
}

/// A sentence for each of some facts; of many for each of those that weigh most, and one for the others.
func firstOf<Fact>(
  _ facts: [Fact], weight: (Fact) -> Int64, text: (Fact) -> String, others: ([Fact]) -> String
) -> [String] {
  guard facts.count > ReviewLimit.sentences + 1 else { return facts.map(text) }
  let weights = facts.map(weight)
  let ranked = facts.indices.sorted { weights[$0] == weights[$1] ? $0 < $1 : weights[$0] > weights[$1] }
    .map { facts[$0] }
  return ranked.prefix(ReviewLimit.sentences).map(text) + [others(Array(ranked.dropFirst(ReviewLimit.sentences)))]
}

/// The first of a list of names, and how many more there are: `Root volumes, Data transfer out, 3 more`.
/// - Parameter most: how many there are at most, with the count of the others.
func firstOf(_ names: [String], most: Int = 3, separator: String = ", ") -> String {
  guard names.count > most else { return names.joined(separator: separator) }
  return (names.prefix(most - 1) + ["\(grouped(names.count - most + 1)) more"]).joined(separator: separator)
}

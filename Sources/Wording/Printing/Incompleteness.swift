// What a report that lacks prices says of it: every total is marked, and each row that lacks one, and what is
// missing is listed.

import Model

extension ReportDocument {
  /// The report marked as one whose sums lack what has no price; itself where nothing is missing.
  /// - Parameter services: whose bill lacks a price: their rows of amounts are marked, and what each user costs is too.
  func lacking(_ missing: [MissingPrice], of services: [String] = []) -> ReportDocument {
    guard !missing.isEmpty else { return self }
    var copy = self
    copy.incomplete = missing.map(missingText)
    let opening: [ReportBlock] = [
      .paragraph(
        missing.count == 1
          ? "Incomplete: a price is missing, and what it is of is in no sum."
          : "Incomplete: \(grouped(missing.count)) prices are missing, and what they are of is in no sum."),
      .table(missingTable(missing)),
    ]
    copy.blocks = opening + blocks.map { $0.markedIncomplete(services) }
    copy.sections = sections.map { $0.markedIncomplete(services) }
    return copy
  }
}

/// The prices that are missing, a row each.
func missingTable(_ missing: [MissingPrice]) -> ReportTable {
  ReportTable(
    "unpriced",
    columns: [
      .text("missing", "Missing price"), .text("region", "Region"), .text("item", "Of"), .text("engine", "Engine"),
      ReportColumn("needed_from", "Needed from", .date),
    ],
    rows: missing.map { price in
      let words = price.subject.words
      return [
        .text(words.kind), words.region.isEmpty ? .empty : .text(words.region), .text(words.item),
        words.engine.isEmpty ? .empty : .text(words.engine), .date(CivilDate(day: price.since.day)),
      ]
    })
}

/// `on demand: m5.large (linux) in eu-west-1`.
func missingText(_ missing: MissingPrice) -> String { missingText(missing.subject) }

/// The same of what a price is missing of.
func missingText(_ subject: MissingPrice.Subject) -> String {
  let words = subject.words
  return "\(words.kind): \(words.item)" + (words.engine.isEmpty ? "" : " (\(words.engine))")
    + (words.region.isEmpty ? "" : " in \(words.region)")
}

extension MissingPrice.Subject {
  /// What kind of price it is, and what it is of.
  var words: (kind: String, region: String, item: String, engine: String) {
    switch self {
    case .onDemand(let kind): ("on demand", kind.region, kind.type, kind.engine)
    case .spot(let kind): ("spot", kind.region, kind.type, kind.engine)
    case .reserved(let kind, let term): ("\(term)", kind.region, kind.type, kind.engine)
    case .savingsPlan(let kind, let term): ("\(term)", kind.region, kind.type, kind.engine)
    case .unit(let item, let region): ("unit", region, item, "")
    case .specification(let type): ("specification", "", type, "")
    }
  }
}

extension ReportSection {
  fileprivate func markedIncomplete(_ services: [String]) -> ReportSection {
    var copy = self
    copy.blocks = blocks.map { $0.markedIncomplete(services) }
    copy.sections = sections.map { $0.markedIncomplete(services) }
    return copy
  }
}

extension ReportBlock {
  fileprivate func markedIncomplete(_ services: [String]) -> ReportBlock {
    switch self {
    case .table(let table): .table(table.markedIncomplete.markingRows(of: services))
    case .chart(let chart): .chart(ReportChart(chart.shape, title: chart.title, chart.table.markedIncomplete))
    case .facts(let facts): .facts(facts.map(\.markedIncomplete))
    case .paragraph, .list: self
    }
  }
}

extension ReportTable {
  /// The total of amounts says that it is not whole, and so do the sums of a table of figures.
  fileprivate var markedIncomplete: ReportTable {
    var copy = self
    if var total, columns.contains(where: \.kind.isAmount), let place = total.firstIndex(where: \.isText),
      case .text(let label) = total[place]
    {
      total[place] = .text("\(label), incomplete")
      copy.total = total
    }
    if let note = columns.firstIndex(where: { $0.name == "note" }) {
      for row in rows.indices where rows[row].contains(where: { $0.isMoney || $0.isRate }) {
        copy.rows[row][note] = .text(
          ["incomplete", rows[row][note].words].filter { !$0.isEmpty }.joined(separator: "; "))
      }
    }
    return copy
  }

  /// The rows of services that lack a price are marked, and one is added for each of which nothing has a price; what users
  /// cost lacks what any service does.
  fileprivate func markingRows(of services: [String]) -> ReportTable {
    guard !services.isEmpty, columns.contains(where: { $0.kind.isAmount || $0.kind.isRate }) else { return self }
    switch columns.first?.name {
    case "user_type": return markingRows { _ in true }
    case "service":
      let named = rows.map { $0.first?.words ?? "" }
      let known = markingRows { services.contains(named[$0]) }
      guard name == "bill" else { return known }
      return services.filter { !named.contains($0) }.reduce(known) { $0.adding(unpriced: $1) }
    default: return self
    }
  }

  /// The table with a column that says of some rows that they are incomplete; itself where none is.
  func markingRows(where isIncomplete: (Int) -> Bool) -> ReportTable {
    let marks = rows.indices.map(isIncomplete)
    guard marks.contains(true) || name == "bill" else { return self }
    return ReportTable(
      name, columns: columns + [.text("incomplete", "Incomplete")],
      rows: zip(rows, marks).map { $0 + [$1 ? .text("yes") : .empty] }, total: total.map { $0 + [.empty] })
  }

  /// A row of a service of which nothing has a price.
  private func adding(unpriced service: String) -> ReportTable {
    let amount = columns.lastIndex { $0.kind.isAmount }
    var copy = self
    copy.rows.append(
      columns.indices.map { index in
        switch index {
        case 0: .text(service)
        case amount: .unknown("no price of it is known")
        case columns.count - 1: .text("yes")
        default: .empty
        }
      })
    return copy
  }
}

extension ReportFact {
  fileprivate var markedIncomplete: ReportFact {
    value.isMoney ? ReportFact("\(label), incomplete", value, unit: unit) : self
  }
}

extension ReportColumn.Kind {
  fileprivate var isAmount: Bool { if case .money = self { true } else { false } }
  fileprivate var isRate: Bool { if case .rate = self { true } else { false } }
}

extension ReportCell {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }
  fileprivate var isRate: Bool { if case .rate = self { true } else { false } }
  fileprivate var isMoney: Bool { if case .money = self { true } else { false } }
  fileprivate var words: String { if case .text(let text) = self { text } else { "" } }
}

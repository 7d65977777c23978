/// A table of the price book: its columns, and the statements that write and find a row.
struct PriceTable: Sendable {
  let name: String
  /// The columns that say what is priced; with `effective_from` they are the key.
  let keys: [String]
  /// The columns that two rows of one key must agree on.
  let figures: [String]
  /// Those of the figures that older stores had no column for: where one is unknown there, a file may say it.
  let addedLater: [String]

  init(_ name: String, keys: [String], figures: [String], addedLater: [String] = []) {
    self.addedLater = addedLater
    self.name = name
    self.keys = keys
    self.figures = figures
  }

  /// True when its rows hold in a region, or in all where it is empty.
  var hasRegion: Bool { keys.contains("region") }

  /// Binds key, date, figures, quality and source; does nothing when the key and date are there.
  var insertSQL: String {
    let columns = keys + ["effective_from"] + figures + ["quality", "source"]
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(name)(\(columns.joined(separator: ", "))) VALUES (\(marks)) ON CONFLICT DO NOTHING"
  }

  /// Binds source and quality, then key and date.
  var confirmSQL: String { "UPDATE \(name) SET source = ?, quality = ? WHERE \(condition)" }

  /// Binds a figure, then key and date.
  func completeSQL(_ figure: String) -> String { "UPDATE \(name) SET \(figure) = ? WHERE \(condition)" }

  private var condition: String { (keys + ["effective_from"]).map { "\($0) = ?" }.joined(separator: " AND ") }

  /// Binds key and date; gives the figures, then the quality and the source.
  var findSQL: String {
    "SELECT \(figures.joined(separator: ", ")), quality, source FROM \(name) WHERE \(condition)"
  }
}

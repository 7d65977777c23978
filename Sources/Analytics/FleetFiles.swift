import Ingest
import Model
import Reading
import Store

/// The fleet files that questions are about: one that was given, or those of a store, which hold by their dates.
struct FleetFiles: Sendable {
  /// In the order of their dates; a file that was given is the only one, and holds from ever.
  private let files: [StoredFleet]
  private let place: Place
  /// What the last of them says, whether its date has come or not.
  let latest: Fleet

  /// - Parameter path: of a fleet file, in place of those of the store; nil for none.
  /// - Throws: ``DataError`` when there is no fleet file, or the latest is wrong.
  init(given path: String?, of store: FleetStore) throws(DataError) {
    if let path {
      let text = try InputFile.read(path: path).text()
      files = [StoredFleet(name: "", file: path, text: text)]
    } else {
      files = try store.storedFleets()
    }
    guard let last = files.last else { throw store.noFleet }
    place = store.place
    latest = try last.read()
  }

  /// Which file is in force on a month's last day, by its number among them.
  ///
  /// Dates are days of the calendar, as those of exchange rates are: no time zone moves a fleet file into another month.
  /// - Throws: ``DataError``, kind `missingInput`, before the first date where no file is without one.
  func inForce(atTheEndOf month: Month) throws(DataError) -> Int {
    if let index = files.inForce(on: month.lastDay) { return index }
    let first = files[0].effectiveFrom.map { "\($0)" } ?? ""
    throw DataError(
      place, found: "no fleet file that holds in \(month); the first holds from \(first)",
      expected: """
        an earlier one (plimsoll import fleet FILE with \(parameter: .from, "DATE"), or without \(parameter: .from) \
        for all time before)
        """,
      kind: .missingInput)
  }

  /// What errors call a file, by its number.
  func name(_ index: Int) -> String { files[index].file }

  /// What errors call the latest.
  var latestName: String { files.last?.file ?? "" }

  /// What a file says, by its number.
  func fleet(_ index: Int) throws(DataError) -> Fleet {
    index == files.count - 1 ? latest : try files[index].read()
  }
}

extension StoredFleet {
  /// What it says: of its tree where the store has that, else of its text.
  func read() throws(DataError) -> Fleet {
    let document = if let tree { tree } else { try readDocument(text: text, file: file) }
    var fleet = try readFleet(document, file: file)
    fleet.effectiveFrom = effectiveFrom ?? fleet.effectiveFrom
    return fleet
  }
}

extension Importer {
  /// Imports a fleet file and says in a line what it brought; a further line says until when it holds, where another file
  /// is in force behind it.
  ///
  /// It takes the place of the stored one of the same date, or of the other one without a date.
  /// - Parameter from: the day from which it holds, `2026-10-01`; nil is what the file says, or from ever.
  /// - Throws: `DataError` that names the place, also where day and file contradict each other; the store is then as it
  ///   was.
  public func importFleet(_ path: String, from day: String? = nil) throws -> [Phrase] {
    let stated = try day.map(fleetDate)
    let file = try InputFile.read(path: path)
    let text = try file.text()
    let document = try readDocument(text: text, file: file.name)
    let fleet = try readFleet(document, file: file.name)
    if let stated, let written = fleet.effectiveFrom, stated != written {
      throw DataError(
        Place(parameter: .from), found: "\(stated), where \(file.name) has effective_from: \(written)",
        expected: "the same day, or only one of the two", kind: .usage)
    }
    let from = stated ?? fleet.effectiveFrom
    try store.importFleet(
      StoredFleet(
        effectiveFrom: from, name: fleet.name, file: file.name, text: text, tree: document))
    let since = from.map { ", from \($0) on" } ?? ""
    let brought: Phrase =
      "\(file.name): fleet \"\(fleet.name)\" with \(counted(fleet.services.count, "service"))\(since)"
    return [brought] + (try ending(of: from).map { ["  \($0)"] } ?? [])
  }

  /// Which file is in force behind that of a date; nil where it is the last.
  private func ending(of date: CivilDate?) throws(DataError) -> String? {
    let fleets = try store.storedFleets()
    guard let place = fleets.firstIndex(where: { $0.effectiveFrom == date }), place + 1 < fleets.count,
      let next = fleets[place + 1].effectiveFrom
    else { return nil }
    return "from \(next) on \(fleets[place + 1].file) holds"
  }
}

private func fleetDate(_ text: String) throws(DataError) -> CivilDate {
  if let date = CivilDate(text) { return date }
  throw DataError(Place(parameter: .from), found: "\"\(text)\"", expected: CivilDate.expectation, kind: .usage)
}

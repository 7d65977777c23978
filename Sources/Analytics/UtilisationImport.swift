import Ingest
import Model
import Reading
import Store

/// What the user says about files of utilisation.
public struct UtilisationOptions: Sendable {
  /// The name of the format; nil judges from the content.
  public var layout: String?
  /// What names series where a file does not.
  public var service, resource, metric: String?
  /// IANA name, for timestamps without a zone.
  public var timezone: String?
  /// A mapping file, or a fleet file with a mapping; nil takes that of the fleet in the store.
  public var mapping: String?
  /// Bad rows of a file that are passed over; 0 is strict.
  public var badRowLimit = 0
  /// True when a file with values that its metrics cannot have is refused; otherwise they are counted and kept, and questions
  /// leave them out.
  public var refusesImpossibleValues = false
  /// What time it is: samples of more than a day later cannot be. nil where nobody says.
  public var now: Instant?

  /// Everything as it comes: strict, by content, UTC.
  public init() {}

  /// The names that `layout` can have.
  public static var layouts: [String] { utilisationFormats.map { $0.name } }
}

/// How far a file has been read.
public struct ImportProgress: Sendable {
  /// Of the file as it is stored, of a gzip file the packed ones.
  public let bytes: Int
  /// nil when it cannot be known before the end.
  public let size: Int?
  /// Read so far.
  public let samples: Int
}

/// Imports files of utilisation that one thing is said about. What the store says of names, its fleet's mapping and its
/// inventory, is read once.
public struct UtilisationImport: Sendable {
  private let store: FleetStore
  private let options: UtilisationOptions
  private let naming: SeriesNaming
  private let clock: LocalClock?
  private let runs: [InstanceRun]
  /// What the files so far were stored under.
  private var measured = MeasuredNames()
  /// What each file so far is of an answer in parts.
  private var parts: [AnswerParts] = []

  init(_ store: FleetStore, _ options: UtilisationOptions) throws(DataError) {
    self.store = store
    self.options = options
    runs = try store.inventory()
    naming = SeriesNaming(
      service: options.service, resource: options.resource, metric: options.metric,
      mapping: try Self.mapping(options.mapping, store), serviceOfResource: Self.servicesOfResources(runs))
    clock = try options.timezone.map(localClock)
  }

  /// Imports a file in any format and says in a line what it brought; further lines are what its owner should know:
  /// names that were mapped or are unknown, forms of timestamps, counters, conflicts.
  ///
  /// - Parameters:
  ///   - progress: called now and then with how far the file has been read.
  ///   - writeRejects: called with the rows that were passed over, if any, before anything is stored; gives the place
  ///     where they stand.
  /// - Throws: `DataError` that names the place; the store is then as it was. What `writeRejects` throws, likewise.
  public mutating func importFile(
    _ path: String, progress: (ImportProgress) -> Void = { _ in }, writeRejects: (RejectedRows) throws -> String?
  ) throws -> [Phrase] {
    try readFile(path, progress: progress, writeRejects: writeRejects) + store.workOutServiceDays()
  }

  /// The same, which leaves the days it changed to be worked out with those of other files.
  ///
  /// - Parameter joiningParts: true where files belong together: what parts are missing ``missingParts`` says of all.
  mutating func readFile(
    _ path: String, joiningParts: Bool = false, progress: (ImportProgress) -> Void = { _ in },
    writeRejects: (RejectedRows) throws -> String?
  ) throws -> [Phrase] {
    let source = try ByteSource.open(path: path)
    var interpreter = SampleInterpreter(
      file: source.name, naming: naming, clock: clock, latest: options.now?.advanced(by: 86_400))
    var read = ReadSummary(format: "")
    var rejects: String?
    let summary = try store.importUtilisation { writer in
      writer.place = Place(file: source.name)
      var reading = try UtilisationReading(source, layout: options.layout, readOptions)
      read = try reading.read(&interpreter, progress: { progress(ImportProgress($0)) }) { samples, newKeys in
        try writer.addSeries(newKeys)
        try writer.add(samples)
      }
      if !read.badRows.isEmpty { rejects = try writeRejects(RejectedRows(rows: read.badRows)) }
      return SourceFile(kind: .utilisation, name: source.name, byteCount: read.byteCount, checksum: read.checksum)
    }
    measured.add(interpreter.measured)
    parts.append(read.parts)
    var notes = readNotes(read, joiningParts: joiningParts) + interpreter.lines() + conflictNotes(summary)
    if let rejects { notes.append("rejects: \(rejects)") }
    return ["\(source.name): \(importWords(summary, "sample"))"] + notes.map { "  \($0)" }
  }

  /// A line on each part of an answer that none of the files so far has.
  var missingParts: [Phrase] { remarkNotes(AnswerParts.missing(of: parts)).map { "  \($0)" } }

  /// A line on names of the files so far that match nothing, and on instances of which there is no sample; none where all
  /// is well. To be asked for behind the last of the files that belong together.
  /// - Throws: `DataError` when the store cannot be read.
  public func unmatchedNames() throws -> [Phrase] {
    let names = try ImportedStrangers(measured, runs: runs, in: store)
    return names.line.map { ["  \($0)"] } ?? []
  }

  private var readOptions: ReadOptions {
    var read = ReadOptions()
    read.badRowLimit = options.badRowLimit
    read.refusesImpossibleValues = options.refusesImpossibleValues
    read.hasTimeZone = clock != nil
    read.hasResource = options.resource != nil
    read.hasMetric = options.metric != nil
    return read
  }

  private static func mapping(_ path: String?, _ store: FleetStore) throws(DataError) -> MetricMapping {
    if let path {
      let file = try InputFile.read(path: path)
      return try readMapping(text: try file.text(), file: path)
    }
    guard let document = try store.latestFleet() else { return MetricMapping() }
    return try readMapping(text: document.text, file: document.file)
  }

  /// By resource, for those that have run for one service only.
  private static func servicesOfResources(_ runs: [InstanceRun]) -> [String: String] {
    var services: [String: Set<String>] = [:]
    for run in runs { services[run.resource, default: []].insert(run.service) }
    return services.compactMapValues { $0.count == 1 ? $0.first : nil }
  }
}

private func localClock(_ timezone: String) throws(DataError) -> LocalClock {
  if let clock = LocalClock(identifier: timezone) { return clock }
  throw DataError(
    Place(parameter: .timezone), found: "\"\(timezone)\"", expected: "an IANA time zone such as America/New_York",
    kind: .usage)
}

extension ImportProgress {
  fileprivate init(_ progress: ReadProgress) {
    self.init(bytes: progress.storedBytes, size: progress.storedSize, samples: progress.samples)
  }
}

/// The rows of a file that were passed over.
public struct RejectedRows: Sendable {
  fileprivate let rows: [BadRow]

  /// The rejects file (CSV): where each row was, what was found and expected, and the row, as text that no spreadsheet
  /// runs.
  public func text(spelling: (Parameter) -> String = \.description) -> String {
    let head = ["line", "found", "expected", "row"]
    return delimitedText(
      [head]
        + rows.map {
          ["\($0.line)", csvText($0.found), csvText($0.expected.text(spelling: spelling)), csvText($0.text)]
        })
  }
}

private func readNotes(_ read: ReadSummary, joiningParts: Bool) -> [String] {
  var notes = remarkNotes(joiningParts ? read.remarks.filter { !read.parts.remarks.contains($0) } : read.remarks)
  let stamps = read.timestamps
  if stamps.epochSeconds > 0 { notes.append("timestamps were taken as epoch seconds") }
  if stamps.epochMilliseconds > 0 { notes.append("timestamps were taken as epoch milliseconds") }
  if stamps.fractions > 0 { notes.append("fractions of seconds were cut off the timestamps") }
  if read.notMeasured > 0 { notes.append("\(counted(read.notMeasured, "value")) said that nothing was measured: gaps") }
  if !read.badRows.isEmpty {
    notes.append("\(counted(read.badRows.count, "bad row")) \(read.badRows.count == 1 ? "was" : "were") passed over")
  }
  return notes
}

/// What a source says of itself, each remark once; of very many the first ten.
private func remarkNotes(_ remarks: [String]) -> [String] {
  var seen: Set<String> = []
  let distinct = remarks.filter { seen.insert($0).inserted }
  let more = distinct.count > 10 ? ["and \(distinct.count - 10) more remarks of the source"] : []
  return distinct.prefix(10).map { "remark: \($0)" } + more
}

private func conflictNotes(_ summary: ImportSummary) -> [String] {
  summary.examples.map { "conflict: \($0.description)" }
}

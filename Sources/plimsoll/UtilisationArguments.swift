import Analytics
import ArgumentParser
import Foundation

/// What may be said about files of utilisation.
struct UtilisationArguments: ParsableArguments {
  @Option(help: "The format; by default judged from the content.")
  var layout: Layout?

  @Option(
    help: ArgumentHelp(
      "The service, where a file does not say; else the inventory's, for commitments the fleet's.", valueName: "name"))
  var service: String?

  @Option(help: ArgumentHelp("The resource, where a file does not say.", valueName: "name"))
  var resource: String?

  @Option(help: ArgumentHelp("The metric, where a file does not say.", valueName: "name"))
  var metric: String?

  @Option(help: ArgumentHelp("Of timestamps without a zone, such as America/New_York.", valueName: "zone"))
  var timezone: String?

  @Option(
    help: ArgumentHelp(
      "Which metric names mean which of ours, their units, and what labels name; by default the fleet's in the store.",
      valueName: "file"))
  var mapping: String?

  @Flag(
    help: """
      Stop at the first bad row with nothing stored, which is the default, and at values that a metric cannot have, which \
      are otherwise counted and kept.
      """)
  var strict = false

  @Option(help: ArgumentHelp("Pass over up to so many bad rows of a file.", valueName: "count"))
  var skipBadRows: Int?

  @Option(
    help: ArgumentHelp(
      "Where the rows that were passed over go, with reasons; by default NAME.rejects.csv here.", valueName: "file"))
  var rejects: String?

  func validate() throws {
    if let skipBadRows, skipBadRows < 0 { throw ValidationError("--skip-bad-rows takes 0 or more.") }
    if strict, skipBadRows ?? 0 > 0 { throw ValidationError("--strict and --skip-bad-rows exclude each other.") }
  }

  /// Refuses rejects files that would take the place of one another or of what is imported.
  func checkRejects(of files: [String]) throws {
    guard skipBadRows ?? 0 > 0 else { return }
    var taken: [String: String] = [:]
    for file in files {
      let rejects = rejectsPath(file)
      if files.contains(where: { Self.isSamePlace($0, rejects) }) {
        throw ValidationError("The bad rows of \(file) would overwrite \(rejects); --rejects names another file.")
      }
      if let other = taken.updateValue(file, forKey: rejects), other != file {
        throw ValidationError(
          "The bad rows of \(other) and of \(file) would both go to \(rejects); import each by itself with --rejects.")
      }
    }
  }

  /// The options that were given, as they are called.
  var given: [String] {
    let all: [(String, Bool)] = [
      ("--layout", layout != nil), ("--service", service != nil), ("--resource", resource != nil),
      ("--metric", metric != nil), ("--timezone", timezone != nil), ("--mapping", mapping != nil),
      ("--strict", strict), ("--skip-bad-rows", skipBadRows != nil), ("--rejects", rejects != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  /// Imports files one after another, with progress on a terminal.
  func importFiles(_ paths: [String], with importer: Importer, report: ([Phrase]) throws -> Void) throws {
    var utilisation = try importer.utilisation(options)
    for path in paths {
      let bar = ProgressLine(path == "-" ? "standard input" : path)
      defer { bar.clear() }
      let rejects = rejectsPath(path)
      let lines = try utilisation.importFile(path, progress: bar.show) { rows in
        try writeFile(Array(rows.text(spelling: \.option).utf8), to: rejects)
        return rejects
      }
      bar.clear()
      try report(lines)
    }
    try report(try utilisation.unmatchedNames())
  }

  private var options: UtilisationOptions {
    var options = UtilisationOptions()
    options.layout = layout?.name
    options.service = service
    options.resource = resource
    options.metric = metric
    options.timezone = timezone
    options.mapping = mapping
    options.badRowLimit = skipBadRows ?? 0
    options.refusesImpossibleValues = strict
    options.now = presentTime()
    return options
  }

  private static func isSamePlace(_ path: String, _ other: String) -> Bool {
    URL(fileURLWithPath: path).standardizedFileURL == URL(fileURLWithPath: other).standardizedFileURL
  }

  /// `usage.csv.rejects.csv` of `/data/usage.csv.gz`, in the working folder, unless `--rejects` says where.
  private func rejectsPath(_ path: String) -> String {
    if let rejects { return rejects }
    let name = path == "-" ? "standard-input" : path.split(separator: "/").last.map(String.init) ?? path
    return (name.hasSuffix(".gz") ? String(name.dropLast(3)) : name) + ".rejects.csv"
  }
}

/// The name of a format.
struct Layout: ExpressibleByArgument, CustomStringConvertible {
  let name: String
  static var allValueStrings: [String] { UtilisationOptions.layouts }

  init?(argument: String) {
    guard UtilisationOptions.layouts.contains(argument) else { return nil }
    name = argument
  }
  var description: String { name }
}

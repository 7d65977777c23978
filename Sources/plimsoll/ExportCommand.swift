import Analytics
import ArgumentParser
import Export

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "What is advised, or the fleet's own scaling, as configuration for programs or commands for a person.",
    discussion: """
      \(exportFormats.map { "\($0.name): \($0.summary)." }.joined(separator: "\n"))

      With --policies, or for a program that takes nothing else, the scaling of the fleet file:

      \(policyExportFormats.map { "\($0.name): \($0.summary)." }.joined(separator: "\n"))

      plimsoll export cloudformation --month 2026-10 > schedule.json
      plimsoll export terraform --policies > scaling.tf.json
      plimsoll export cloudformation --policies tune-worker > scaling.json
      plimsoll export prometheus > rules.yml; plimsoll export prometheus --tests > tests.yml; promtool test rules tests.yml
      plimsoll export aws-cli | jq -c '.[]' | while read -r action; do
        aws autoscaling put-scheduled-update-group-action --cli-input-json "$action"; done
      plimsoll export aws-cli rightsize-database,mix-t3 > change.sh

      With ids of recommendations, aws-cli is a shell script that checks (sh change.sh check), makes the changes (make) and takes \
      them back (back). Nothing is run here.
      """)

  @Argument(help: ArgumentHelp("For which program.", valueName: "format"))
  var program: ExportProgram

  @Argument(
    help: ArgumentHelp(
      "Recommendations: with aws-cli to be written as commands, with --policies taken to be made. top:N are those that save most.",
      valueName: "id"))
  var advice: [String] = []

  @OptionGroup var scaling: PolicyExportOptions
  @OptionGroup var options: ExportOptions

  func run() throws {
    let workspace = try options.workspace()
    if scaling.isAsked(of: program.name) {
      let configured = try workspace.configuredScaling(
        service: options.service, month: options.month, following: ids)
      if let file = scaling.patch { return try options.write(try patched(file, by: configured, as: program.name)) }
      let rules = scaling.tests ? scaling.rules : nil
      return try options.write(try rendered(configured, as: program.name, tests: rules))
    }
    guard ids.isEmpty else { return try options.write(try script(of: workspace)) }
    let changes = try workspace.exportedChanges(service: options.service, month: options.month)
    try options.write(try rendered(changes, as: program.name))
  }

  private var ids: [String] {
    advice.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map { String($0) } }
  }

  /// The recommendations that are asked for, as commands.
  private func script(of workspace: Workspace) throws -> [UInt8] {
    guard program.writesCommands, options.service == nil else {
      throw ValidationError(
        program.writesCommands
          ? "an id of a recommendation says its service: leave --service out"
          : "only aws-cli writes recommendations by their ids; with --policies those of scaling are taken to be made")
    }
    return try rendered(try workspace.exportedCommands(for: ids, month: options.month))
  }
}

/// Where the store is, of which month and service, and where to write.
struct ExportOptions: ParsableArguments {
  @OptionGroup var stored: StoreOptions

  @Option(help: ArgumentHelp("A fleet file in place of the one in the store.", valueName: "file"))
  var fleet: String?

  @Option(
    help: ArgumentHelp("The month in question; by default the last whole month in the store.", valueName: "yyyy-mm"))
  var month: String?

  @Option(help: ArgumentHelp("One service; by default all.", valueName: "name"))
  var service: String?

  @OptionGroup var unpriced: UnpricedOptions

  @Option(help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
  var out: String?

  func workspace() throws -> Workspace {
    try Workspace(
      store: stored.store, fleet: fleet, allowUnpriced: unpriced.allowUnpriced, now: presentTime(),
      monthPassedOver: MonthNote().say)
  }

  func write(_ bytes: [UInt8]) throws {
    guard let out else { return try writeOutput(bytes) }
    try writeFile(bytes, to: out)
  }
}

/// One of the export formats.
struct ExportProgram: ExpressibleByArgument {
  let name: String
  static var allValueStrings: [String] {
    let advised = exportFormats.map(\.name)
    return advised + policyFormatNames.filter { !advised.contains($0) }
  }
  /// True for the one that writes commands of recommendations.
  var writesCommands: Bool { name == AWSCommandExport().name }

  init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    name = argument
  }
}

/// Changes as a format writes them; what it has no words for is said on standard error.
/// - Throws: ``DataError`` where there is nothing that it can write.
private func rendered(_ exported: ExportedAdvice, as name: String) throws(DataError) -> [UInt8] {
  let format = exportFormats.first { $0.name == name } ?? exportFormats[0]
  let changes = ExportedChanges(fleet: exported.fleet, origin: exported.origin, changes: exported.changes)
  guard !format.isEmpty(changes) else {
    throw DataError(
      Place(file: "schedule"), found: "nothing that is advised and \"\(format.name)\" can do",
      expected: "recurring actions of groups, or stops and starts of machines; `plimsoll schedule` says why there are "
        + "none",
      kind: .missingInput)
  }
  for words in format.leftOut(changes) { writeError("not exported: \(words)") }
  return format.render(changes)
}

/// Recommendations as a script; what no command makes is said on standard error too.
/// - Throws: ``DataError`` where there is a command for none.
private func rendered(_ exported: ExportedCommands) throws(DataError) -> [UInt8] {
  guard !exported.steps.isEmpty else {
    throw DataError(
      Place(file: "recommendations"), found: exported.leftOut.first ?? "no id",
      expected: "ids of changes that commands make, with commas between", kind: .missingInput)
  }
  for words in exported.leftOut { writeError("not exported: \(words)") }
  let steps = exported.steps.map { step in
    CommandScript.Step(id: step.id, words: step.changes.map(\.change.words), commands: step.commands)
  }
  let origin = "Recommendations of plimsoll for \(exported.fleet), \(exported.month)."
  return CommandScript(origin: origin, steps: steps, leftOut: exported.leftOut).render()
}

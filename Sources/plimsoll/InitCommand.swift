import Analytics
import ArgumentParser
import Wording

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "A fleet file from what the cloud printed into a folder, and what it could not know.",
    discussion: """
      plimsoll init --commands --region us-east-1 account > list.sh
      plimsoll init account
      plimsoll import dataset account

      Reads what the command lines of AWS and Kubernetes print of an account, whatever the files are called, and writes \
      fleet.yaml beside them: a service for each auto scaling group, each Name, or each value of a tag; a charge for what \
      is paid beside instances.

      A fleet.yaml that is there stays as it is, and what the cloud says otherwise is shown. With --update it has what is \
      new; what was edited in it stays. Nothing else is written, but .fleet.yaml.init, by which edits are told.
      """)

  @Option(
    help: ArgumentHelp(
      "The tag that names the service of a machine; by default its auto scaling group, else its Name.", valueName: "tag"
    ))
  var groupBy: String?

  @Flag(help: "Bring a fleet.yaml that is there up to date; what was edited in it stays.")
  var update = false

  @Flag(help: "Print the commands that list an account into the folder, the metrics of all machines included.")
  var commands = false

  @Option(help: ArgumentHelp("With --commands, a region to list; may be given again.", valueName: "name"))
  var region: [String] = []

  @OptionGroup var output: OutputOptions

  @Argument(help: ArgumentHelp("The folder with what the cloud printed.", valueName: "dir"))
  var folder: String?

  func validate() throws {
    guard commands else {
      guard folder != nil else { throw ValidationError("name the folder with what the cloud printed, or --commands") }
      guard region.isEmpty else { throw ValidationError("--region goes with --commands") }
      return
    }
    guard groupBy == nil, !update else { throw ValidationError("--commands excludes --group-by and --update") }
  }

  func run() throws {
    guard !commands else { return try output.write(try listScript(regions: region, into: folder)) }
    let draft = try accountDraft(folder ?? ".", groupedBy: groupBy, updating: update)
    if let text = draft.text { try writeFile(Array(text.utf8), to: draft.path) }
    if let record = draft.record { try writeFile(Array(record.text.utf8), to: record.path) }
    try output.show(accountDraftDocument(draft, spelling: \.option))
  }
}

/// The lines of a shell that list an account into a folder, and those that make a fleet file of it.
private func listScript(regions: [String], into folder: String?) throws -> String {
  let regions = regions.isEmpty ? ["us-east-1"] : regions
  let folder = folder ?? "account"
  let head = """
    # Read-only: lists what an account has. Needs the command line of AWS, logged in, and GNU date.
    mkdir -p \(folder) && cd \(folder) || exit 1
    """
  let fetches = try accountFetches(regions: regions).map { "# \($0.subject)\n\($0.command)" }
  let tail = "# The first answer\ncd - && plimsoll init \(folder) && plimsoll import dataset \(folder)"
  return ([head] + fetches + [tail]).joined(separator: "\n") + "\n"
}

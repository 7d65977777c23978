import Analytics
import ArgumentParser
import Wording

struct PoliciesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policies",
    abstract: "Scaling policies as other programs have them: read, shown, evaluated.",
    discussion: """
      Reads CloudFormation templates, what AWS's command line prints of policies and alarms, Terraform's plans, rules of \
      Prometheus, autoscalers of Kubernetes and KEDA, and markdown with blocks of such, each by its content. What cannot be \
      said here is refused by name, with its place.

      plimsoll policies template.yaml
      aws autoscaling describe-policies > policies.json; aws cloudwatch describe-alarms > alarms.json
      plimsoll policies policies.json alarms.json
      plimsoll policies --evaluate rules.yml --month 2026-10
      """)

  @OptionGroup var question: QuestionOptions

  @Flag(
    help: "Also say when the alerts of the files would have fired in the month, where the store has what they watch.")
  var evaluate = false

  @Option(
    help: ArgumentHelp(
      "Write them for another program instead: \(policyFormatNames.joined(separator: ", ")).", valueName: "program"))
  var `as`: PolicyProgram?

  @Argument(help: ArgumentHelp("What to read; - is standard input.", valueName: "file"))
  var files: [String]

  func run() throws {
    if let program = `as` {
      let read = try Analytics.policies(of: files)
      for part in read.refused { writeError("not read: \(part.place): \(part.name): \(part.reason)") }
      return try question.output.write(try rendered(read.scaling, as: program.name))
    }
    let answer =
      try evaluate
      ? question.workspace().policies(of: files, month: question.month) : Analytics.policies(of: files)
    try question.show(policiesDocument(answer))
  }
}

/// One of the programs that policies are written for.
struct PolicyProgram: ExpressibleByArgument {
  let name: String
  static var allValueStrings: [String] { policyFormatNames }

  init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    name = argument
  }
}

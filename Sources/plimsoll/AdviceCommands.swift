import Analytics
import ArgumentParser
import Wording

/// What every kind of advice takes.
struct AdviceOptions: ParsableArguments {
  @OptionGroup var question: QuestionOptions

  @Option(help: ArgumentHelp("One service, with its evidence.", valueName: "name"))
  var service: String?

  func run(_ step: AdviceStep) throws { try run(step, in: try question.workspace()) }

  func run(_ step: AdviceStep, pool: String? = nil, in workspace: Workspace) throws {
    try question.show(adviceDocument(try workspace.advice(step, service: service, pool: pool, month: question.month)))
  }
}

struct WasteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waste",
    abstract: "Instances that are paid for and report nothing.")
  @OptionGroup var advice: AdviceOptions
  func run() throws { try advice.run(.waste) }
}

struct RightsizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rightsize",
    abstract: "Smaller, larger or different instance types, and how many, by what was measured.")
  @OptionGroup var advice: AdviceOptions
  @OptionGroup var sizing: SizingOptions

  @Option(help: ArgumentHelp("Only so many: those that save most, and those with most to spare.", valueName: "count"))
  var top: Int?

  func validate() throws {
    guard top == nil || advice.service == nil else { throw ValidationError("--top and --service exclude each other") }
  }

  func run() throws {
    let workspace = try advice.question.workspace(sizing)
    guard let top else { return try advice.run(.rightsize, in: workspace) }
    try advice.question.show(adviceDocument(try workspace.topSizes(top, month: advice.question.month)))
  }
}

struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Weekly windows in which fewer instances suffice, after right-sizing.")
  @OptionGroup var advice: AdviceOptions

  @Flag(help: "The week of each service in 168 cells: what ran, what was needed, and what the advised actions run.")
  var calendar = false

  func run() throws {
    guard calendar else { return try advice.run(.schedule) }
    let question = advice.question
    let answer = try question.workspace().scheduleCalendar(service: advice.service, month: question.month)
    try question.show(scheduleCalendarDocument(answer))
  }
}

struct MixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mix",
    abstract:
      "Reserved, savings plan, on-demand and spot capacity of the account for the demand ahead, after right-sizing and schedules."
  )
  @OptionGroup var advice: AdviceOptions

  @Option(help: ArgumentHelp("One pool that shares commitments, in ten lines.", valueName: "name"))
  var pool: String?

  func run() throws { try advice.run(.mix, pool: pool, in: try advice.question.workspace()) }
}

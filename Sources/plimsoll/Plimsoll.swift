import Analytics
import ArgumentParser
import Foundation

/// The command; subcommands in the order a month goes.
@main
struct Plimsoll: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plimsoll",
    abstract: "What a fleet of cloud services cost, what each user cost, what to change, and why.",
    discussion: """
      Import a fleet, its prices and its utilisation once (plimsoll import), then ask. Every answer comes from the store, \
      offline, and is the same whenever it is asked.

      Exit codes: 0 done, 64 usage, 65 bad data, 66 missing input, 69 service unavailable, 74 input or output failed; 1 what \
      check found.
      """,
    version: "0.1.0",
    subcommands: [
      ReviewCommand.self, InitCommand.self, ImportCommand.self, StatusCommand.self, FleetCommand.self,
      SeriesCommand.self,
      PricesCommand.self,
      CostCommand.self,
      ThresholdsCommand.self, ForecastCommand.self, SimulateCommand.self, WasteCommand.self, RightsizeCommand.self,
      ScheduleCommand.self, PoliciesCommand.self, ExportCommand.self, MixCommand.self, TokensCommand.self,
      WhatIfCommand.self,
      CapacityCommand.self, CheckCommand.self,
      WhyCommand.self, ForgetCommand.self, SolveCommand.self, ManualCommand.self,
    ])

  /// Of everything that is wrong with a file, as much as a screen holds.
  private static let faultsShown = 20

  static func main() {
    keepFreedMemory()
    prepareStandardStreams()
    do {
      do {
        var command = try parseAsRoot()
        try checkOutputPlace(CommandLine.arguments)
        try command.run()
      } catch let error where !(error is DataError || error is ReaderIsGone) {
        try end(error)
      }
    } catch let error as DataError {
      show(error)
      Foundation.exit(error.kind.rawValue)
    } catch {
      Foundation.exit(DataError.Kind.inputOutput.rawValue)
    }
  }

  /// Prints what the parser of arguments has to say, help or a fault, and ends.
  private static func end(_ error: any Error) throws {
    let (code, text) = (exitCode(for: error), fullMessage(for: error))
    if !text.isEmpty {
      if code.isSuccess { try writeLine(text) } else { writeError(text) }
    }
    Foundation.exit(code.rawValue)
  }

  private static func show(_ error: DataError) {
    for fault in ([error] + error.further).prefix(faultsShown) {
      writeError("plimsoll: \(fault.text(spelling: \.option))")
    }
    if error.further.count >= faultsShown { writeError("plimsoll: \(error.further.count + 1 - faultsShown) more") }
  }
}

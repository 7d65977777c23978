import Analytics
import ArgumentParser

/// The command; subcommands in the order a month goes.
@main
struct Plimsoll: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plimsoll",
    abstract: "What a fleet of cloud services cost, what each user cost, what to change, and why.",
    discussion: """
      Import a fleet, its prices and its utilisation once (plimsoll import), then ask. Every answer comes from the store, \
      offline, and is the same whenever it is asked.

      Exit codes: 0 done, 64 usage, 65 bad data, 66 missing input, 69 service unavailable, 74 input or output failed.
      """,
    version: "0.1.0",
    subcommands: [
      ReviewCommand.self, ImportCommand.self, StatusCommand.self, FleetCommand.self, SeriesCommand.self,
      PricesCommand.self,
      CostCommand.self,
      ThresholdsCommand.self, WasteCommand.self, RightsizeCommand.self, ScheduleCommand.self, MixCommand.self,
      WhatIfCommand.self,
      WhyCommand.self, ForgetCommand.self, SolveCommand.self, ManualCommand.self,
    ])

  /// Of everything that is wrong with a file, as much as a screen holds.
  private static let faultsShown = 20

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as DataError {
      for fault in ([error] + error.further).prefix(Self.faultsShown) {
        writeError("plimsoll: \(fault.text(spelling: \.option))")
      }
      if error.further.count >= Self.faultsShown {
        writeError("plimsoll: \(error.further.count + 1 - Self.faultsShown) more")
      }
      exit(withError: ExitCode(error.kind.rawValue))
    } catch {
      exit(withError: error)
    }
  }
}

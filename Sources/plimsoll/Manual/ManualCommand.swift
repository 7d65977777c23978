import ArgumentParser
import Foundation

/// Writes the manual pages of the command and its subcommands; for `make install`, so not in the help.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Write the manual pages.", shouldDisplay: false)

  @Option(help: ArgumentHelp("Where to: man1.", valueName: "folder"))
  var out: String

  func run() throws {
    let version = Plimsoll.configuration.version
    let command = try ToolDescription.current().command
    let pages =
      [ManualPage(command: command, parent: nil, version: version)]
      + (command.subcommands ?? []).filter { $0.shouldDisplay && $0.isPage }.map {
        ManualPage(command: $0, parent: command.commandName, version: version)
      }
    try writeFiles(pages.map { (name: "\($0.name).1", bytes: Array($0.text.utf8)) }, to: out)
  }
}

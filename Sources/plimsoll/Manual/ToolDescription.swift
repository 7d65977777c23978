import ArgumentParser
import Foundation

/// What the argument parser says of a command: its help as data, as `--experimental-dump-help` prints it.
struct ToolDescription: Decodable {
  var command: CommandDescription

  /// The description of this command and all below it.
  static func current() throws -> ToolDescription {
    try JSONDecoder().decode(ToolDescription.self, from: Data(Plimsoll._dumpHelp().utf8))
  }
}

/// A command or subcommand.
struct CommandDescription: Decodable {
  var commandName: String
  var abstract: String?
  var discussion: String?
  var shouldDisplay: Bool
  var subcommands: [CommandDescription]?
  var arguments: [ArgumentDescription]?
}

/// An argument, option or flag.
struct ArgumentDescription: Decodable {
  /// One way to write an option.
  struct Name: Decodable {
    var kind: String
    var name: String

    /// With its dashes.
    var text: String { (kind == "long" ? "--" : "-") + name }
  }

  var kind: String
  var shouldDisplay: Bool
  /// The group it is listed under; nil for none.
  var sectionTitle: String?
  var isOptional: Bool
  var isRepeating: Bool
  var names: [Name]?
  var valueName: String?
  var defaultValue: String?
  var allValues: [String]?
  var abstract: String?
}

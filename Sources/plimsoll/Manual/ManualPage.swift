/// The manual page of a command, in the macros of man(7).
///
/// Source: man-pages(7), "Sections within a manual page", and groff_man(7).
struct ManualPage {
  let command: CommandDescription
  /// The command it is a subcommand of; nil for the command itself.
  let parent: String?
  let version: String

  /// `plimsoll` or `plimsoll-import`.
  var name: String { [parent, command.commandName].compactMap(\.self).joined(separator: "-") }

  /// What the page says.
  var text: String {
    [head, synopsis, description, options, subcommands, seeAlso].compactMap(\.self).joined(separator: "\n") + "\n"
  }

  private var call: String { [parent, command.commandName].compactMap(\.self).joined(separator: " ") }
  private var arguments: [ArgumentDescription] { (command.arguments ?? []).filter(\.shouldDisplay) }
  private var shown: [CommandDescription] { (command.subcommands ?? []).filter { $0.shouldDisplay && $0.isPage } }

  private var head: String {
    """
    .TH \(name.uppercased()) 1 "" "plimsoll \(version)" "Plimsoll"
    .SH NAME
    \(escaped(name)) \\- \(escaped(command.abstract ?? ""))
    """
  }

  private var synopsis: String {
    let words = arguments.map(\.usage) + (shown.isEmpty ? [] : ["\\fIsubcommand\\fR"])
    return ".SH SYNOPSIS\n.B \(escaped(call))\n\(words.joined(separator: "\n"))"
  }

  private var description: String? {
    guard let text = command.discussion, !text.isEmpty else { return nil }
    return ".SH DESCRIPTION\n" + escaped(text).replacing("\n\n", with: "\n.PP\n")
  }

  /// Options in the order of the help, under the headings of their groups.
  private var options: String? {
    guard !arguments.isEmpty else { return nil }
    var lines = [".SH OPTIONS"]
    var title: String?
    for argument in arguments.filter({ $0.sectionTitle == nil }) + arguments.filter({ $0.sectionTitle != nil }) {
      if argument.sectionTitle != title, let heading = argument.sectionTitle { lines.append(".SS \(escaped(heading))") }
      title = argument.sectionTitle
      lines.append(".TP\n\(argument.heading)\n\(argument.explanation)")
    }
    return lines.joined(separator: "\n")
  }

  private var subcommands: String? {
    guard !shown.isEmpty else { return nil }
    let entries = shown.map { entry in
      ".TP\n.BR \(escaped("\(name)-\(entry.commandName)")) (1)\n\(escaped(entry.abstract ?? ""))"
    }
    return ([".SH SUBCOMMANDS"] + entries).joined(separator: "\n")
  }

  private var seeAlso: String? { parent.map { ".SH SEE ALSO\n.BR \(escaped($0)) (1)" } }
}

extension CommandDescription {
  /// False for the help command, which the argument parser adds.
  var isPage: Bool { commandName != "help" }
}

extension ArgumentDescription {
  private var value: String { "\\fI\(escaped(valueName ?? "value"))\\fR" }

  /// As the synopsis shows it.
  fileprivate var usage: String {
    let bare = kind == "positional" ? value : optionText
    return (isOptional ? "[\(bare)]" : bare) + (isRepeating ? " ..." : "")
  }

  /// The name and its value, `--store file`.
  private var optionText: String {
    let name = "\\fB\(escaped(names?.last?.text ?? ""))\\fR"
    return kind == "option" ? "\(name) \(value)" : name
  }

  /// All ways to write it.
  fileprivate var heading: String {
    guard kind != "positional" else { return value }
    let all = (names ?? []).map { "\\fB\(escaped($0.text))\\fR" }.joined(separator: ", ")
    return kind == "option" ? "\(all) \(value)" : all
  }

  /// What it means, the values it takes and its default.
  fileprivate var explanation: String {
    var sentences = [abstract ?? ""]
    if let allValues, !allValues.isEmpty { sentences.append("Values: \(allValues.joined(separator: ", ")).") }
    if let defaultValue { sentences.append("Default: \(defaultValue).") }
    return escaped(sentences.joined(separator: " "))
  }
}

/// Text as roff prints it: no escape, no request, and minus signs that can be copied.
private func escaped(_ text: String) -> String {
  let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
  return plain.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&\(line)" : String(line)
  }.joined(separator: "\n")
}

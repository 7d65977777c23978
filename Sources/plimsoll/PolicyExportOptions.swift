import Analytics
import ArgumentParser
import Export

/// What of the configured scaling is exported, and how.
struct PolicyExportOptions: ParsableArguments {
  @Flag(help: "The scaling that the fleet file has, and not the recurring actions that are advised.")
  var policies = false

  @Option(
    help: ArgumentHelp(
      "A file of the program, printed with the fleet's figures in place of its own; what else it says stays.",
      valueName: "file"))
  var patch: String?

  @Flag(help: "With prometheus, a file for promtool test rules in place of the rules.")
  var tests = false

  @Option(
    help: ArgumentHelp(
      "With --tests, what the file of the rules is called in them; by default rules.yml.", valueName: "name"))
  var rules = "rules.yml"

  /// True where the scaling of the fleet file is asked for, or a format writes nothing else.
  func isAsked(of format: String) -> Bool {
    policies || tests || patch != nil || !exportFormats.contains { $0.name == format }
  }
}

/// The formats that write scaling policies.
let policyFormatNames = policyExportFormats.map(\.name)

/// Scaling as a format writes it; what it has no words for is said on standard error.
/// - Throws: ``DataError`` for a format that writes none, and where there is nothing that it can write.
func rendered(_ scaling: ConfiguredScaling, as name: String, tests rules: String? = nil) throws -> [UInt8] {
  guard let format = policyExportFormats.first(where: { $0.name == name }) else {
    throw ValidationError("\(name) has no words for policies; \(policyFormatNames.joined(separator: ", ")) do.")
  }
  let written = format.write(ExportedPolicies(origin: scaling.origin, configuration: scaling.configuration))
  for words in scaling.notes + written.leftOut { writeError("not exported: \(words)") }
  guard !written.isEmpty else {
    throw DataError(
      Place(file: name), found: "nothing that \"\(name)\" can do",
      expected: "policies, scheduled actions or alerts of a kind "
        + "that it has", kind: .missingInput)
  }
  guard let rules else { return written.bytes }
  guard let prometheus = format as? PrometheusPolicies else { throw ValidationError("--tests goes with prometheus.") }
  return prometheus.tests(of: scaling.configuration.alerts, in: rules)
}

/// A file with the figures of some scaling; what changes in it, and what could not be, is said on standard error.
func patched(_ path: String, by scaling: ConfiguredScaling, as name: String) throws -> [UInt8] {
  let patched = try patchedPolicies(of: path, format: name, by: scaling)
  for words in patched.changes { writeError("changed: \(words)") }
  for words in patched.notes { writeError("not changed: \(words)") }
  return Array(patched.text.utf8)
}

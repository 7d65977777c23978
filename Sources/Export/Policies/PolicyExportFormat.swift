import Model

/// The configured scaling of a fleet, or what files say of scaling, to be written for a program.
package struct ExportedPolicies: Sendable {
  /// Where it comes from, in a line.
  package var origin: String
  package var configuration: ScalingConfiguration

  package init(origin: String, configuration: ScalingConfiguration) {
    self.origin = origin
    self.configuration = configuration
  }
}

/// What was written, and what a format has no words for.
package struct WrittenPolicies: Sendable {
  package var bytes: [UInt8]
  /// What is not in it, by name and with the reason.
  package var leftOut: [String]
  /// True where nothing is.
  package var isEmpty: Bool
}

/// A way to write scaling policies down for a program that follows them.
///
/// A format is a file here and a line in ``policyExportFormats``. What it cannot write it names; the policies that it writes, read
/// again, are the same.
package protocol PolicyExportFormat: Sendable {
  /// As the command calls it: `cloudformation`.
  var name: String { get }
  /// What it makes, for the help.
  var summary: String { get }

  /// The same for the same policies.
  func write(_ policies: ExportedPolicies) -> WrittenPolicies
}

/// Every format, those of the cloud before those of Kubernetes, and rules that only watch last.
package let policyExportFormats: [any PolicyExportFormat] = [
  CloudFormationPolicies(), TerraformPolicies(), AWSCommandPolicies(), PodAutoscalerPolicies(), KEDAPolicies(),
  PrometheusPolicies(),
]

/// A line for all alerts that a format of scaling does not say; none where there are none.
func unwrittenAlerts(_ configuration: ScalingConfiguration, _ reason: String) -> [String] {
  let names = configuration.alerts.map(\.name)
  guard !names.isEmpty else { return [] }
  let first = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
  return [
    "\(names.count) alert\(names.count == 1 ? "" : "s") (\(first)): \(reason); \(PrometheusPolicies().name) writes them"
  ]
}

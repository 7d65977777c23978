import Model

/// What is exported: changes of a fleet, as advice recommends them.
package struct ExportedChanges: Sendable {
  /// The fleet's name.
  package var fleet: String
  /// Where they come from, in a line: `schedule of Sketchy Chain, learned by October 2026`.
  package var origin: String
  package var changes: [Change]

  package init(fleet: String, origin: String, changes: [Change]) {
    self.fleet = fleet
    self.origin = origin
    self.changes = changes
  }

  /// Those of a kind, in their order.
  func of<Kind: PlanChange>(_ kind: Kind.Type) -> [Kind] { changes.compactMap { $0.change as? Kind } }

  /// What each of those says that a format has no words for.
  func words(except kinds: [any PlanChange.Type]) -> [String] {
    let known = kinds.map { $0.kind }
    return changes.filter { !known.contains($0.kind) }.map(\.change.words)
  }
}

/// A way to write changes down for another program, which makes them.
///
/// A format is a file here and a line in ``exportFormats``. It says which kinds of change it can write; what else is
/// among the changes stands in a comment where the format has any, and in ``leftOut(_:)``.
package protocol ExportFormat: Sendable {
  /// As the command calls it: `cloudformation`.
  var name: String { get }
  /// What it makes, for the help.
  var summary: String { get }
  /// The kinds of change that it writes.
  var kinds: [any PlanChange.Type] { get }

  /// The same bytes for the same changes.
  func render(_ changes: ExportedChanges) -> [UInt8]
}

extension ExportFormat {
  /// What of some changes it cannot write, in words.
  package func leftOut(_ changes: ExportedChanges) -> [String] { changes.words(except: kinds) }

  /// True where there is nothing that it can write.
  package func isEmpty(_ changes: ExportedChanges) -> Bool {
    changes.changes.allSatisfy { change in !kinds.contains { $0.kind == change.kind } }
  }
}

/// Every format, those for groups before those for single machines.
package let exportFormats: [any ExportFormat] = [
  CloudFormationExport(), TerraformExport(), AWSCommandExport(), KEDAExport(), CrontabExport(),
  EventBridgeExport(), InstanceSchedulerExport(),
]

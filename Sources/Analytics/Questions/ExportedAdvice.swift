import Model

/// What is advised, for other programs to do.
public struct ExportedAdvice: Sendable {
  /// The fleet's name.
  public let fleet: String
  /// Where it comes from, in a line.
  public let origin: String
  package let changes: [Change]
}

extension Workspace {
  /// The recurring actions that are advised.
  /// - Parameter service: one service; nil for all.
  /// - Throws: `DataError` for a service the fleet does not have, and when the month cannot be billed.
  public func exportedChanges(service: String? = nil, month: String?) throws -> ExportedAdvice {
    let answer = try advice(.schedule, service: service, month: month)
    let scope = answer.scope
    return ExportedAdvice(
      fleet: scope.fleet, origin: "Schedule of \(scope.fleet) advised by plimsoll, learned up to \(scope.month.name)",
      changes: answer.verdicts.flatMap(\.changes))
  }
}

import Advice
import Model

/// Recommendations as commands of the cloud's command line, for a person to read and run.
public struct ExportedCommands: Sendable {
  /// The fleet's name.
  public let fleet: String
  /// The month that they were advised of.
  public let month: String
  package let steps: [Step]
  /// What of the recommendations no command makes, and why.
  public let leftOut: [String]

  /// A recommendation that there are commands for.
  package struct Step: Sendable {
    /// Its id.
    package let id: String
    package let changes: [Change]
    package let commands: ChangeCommands
  }
}

extension Workspace {
  /// Some recommendations of a month as commands of the cloud's.
  /// - Parameter ids: of recommendations; `top:N` means those that save most.
  /// - Throws: `DataError` for an id that is no recommendation of the month, and when the month cannot be billed.
  public func exportedCommands(for ids: [String], month: String?) throws -> ExportedCommands {
    let study = try study(month: month)
    let before = try study.outcome(Scenario())
    var steps: [ExportedCommands.Step] = []
    var leftOut: [String] = []
    for verdict in try study.recommendations(ids, from: before, at: Place(file: "recommendations")) {
      let commands = try study.commands(of: verdict, on: before.plan, leavingOut: &leftOut)
      guard let commands else { continue }
      steps.append(ExportedCommands.Step(id: verdict.id, changes: verdict.changes, commands: commands))
    }
    return ExportedCommands(
      fleet: study.fleet.name, month: study.month.name, steps: steps, leftOut: leftOut)
  }
}

extension Study {
  /// The commands of all changes of a recommendation, in their order; nil where there are none of any.
  fileprivate func commands(
    of verdict: Verdict, on plan: FleetPlan, leavingOut leftOut: inout [String]
  ) throws(DataError) -> ChangeCommands? {
    var all = ChangeCommands()
    var (plan, isEmpty) = (plan, true)
    for change in verdict.changes {
      do throws(DataError) {
        all += try context.cloud.commands(for: change, on: target(of: change, id: verdict.id, on: plan))
        isEmpty = false
      } catch {
        leftOut.append("\(verdict.id): \(change.change.words): found \(error.found), expected \(error.expected)")
      }
      _ = try change.change.apply(to: &plan, context)
    }
    return isEmpty ? nil : all
  }

  /// What a change is made to: what runs at the end of the month, in the order of names.
  private func target(of change: Change, id: String, on plan: FleetPlan) throws(DataError) -> ChangeTarget {
    let last = Period(start: period.end.advanced(by: -1), end: period.end)
    let service = change.change.services.first.flatMap { fleet.service($0) }
    // As the inventory has them: what changes add to a plan has no name yet.
    let runs = service.map { service in
      context.engine.inventory[service.name].filter { $0.overlap(with: last) != nil }
    }
    return ChangeTarget(
      id: id, service: service, runs: (runs ?? []).sorted { ($0.resource, $0.started) < ($1.resource, $1.started) },
      region: service.map { context.kind("", of: $0).region } ?? fleet.region,
      reserved: try (change.change as? Reserve)?.reservedKind(in: plan, context),
      signed: try change.change.terms(on: plan, context).signed)
  }
}

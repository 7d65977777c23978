import Advice
import Analysis
import Model

/// Several scenarios side by side, each beside the month as it was.
public struct ScenarioComparison: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let before: Outcome
  /// In the order of the files and in theirs.
  package let scenarios: [(name: String, answer: WhatIfAnswer)]
}

extension WhatIfAnswer {
  /// Seconds of the services of which they are known, before and after, added up; nil where none is.
  package var criticalSeconds: (before: Int64, after: Int64)? {
    let known = critical.compactMap { change -> (before: Int64, after: Int64)? in
      guard case .success(let before) = change.before, case .success(let after) = change.after else { return nil }
      return (before, after)
    }
    guard !known.isEmpty else { return nil }
    return known.reduce((0, 0)) { ($0.0 + $1.before, $0.1 + $1.after) }
  }

  /// The gravest risk and the greatest effort of its changes; nil where nothing is changed.
  package var gravest: ChangeTerms? {
    guard let risk = terms.map(\.terms.risk).max(by: { $0.level < $1.level }),
      let effort = terms.map(\.terms.effort).max()
    else { return nil }
    return ChangeTerms(effort, risk)
  }
}

extension Workspace {
  /// As many as are set side by side: each is a bill and a replay of every service.
  private static let mostScenarios = 50

  /// Every scenario of some files, each on top of what the question changes for all of them.
  /// - Throws: `DataError` as for a what-if, and for a file that holds no scenarios.
  package func comparison(_ question: WhatIfQuestion, month: String?) throws -> ScenarioComparison {
    let named = try question.scenarioFiles.flatMap(readScenarios)
    guard named.count <= Self.mostScenarios else {
      throw DataError(
        Place(parameter: .scenario), found: "\(grouped(named.count)) scenarios",
        expected: "\(Self.mostScenarios) at most at once", kind: .usage)
    }
    if let twice = named.indices.first(where: { index in named[..<index].contains { $0.name == named[index].name } }) {
      throw DataError(
        Place(parameter: .scenario), found: "two scenarios called \"\(named[twice].name)\"",
        expected: "names of their own", kind: .usage)
    }
    let shared = try checked(question)
    let regions = named.reduce(question.scenario.regions) { $0.union($1.scenario.regions) }
    func compare(_ study: Study) throws -> ScenarioComparison {
      let before = try study.outcome(Scenario())
      let scenarios = try named.map { one in
        var changes = try study.changes(of: question.advice + one.advice, from: before)
        if let shared { changes += try readChanges(shared.bytes, file: shared.name, of: study.fleet) }
        let scenario = Scenario(changes + question.scenario.changes + one.scenario.changes)
        return (
          name: one.name,
          answer: try WhatIfAnswer(study, scenario, before: before, horizon: question.horizonMonths)
        )
      }
      return ScenarioComparison(scope: MonthScope(study), before: before, scenarios: scenarios)
    }
    let needsAll = !question.advice.isEmpty || named.contains { !$0.advice.isEmpty }
    return try remedying(regions) {
      needsAll
        ? try compare(study(month: month, alsoIn: regions)) : try answer(month: month, alsoIn: regions, compare)
    }
  }
}

import Analytics
import Foundation
import Model
import Reporting
import Testing
import Wording

/// Questions about a store, each answer in words and in every format: all of them, or the review, which rests on most
/// others, and one more.
///
/// - Parameters:
///   - fleet: a fleet file in place of that of the store.
///   - turn: which one more; nil asks all.
/// - Throws: what one of them throws; those behind it are asked all the same.
func ask(store: String, fleet: String? = nil, month: String, turn: Int? = nil) throws {
  let workspace: Workspace
  do { workspace = try Workspace(store: store, fleet: fleet) } catch {
    _ = try? render(statusDocument(status(store: store)))
    throw error
  }
  var faults: [any Error] = []
  let all = questions(workspace, store: store, month)
  for (index, question) in all.enumerated() {
    if let turn, index > 0, index != 1 + turn % (all.count - 1) { continue }
    do { try question() } catch { faults.append(error) }
  }
  // What is no fault of the data comes first, so that it is not hidden by what is.
  if let first = faults.first(where: { !isAnswer($0) }) ?? faults.first { throw first }
}

/// True for an error by which a command ends with 65 or 66: the data are wrong, or something is missing.
func isAnswer(_ error: any Error) -> Bool {
  guard let error = error as? DataError else { return false }
  return error.kind == .badData || error.kind == .missingInput
}

/// The review first.
private func questions(_ workspace: Workspace, store: String, _ month: String) -> [() throws -> Void] {
  func review() throws {
    for file in try reviewFiles(try workspace.review(month: month, months: 2)) {
      if case .document(let document, _) = file.content { render(document) }
    }
  }
  func whatIf() throws {
    var whatIf = WhatIfQuestion()
    whatIf.scenario = try Scenario(options: [("users", ["5000"])])
    render(whatIfDocument(try workspace.whatIf(whatIf, month: month)))
  }
  func otherModel() throws {
    var whatIf = WhatIfQuestion()
    whatIf.scenario = try Scenario(
      options: [
        ("model", ["gpt-5=openai/gpt-5-nano"]), ("cache-hits", ["gpt-5=33.33%@66.67%"]),
        ("tokens", ["gpt-5:output=-7.89%"]), ("seats", ["Users=3"]),
      ])
    render(whatIfDocument(try workspace.whatIf(whatIf, month: month)))
  }
  let others: [() throws -> Void] = [
    otherModel,
    { render(costDocument(try workspace.cost(month: month))) },
    { render(tokensDocument(try workspace.tokens(month: month))) },
    { render(thresholdsDocument(try workspace.thresholds(month: month))) },
    { render(fleetDocument(try workspace.fleetAsUnderstood(month: month))) },
    { render(statusDocument(try status(store: store))) },
    { render(checkDocument(try workspace.check(month: month))) },
    {
      var question = CapacityQuestion(users: [500, 1_000_000])
      question.isBacktested = true
      render(capacityDocument(try workspace.capacity(month: month, question)))
    },
  ]
  func tuning() throws {
    var question = TuningQuestion()
    question.mostTicks = 20_000
    render(tuningDocument(try workspace.tuning(month: month, question)))
  }
  let advice = AdviceStep.allCases.filter { $0 != .tune }.map { step in
    { render(adviceDocument(try workspace.advice(step, service: nil, month: month))) }
  }
  return [review, whatIf] + others + advice + [tuning]
}

private func render(_ document: ReportDocument) {
  for format in reportFormats(width: 80) { #expect(!format.render(document).isEmpty) }
}

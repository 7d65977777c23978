import Analysis
import Analytics
import Model

/// What happened, how long each level lasted, and every condition of the fleet's thresholds, met or not.
package func thresholdsDocument(_ answer: ThresholdsAnswer) -> ReportDocument {
  let words = EventWords(clock: answer.scope.clock, currency: answer.currency)
  let title = "\(answer.scope.fleet): thresholds in \(answer.scope.month.name)"
  guard !answer.findings.isEmpty else {
    let none = "The fleet file has no thresholds, neither of services nor of the fleet as a whole."
    return ReportDocument("thresholds", title: title, blocks: [.paragraph(none)]).lacking(answer.missingPrices)
  }
  let conditions = thresholdTable(answer.findings, clock: answer.scope.clock)
  var document = ReportDocument(
    "thresholds", title: title,
    blocks: [.table(answer.events.isEmpty ? conditions : eventTable(answer.events, words))],
    sections: [
      ReportSection("levels", title: "At each level or beyond", blocks: [.table(levelTable(answer.findings))])
    ]
  ).lacking(answer.missingPrices)
  if !answer.events.isEmpty {
    let left = departureTable(answer.events, answer.scope.clock)
    document.sections.append(ReportSection("conditions", title: "Conditions", blocks: [.table(conditions)]))
    if !left.rows.isEmpty {
      document.sections.append(ReportSection("departures", title: "What left its usual", blocks: [.table(left)]))
    }
  }
  document.answer = ReportAnswer("thresholds", [], rowsOf: eventFigures(answer.events, words))
  return document
}

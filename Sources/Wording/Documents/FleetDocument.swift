import Analytics
import Model

/// A fleet as it is understood: each key, its value, and who says so.
package func fleetDocument(_ answer: FleetAnswer) -> ReportDocument {
  let table = ReportTable(
    "fleet", columns: [.text("key", "Key"), .text("value", "Value"), .text("from", "From")],
    rows: answer.entries.map { [.text($0.key), .text($0.value), .text($0.origin.rawValue)] })
  return ReportDocument("fleet", title: "\(answer.name): the fleet as understood", blocks: [.table(table)])
}

/// What keys of a fleet file mean, and what holds without them.
package func fleetKeyDocument(_ answers: [FleetKeyAnswer]) -> ReportDocument {
  let sections = answers.map { answer -> ReportSection in
    let key = answer.key
    let id = "\(answer.part.lowercased().replacing(" ", with: "-"))-\(key.name)"
    var facts = [
      ReportFact("key of", .text(answer.part)), ReportFact("meaning", .text(key.meaning)),
      ReportFact("type", .text(formText(key.form))),
    ]
    if !key.unit.isEmpty { facts.append(ReportFact("unit", .text(key.unit))) }
    facts.append(ReportFact("without it", .text(absenceText(key))))
    return ReportSection(id, title: key.name, blocks: [.facts(facts)])
  }
  return ReportDocument("fleet-key", title: "Keys of the fleet file", blocks: [], sections: sections)
}

private func absenceText(_ key: FleetKeyDescription) -> String {
  if key.isRequired { return "an error: it is required" }
  return key.absence ?? key.value.map(valueText) ?? "nothing"
}

private func valueText(_ value: DocumentNode) -> String {
  switch value.content {
  case .scalar(let text, _): text.isEmpty ? "nothing" : text
  case .list(let elements): elements.isEmpty ? "none" : elements.map(valueText).joined(separator: ", ")
  case .mapping: "what its keys are without a word"
  }
}

private func formText(_ form: FleetForm) -> String {
  switch form {
  case .word(let words): words
  case .oneOf(let words): "one of \(words.joined(separator: ", "))"
  case .metric: "a metric"
  case .names(let element): "a mapping of names, to each \(formText(element))"
  case .list(let element): "a list, each \(formText(element))"
  case .part(let describe): "a mapping: \(describe().keys.map(\.name).joined(separator: ", "))"
  }
}

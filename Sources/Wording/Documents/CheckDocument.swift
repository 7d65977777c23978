import Advice
import Analytics
import Model

/// What a fleet file says against itself and against history, the weightiest first.
package func checkDocument(_ answer: CheckAnswer) -> ReportDocument {
  var sections: [ReportSection] = []
  for level in ReportFinding.Level.allCases {
    let found = answer.check.findings.filter { $0.level == level }
    guard !found.isEmpty else { continue }
    sections.append(
      ReportSection(
        "\(level.rawValue)s", title: "\(title(level)) (\(found.count))",
        blocks: [.table(findingTable(found, "\(level.rawValue)s", answer))]))
  }
  if !answer.check.claims.isEmpty {
    sections.append(
      ReportSection("claims", title: "Claims against history", blocks: [.table(claimTable(answer))]))
  }
  let unchecked = uncheckedWords(answer)
  if !unchecked.isEmpty {
    sections.append(ReportSection("unchecked", title: "Not checked", blocks: [.list(unchecked)]))
  }
  var document = ReportDocument(
    "check", title: "\(answer.fleet): the fleet file against itself\(answer.month.map { " and \($0.name)" } ?? "")",
    blocks: [.paragraph(verdict(answer))], sections: sections)
  document.answer = ReportAnswer(
    "check",
    [
      ReportAnswer.Figure("contradictions", .count(answer.check.findings.count { $0.level != .note })),
      ReportAnswer.Figure("notes", .count(answer.check.findings.count { $0.level == .note })),
    ], rowsOf: figures(answer))
  document.findings = ReportFindings(
    rules: checkRules.map { ReportRule($0.id, $0.about) },
    findings: answer.check.findings.map { finding in
      ReportFinding(
        rule: finding.rule, level: finding.level, message: message(finding), places: finding.places.map(answer.place))
    })
  return document
}

/// Every rule with what it finds.
package func checkRulesDocument() -> ReportDocument {
  let table = ReportTable(
    "rules",
    columns: [.text("rule", "Rule"), .text("finds", "Finds"), .text("asks", "Asks")],
    rows: checkRules.map { rule in
      [.code(rule.id), .text(rule.about), .text(rule.examples == nil ? "fleet file and history" : "fleet file")]
    })
  return ReportDocument("check-rules", title: "What a fleet file is checked for", blocks: [.table(table)])
}

private func title(_ level: ReportFinding.Level) -> String {
  switch level {
  case .error: "Cannot hold"
  case .warning: "Contradictory"
  case .note: "Worth a look"
  }
}

private func verdict(_ answer: CheckAnswer) -> String {
  let contradictions = answer.check.findings.count { $0.level != .note }
  let notes = answer.check.findings.count { $0.level == .note }
  let found =
    contradictions == 0 ? "no contradictions" : counted(contradictions, "contradiction")
  let also = notes == 0 ? "" : ", and \(counted(notes, "note"))"
  let against =
    answer.month.map { "held against what was measured in \($0.name)" }
    ?? "held against no history: \(answer.withoutHistory)"
  return "\(answer.file): \(found)\(also); \(against)."
}

private func message(_ finding: CheckFinding) -> String {
  let subject = finding.service.isEmpty ? "" : "\(finding.service): "
  return "\(subject)\(finding.statement). \(finding.arithmetic)."
}

private func findingTable(_ findings: [CheckFinding], _ name: String, _ answer: CheckAnswer) -> ReportTable {
  ReportTable(
    name,
    columns: [
      .text("service", "Service"), .text("rule", "Rule"), .text("finding", "Finding"), .text("arithmetic", "Reckoning"),
      .text("place", "Where"), .text("against", "Against"),
    ],
    rows: findings.map { finding in
      let places = finding.places.map { placeText($0, answer) }
      return [
        .text(finding.service.isEmpty ? "fleet" : finding.service), .code(finding.rule), .text(finding.statement),
        .text(finding.arithmetic), .text(places.first ?? ""), .text(places.dropFirst().joined(separator: "; ")),
      ]
    })
}

/// Findings for programs: the first two places alone, without words of their own.
private func figures(_ answer: CheckAnswer) -> ReportTable {
  ReportTable(
    "findings",
    columns: [
      .text("level", "Level"), .text("rule", "Rule"), .text("service", "Service"), .text("finding", "Finding"),
      .text("arithmetic", "Reckoning"), ReportColumn("times", "Times", .number(unit: nil)),
      ReportColumn("line", "Line", .count), .text("key", "Key"), ReportColumn("against_line", "Against line", .count),
      .text("against_key", "Against key"),
    ],
    rows: answer.check.findings.map { finding in
      let places = finding.places.prefix(2).map(answer.place)
      func cells(_ index: Int) -> [ReportCell] {
        guard places.indices.contains(index) else { return [.empty, .empty] }
        return [places[index].line.map { .count($0) } ?? .empty, .text(places[index].key ?? "")]
      }
      return [
        .text(finding.level.rawValue), .text(finding.rule), .text(finding.service), .text(finding.statement),
        .text(finding.arithmetic), .measured(finding.weight, decimals: 2),
      ] + cells(0) + cells(1)
    })
}

/// `line 93, services[1].maximum: 8`.
private func placeText(_ place: CheckedPlace, _ answer: CheckAnswer) -> String {
  let line = answer.document?.line(of: place.path).map { "line \($0), " } ?? ""
  return "\(line)\(place.path): \(place.says)"
}

private func claimTable(_ answer: CheckAnswer) -> ReportTable {
  ReportTable(
    "claims",
    columns: [
      .text("service", "Service"), .text("claim", "Claim"), .text("status", "Status"), .text("measured", "Measured"),
      .text("basis", "By"), ReportColumn("line", "Line", .count),
    ],
    rows: answer.check.claims.map { verdict in
      let line = answer.document?.line(of: verdict.path).map { ReportCell.count($0) } ?? .empty
      switch verdict.status {
      case .held:
        return [
          .text(verdict.service), .text(verdict.claim), .text("held"), .text(verdict.measuredText),
          .text(verdict.basis), line,
        ]
      case .refuted:
        return [
          .text(verdict.service), .text(verdict.claim), .text("refuted"), .text(verdict.measuredText),
          .text(verdict.basis), line,
        ]
      case .notMeasured(let reason):
        return [
          .text(verdict.service), .text(verdict.claim), .text("not measured"), .empty, .text(reason), line,
        ]
      }
    })
}

private func uncheckedWords(_ answer: CheckAnswer) -> [String] {
  var words: [String] = []
  if answer.month == nil {
    let asking = checkRules.filter { $0.examples == nil }.map(\.id).joined(separator: ", ")
    words.append("\(asking), and claims: \(answer.withoutHistory).")
  }
  if !answer.check.unspecified.isEmpty {
    words.append(
      "Sizes of \(answer.check.unspecified.joined(separator: ", ")): no price book says what they offer.")
  }
  return words
}

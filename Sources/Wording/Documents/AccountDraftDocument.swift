import Analytics
import Model

/// What a fleet file was made of, what it says, and what could not be known.
///
/// - Parameter spelling: how the reader states a parameter.
package func accountDraftDocument(_ draft: AccountDraft, spelling: (Parameter) -> String) -> ReportDocument {
  var sections = [ReportSection("services", title: "Services", blocks: [.table(serviceTable(draft))])]
  if !draft.differences.isEmpty {
    sections.append(
      ReportSection("differences", title: differencesTitle(draft), blocks: [.table(differenceTable(draft))]))
  }
  if let pods = draft.pods { sections += podSections(pods) }
  sections.append(
    ReportSection("not-known", title: "What is not known, and what that costs", blocks: [.table(unknownTable(draft))]))
  if !draft.skipped.isEmpty {
    let lines = draft.skipped.map { "\($0.file): \($0.reason)" }
    sections.append(ReportSection("skipped", title: "Files that were not read", blocks: [.list(lines)]))
  }
  return ReportDocument(
    "init", title: "\(draft.name): \(outcomeText(draft, spelling))",
    blocks: [.paragraph(summary(draft)), .paragraph(nextStep(draft))], sections: sections)
}

private func outcomeText(_ draft: AccountDraft, _ spelling: (Parameter) -> String) -> String {
  switch draft.outcome {
  case .new: "\(draft.path) is written"
  case .same: "nothing to change in \(draft.path)"
  case .updated: "\(draft.path) is brought up to date"
  case .left: "\(draft.path) is left as it is; \(spelling(.update)) adds what is new"
  }
}

private func summary(_ draft: AccountDraft) -> String {
  let services = draft.services.count == 1 ? "1 service" : "\(grouped(draft.services.count)) services"
  let charges = draft.charges == 1 ? "1 charge" : "\(grouped(draft.charges)) charges"
  let files = draft.read.count == 1 ? "1 file" : "\(grouped(draft.read.count)) files"
  return "\(services) and \(charges) beside instances, from \(files)."
}

private func nextStep(_ draft: AccountDraft) -> String {
  let folder = draft.path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  return "Next: plimsoll import dataset \(folder), then plimsoll cost and plimsoll rightsize."
}

private func serviceTable(_ draft: AccountDraft) -> ReportTable {
  ReportTable(
    "services",
    columns: [
      .text("service", "Service"), ReportColumn("running", "Running", .count), .text("types", "Types"),
      .text("regions", "Regions"), ReportColumn("minimum", "Minimum", .count),
      ReportColumn("maximum", "Maximum", .count),
    ],
    rows: draft.services.map { one in
      [
        .text(one.name), .count(one.running), .text(few(one.types)), .text(few(one.regions)),
        one.minimum.map { .count($0) } ?? .empty, one.maximum.map { .count($0) } ?? .empty,
      ]
    })
}

/// The first three of a list, and how many more there are.
private func few(_ words: [String]) -> String {
  let first = words.prefix(3).joined(separator: ", ")
  return words.count > 3 ? "\(first) and \(words.count - 3) more" : first
}

private func differencesTitle(_ draft: AccountDraft) -> String {
  draft.outcome == .updated ? "What became of it" : "What the cloud says otherwise"
}

private func differenceTable(_ draft: AccountDraft) -> ReportTable {
  ReportTable(
    "differences",
    columns: [
      .text("subject", "Subject"), .text("outcome", "Outcome"), .text("file", "The file has"),
      .text("cloud", "The cloud says"),
    ],
    rows: draft.differences.map { one in
      [
        .text(one.subject), .text(one.outcome), .text(one.file.joined(separator: "; ")),
        .text(one.cloud.joined(separator: "; ")),
      ]
    })
}

private func unknownTable(_ draft: AccountDraft) -> ReportTable {
  ReportTable(
    "not_known", columns: [.text("what", "Not known"), .text("cost", "What that costs")],
    rows: draft.unknowns.map { [.text($0.what), .text($0.cost)] })
}

private func podSections(_ pods: PodShares) -> [ReportSection] {
  let remark =
    "A share is the mean of the parts of CPU and memory that is asked for, of all nodes. What that costs "
    + "plimsoll cost tells by namespace."
  let unplaced =
    pods.unplaced > 0 ? " \(grouped(pods.unplaced)) pods are on no node that was listed, and have no share." : ""
  return [
    ReportSection(
      "namespaces", title: "Namespaces of Kubernetes",
      blocks: [
        .paragraph(remark + unplaced), .table(podTable("namespaces", "Namespace", pods.namespaces, idle: pods.idle)),
      ]),
    ReportSection("nodes", title: "Nodes", blocks: [.table(podTable("nodes", "Node", pods.nodes))]),
    ReportSection("labels", title: "Labels", blocks: [.table(podTable("labels", "Label", pods.apps))]),
  ]
}

private func podTable(_ name: String, _ title: String, _ sums: [PodShares.Sum], idle: Int64? = nil) -> ReportTable {
  let gibibyte = Double(1 << 30)
  let rows = sums.map { sum -> [ReportCell] in
    [
      .text(sum.name), .count(sum.pods), .count(sum.asking), .measured(Double(sum.cpuRequest) / 1000, decimals: 2),
      .measured(Double(sum.cpuLimit) / 1000, decimals: 2), .measured(Double(sum.memoryRequest) / gibibyte, decimals: 2),
      .measured(Double(sum.memoryLimit) / gibibyte, decimals: 2),
      .known(sum.millionths, or: "no node says what it has") { .share(Double($0) / 1_000_000) },
    ]
  }
  let rest: [[ReportCell]] =
    idle.map { [[.text("idle"), .empty, .empty, .empty, .empty, .empty, .empty, .share(Double($0) / 1_000_000)]] } ?? []
  return ReportTable(
    name,
    columns: [
      .text("name", title), ReportColumn("pods", "Pods", .count), ReportColumn("asking", "Asking", .count),
      ReportColumn("cpu_requests", "CPU asked", .number(unit: "vCPU")),
      ReportColumn("cpu_limits", "CPU limit", .number(unit: "vCPU")),
      ReportColumn("memory_requests", "Memory asked", .number(unit: "GiB")),
      ReportColumn("memory_limits", "Memory limit", .number(unit: "GiB")), ReportColumn("share", "Share", .share),
    ], rows: rows + rest)
}

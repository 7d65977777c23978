import Model

extension Verdict {
  /// What to do, or what is left as it is: `move from m5.2xlarge to m5.xlarge`.
  var text: String {
    switch conclusion {
    case .change: changes.map(\.change.words).joined(separator: "; ")
    case .keep(let name): "keep \(name)"
    case .noChange: "no change"
    case .noWindows: "no windows"
    case .notJudged: "not judged"
    case .notMoved(let name): "not moved to \(name)"
    case .nothingToStop: "nothing to stop"
    case .buyNothing: "buy nothing now"
    case .text(let text): text
    }
  }

  /// Why, in words.
  var reasonText: String {
    switch reason {
    case .purchase(let reason): reason.text
    case .text(let text): text
    }
  }
}

extension EvidenceFigure {
  /// The figure with its label.
  var fact: ReportFact {
    switch self {
    case .purchase(let figure): ReportFact(figure.label, .text(figure.value))
    case .labelled(let label, let value): ReportFact(label, .text(value))
    }
  }
}

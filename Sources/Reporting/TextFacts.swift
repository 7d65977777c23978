import Model

/// Labelled figures in a terminal: the labels below one another, the figures beside them.
struct TextFacts {
  private let facts: [(label: TerminalText, value: TerminalText)]
  private let width: Int

  init(_ facts: [ReportFact], width: Int) {
    self.facts = facts.map { (TerminalText($0.label + ":"), TerminalText($0)) }
    self.width = width
  }

  func lines() -> [String] {
    let labels = min(facts.map(\.label.width).max() ?? 0, 40, width / 2)
    let room = width - labels - 1
    guard room >= 16 else {
      return facts.flatMap { ($0.label + $0.value).lines(within: width, first: "", next: "") }
    }
    return facts.flatMap { fact in
      let (left, right) = (fact.label.lines(within: labels), fact.value.lines(within: room))
      return (0..<max(left.count, right.count)).map { index in
        let label = index < left.count ? left[index] : TerminalText.Word()
        return label.filled(to: labels, right: false) + " " + (index < right.count ? right[index].text : "")
      }
    }
  }
}

extension TerminalText {
  /// The value of a fact; a unit stays beside its figure.
  init(_ fact: ReportFact) {
    let unit = fact.unit.map { " \(shown($0))" } ?? ""
    switch PrintedCell(fact.value) {
    case .figure(let text): self.init(figure: text + unit)
    case .words(let text), .code(let text), .link(let text, _): self.init(text + unit)
    case let cell: self.init(cell)
    }
  }
}

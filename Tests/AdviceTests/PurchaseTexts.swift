import Model

// What is said of purchases is still text; its tests read it through these. They go when it is typed.

extension Verdict {
  var text: String { if case .text(let text) = conclusion { text } else { "\(conclusion)" } }
}

extension VerdictReason: ExpressibleByStringLiteral {
  /// Words as a reason.
  public init(stringLiteral text: String) { self = .text(text) }
}

extension EvidenceFigure {
  var label: String { if case .labelled(let label, _) = self { label } else { "" } }
  var value: String { if case .labelled(_, let value) = self { value } else { "" } }
}

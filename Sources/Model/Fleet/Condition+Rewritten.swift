extension Condition {
  /// The same with another number; all other words stay as they were written.
  package func with(value: ScaledDecimal) -> Condition {
    let head = text.prefix(1) + text.dropFirst().prefix(while: \.isWhitespace)
    let tail = text.dropFirst(head.count).drop { $0.isNumber || $0 == "." }
    return Condition("\(head)\(value.normalised)\(tail)") ?? self
  }

  /// The same for another time; the same itself where it counts samples instead.
  package func lasting(_ span: TimeSpan) -> Condition {
    guard samples == nil else { return self }
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    if let place = words.firstIndex(of: "for"), place + 1 < words.count {
      words[place + 1] = span.description
    } else if span.seconds > 0 {
      words += ["for", span.description]
    }
    return Condition(words.joined(separator: " ")) ?? self
  }
}

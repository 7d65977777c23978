/// The reasons why cells of a table are unknown, each told once below it.
struct UnknownNotes {
  private var numbers: [String: Int] = [:]
  private var reasons: [String] = []

  /// What stands in a cell for a reason: `unknown [1]`.
  mutating func mark(_ reason: String) -> String {
    if numbers[reason] == nil {
      reasons.append(reason)
      numbers[reason] = reasons.count
    }
    return "unknown [\(numbers[reason]!)]"
  }

  func lines(within width: Int) -> [String] {
    reasons.enumerated().flatMap { index, reason in
      let mark = "[\(index + 1)] "
      let indent = String(repeating: " ", count: mark.utf8.count)
      return TerminalText(reason).lines(within: width, first: mark, next: indent)
    }
  }
}

import Model

/// JSON as configuration is written: two blanks a level, keys in the order given.
indirect enum ExportedJSON {
  case string(String)
  case number(Int)
  /// A number or a word as JSON has it: `0.5`, `true`.
  case literal(String)
  /// A text that another program works out: `${var.group}`.
  case expression(String)
  case array([ExportedJSON])
  case object([(String, ExportedJSON)])

  func text(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .string(let text), .expression(let text): return jsonString(text)
    case .number(let number): return "\(number)"
    case .literal(let text): return text
    case .array(let items):
      guard !items.isEmpty else { return "[]" }
      return "[\n" + items.map { inner + $0.text(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = members.map { "\(inner)\(jsonString($0)): \($1.text(indent: inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }
}

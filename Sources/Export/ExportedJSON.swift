import Model

/// JSON as configuration is written: two blanks a level, keys in the order given.
indirect enum ExportedJSON {
  case string(String)
  case number(Int)
  case array([ExportedJSON])
  case object([(String, ExportedJSON)])

  func text(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .string(let text): return jsonString(text)
    case .number(let number): return "\(number)"
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

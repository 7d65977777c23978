import Model

/// JSON to be written (RFC 8259): members in the order they are given.
indirect enum JSONTree {
  /// A number or `null` as it stands.
  case raw(String)
  case string(String)
  case array([JSONTree])
  case object([(String, JSONTree)])
  /// An object on one line, with all that is in it.
  case line([(String, JSONTree)])

  /// Its text, indented by two spaces a level.
  func text(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .raw(let text): return text
    case .string(let text): return jsonString(text)
    case .line(let members): return "{\(members.map { "\(jsonString($0)): \($1.text())" }.joined(separator: ", "))}"
    case .array(let items): return Self.block("[", items.map { $0.text(indent: inner) }, "]", indent)
    case .object(let members):
      return Self.block("{", members.map { "\(jsonString($0)): \($1.text(indent: inner))" }, "}", indent)
    }
  }

  private static func block(_ open: String, _ items: [String], _ close: String, _ indent: String) -> String {
    guard !items.isEmpty else { return open + close }
    return "\(open)\n\(items.map { "\(indent)  \($0)" }.joined(separator: ",\n"))\n\(indent)\(close)"
  }
}

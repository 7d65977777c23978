/// Text in quotes on one line of YAML or JSON.
///
/// Source: "YAML 1.2.2", 7.3.1 (double quotes, escapes) and 7.3.2 (single quotes, which are written twice within).
enum QuotedScalar {
  /// What stands between the quotes that begin at a place, and the place behind them; nil where they do not end on the line, or
  /// have an escape that neither JSON nor plain text needs.
  static func read(_ line: [Unicode.Scalar], from start: Int) -> (text: String, end: Int)? {
    let quote = line[start]
    var text = String.UnicodeScalarView()
    var place = start + 1
    while place < line.count {
      let scalar = line[place]
      place += 1
      if scalar == quote {
        guard quote == "'", place < line.count, line[place] == quote else { return (String(text), place) }
        text.append(quote)
        place += 1
      } else if scalar == "\\", quote == "\"" {
        guard let escaped = escape(line, at: &place) else { return nil }
        text.append(escaped)
      } else {
        text.append(scalar)
      }
    }
    return nil
  }

  /// The sign that an escape stands for, from behind its backslash on.
  private static func escape(_ line: [Unicode.Scalar], at place: inout Int) -> Unicode.Scalar? {
    guard place < line.count else { return nil }
    let kind = line[place]
    place += 1
    switch kind {
    case "\"", "\\", "/": return kind
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "u":
      guard place + 4 <= line.count else { return nil }
      let digits = String(String.UnicodeScalarView(line[place..<place + 4]))
      place += 4
      // Halves of a pair are no signs, and are left to whoever wrote them.
      return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    default: return nil
    }
  }
}

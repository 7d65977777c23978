/// Writes delimited rows (RFC 4180, LF), quoting only where needed; an empty field that is alone in its row is quoted,
/// too, so that the row is no blank line.
package func delimitedText(_ rows: [[String]]) -> String {
  var text = ""
  for row in rows {
    if row == [""] { text += "\"\"" }
    for (column, field) in row.enumerated() {
      if column > 0 { text += "," }
      text += delimitedField(field)
    }
    text += "\n"
  }
  return text
}

private func delimitedField(_ field: String) -> String {
  let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
  guard field.utf8.contains(where: { $0 == comma || $0 == quote || $0 == 10 || $0 == 13 }) else { return field }
  let doubled = field.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
  return String(decoding: [quote] + doubled + [quote], as: UTF8.self)
}

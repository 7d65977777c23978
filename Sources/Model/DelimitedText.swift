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

/// Text that no spreadsheet runs: one that it would take for a formula stands behind an apostrophe. Control characters
/// but line feeds are escapes that are seen.
///
/// Source: OWASP, "CSV Injection": a formula starts with `=`, `+`, `-`, `@`, a tab or a line end, also as a wide
/// character, and blanks or quotes before it are passed over.
package func csvText(_ text: String) -> String {
  var seen = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar.isUnseen, scalar != "\n" {
      seen.append(contentsOf: scalar.seen.unicodeScalars)
    } else {
      seen.append(scalar)
    }
  }
  return isFormula(text) ? "'" + String(seen) : String(seen)
}

private func isFormula(_ text: String) -> Bool {
  let scalars = text.unicodeScalars
  guard let first = scalars.first(where: { !$0.properties.isWhitespace && !"\"'".unicodeScalars.contains($0) }) else {
    return scalars.first.map(\.isSpacing) ?? false
  }
  return scalars.first!.isSpacing || "=+-@＝＋－＠".unicodeScalars.contains(first)
}

// What a name could inject into markdown, escaped as CommonMark and GitHub read it. Line ends become spaces, and
// control characters escapes that are seen.

import Model

/// Text in which nothing formats, links, is HTML or ends a cell of a table.
func markdownEscaped(_ text: String, isInTable: Bool = false) -> String {
  let text = trimmed(text)
  guard text.utf8.contains(where: { !isPlain($0) }) else { return text }
  let scalars = Array(text.unicodeScalars)
  let lastSemicolon = scalars.lastIndex(of: ";") ?? -1
  var escaped = String.UnicodeScalarView()
  for (index, scalar) in scalars.enumerated() {
    let before = index > 0 ? scalars[index - 1] : " "
    let after = index + 1 < scalars.count ? scalars[index + 1] : " "
    let needsMark =
      switch scalar {
      case "\\", "`", "[", "]", "<", ">", "~", "$": true
      case "|": isInTable
      case "*": !(before == " " && after == " ")
      // Within a word it never formats: `error_rate_percent`.
      case "_": !(before == " " && after == " ") && !(before.isLetterOrDigit && after.isLetterOrDigit)
      case "#": index == 0
      // Of an entity: `&lt;`.
      case "&": index < lastSemicolon && (after == "#" || after.isLetterOrDigit)
      default: false
      }
    if needsMark { escaped.append("\\") }
    if scalar.isUnseen {
      escaped.append(contentsOf: scalar.seen.unicodeScalars)
    } else {
      escaped.append(scalar)
    }
  }
  return String(escaped)
}

/// Our own words, in which backticks mark code and nothing else formats; a name among them formats nothing either.
func markdownProse(_ text: String) -> String {
  let scalars = Array(trimmed(text).unicodeScalars)
  var prose = ""
  var end = 0
  for code in codeSpans(scalars) {
    prose += escapedKeepingBlanks(scalars[end..<code.lowerBound]) + shown(string(scalars[code]))
    end = code.upperBound
  }
  return startEscaped(prose + escapedKeepingBlanks(scalars[end...]))
}

/// Words of a heading, whose last `#` would be taken for its end.
func markdownHeading(_ text: String) -> String {
  let prose = markdownProse(text)
  return prose.hasSuffix("#") && !prose.hasSuffix("\\#") ? prose.dropLast() + "\\#" : prose
}

/// Code between backticks, one more of them than stand together in it.
func markdownCode(_ text: String, isInTable: Bool = false) -> String {
  let code = Array(trimmed(shown(text)).unicodeScalars)
  guard !code.isEmpty else { return "" }
  // No escape of a pipe behind a backslash is read alike everywhere.
  if isInTable, code.contains("|"), code.contains("\\") { return markdownEscaped(text, isInTable: true) }
  let runs = code.split { $0 != "`" }.map(\.count)
  let fence = String(repeating: "`", count: (runs.max() ?? 0) + 1)
  let space = code.first == "`" || code.last == "`" ? " " : ""
  let inner = isInTable ? code.flatMap { $0 == "|" ? ["\\", $0] : [$0] } : code
  return fence + space + string(inner) + space + fence
}

/// Where a link leads: a file beside the report, `#id`, or a web address. No other scheme is left one.
func markdownTarget(_ target: String) -> String {
  let isAddress = target.hasPrefix("https://") || target.hasPrefix("http://")
  let kept = "-._~/#?=+,@\(isAddress ? ":%" : "")".unicodeScalars
  return target.utf8.map { byte in
    let scalar = Unicode.Scalar(byte)
    if scalar.isASCII, scalar.isLetterOrDigit || kept.contains(scalar) { return String(scalar) }
    if isAddress, scalar == "&" { return "\\&" }
    let digits = String(byte, radix: 16, uppercase: true)
    return "%\(byte < 0x10 ? "0" : "")\(digits)"
  }.joined()
}

/// A value between double quotes of an HTML tag.
func markdownAttribute(_ text: String) -> String {
  shown(text).unicodeScalars.map { scalar in
    switch scalar {
    case "&": "&amp;"
    case "\"": "&quot;"
    case "<": "&lt;"
    default: String(scalar)
    }
  }.joined()
}

/// True for a byte that never needs a mark: ASCII letters, digits, blanks, and punctuation without a meaning.
private func isPlain(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
  // These are () and +,-./ with the digits and :; behind them.
  case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+")...UInt8(ascii: ";"): true
  case UInt8(ascii: "%"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "!"), UInt8(ascii: "?"): true
  case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "^"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
  default: false
  }
}

/// Without blanks at its ends, its line ends spaces.
private func trimmed(_ text: String) -> String {
  var wasBlank = true
  let isTrimmed = text.utf8.allSatisfy { byte in
    defer { wasBlank = byte == UInt8(ascii: " ") }
    return byte > 0x20 && byte < 0x7F || byte == UInt8(ascii: " ") && !wasBlank
  }
  if isTrimmed, !wasBlank { return text }
  let spaced = string(text.unicodeScalars.lazy.map { $0.isSpacing ? " " : $0 })
  return spaced.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
}

/// Spans of code as CommonMark finds them, from the left: a run of backticks up to the next run of as many.
private func codeSpans(_ text: [Unicode.Scalar]) -> [Range<Int>] {
  let runs = text.indices.split { text[$0] != "`" }.map { $0.startIndex..<$0.endIndex }
  var closing = [Int?](repeating: nil, count: runs.count)
  var next: [Int: Int] = [:]
  for index in runs.indices.reversed() {
    closing[index] = next[runs[index].count]
    next[runs[index].count] = index
  }
  var spans: [Range<Int>] = []
  var index = 0
  while index < runs.count {
    if let last = closing[index] { spans.append(runs[index].lowerBound..<runs[last].upperBound) }
    index = (closing[index] ?? index) + 1
  }
  return spans
}

/// Escaped words between two spans of code; the blanks at their ends stay.
private func escapedKeepingBlanks(_ words: ArraySlice<Unicode.Scalar>) -> String {
  let escaped = markdownEscaped(string(words))
  guard !escaped.isEmpty else { return words.isEmpty ? "" : " " }
  return (words.first == " " ? " " : "") + escaped + (words.last == " " ? " " : "")
}

/// Words whose start would make a list or a rule of them.
private func startEscaped(_ prose: String) -> String {
  let scalars = prose.unicodeScalars
  let mark = scalars.drop { ("0"..."9").contains($0) }
  guard let first = mark.first else { return prose }
  let next = mark.dropFirst().first ?? " "
  let isNumbered = mark.startIndex > scalars.startIndex
  let starts = isNumbered ? first == "." || first == ")" : first == "+" || first == "-" || first == "*"
  guard starts, next == " " || !isNumbered && next == first else { return prose }
  return prose[..<mark.startIndex] + "\\" + String(Substring(mark))
}

// Characters would join a mark of markdown with an accent behind it, which parsers do not.
private func string(_ scalars: some Sequence<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(scalars)) }

extension Unicode.Scalar {
  /// True for an ASCII letter or digit, and for every letter beyond.
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case "0"..."9", "a"..."z", "A"..."Z": true
    default: value > 0x7F && properties.isAlphabetic
    }
  }
}

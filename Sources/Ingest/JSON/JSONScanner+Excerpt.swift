// What errors show of a JSON text.

import Reading

extension JSONScanner {
  /// An element as it stands in the text, at most 200 bytes.
  func excerpt(_ element: Range<Int>) -> String { badRowText(UnsafeBufferPointer(rebasing: bytes[element])) }

  /// The bad row for a text that is no JSON at a byte.
  func syntaxRow(at position: Int, line: Int, expected: StaticString) -> BadRow {
    BadRow(line: line, found: found(at: position), expected: "\(expected)", text: excerpt(around: position))
  }

  /// What to ask for in place of a value that is no number.
  func expectedNumber(_ value: JSONValue) -> String {
    value.kind == .container ? "a number" : Ingest.expectedNumber(inPlaceOf: span(value))
  }
}

// What a name is, said once: for the store, which compares bytes, for Swift, which compares characters, and for reports.

import Foundation

extension String {
  /// The name in the one form in which it is compared and stored: composed (Unicode's form C), so that `é` is one name,
  /// whether a file has it as one character or as two, as macOS writes file names.
  package var asName: String {
    // All names that programs give are ASCII, which is composed as it is.
    utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
  }

  /// The first control character of a name, NUL and those that turn the direction of writing included, as it is written in
  /// source; nil for a name without one.
  package var controlCharacter: String? {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return nil }
    return unicodeScalars.first { $0.isControl }?.seen
  }
}

/// What an error says of a name with a control character: in place of what was found, and of what was expected.
package func controlCharacterFault(_ character: String, in name: String) -> (found: String, expected: String) {
  ("a name with the control character \(character) (\(shownStart(of: name)))", "a name without control characters")
}

/// The start of a text in quotes, control characters as they are written in source.
private func shownStart(of text: String) -> String {
  let start = text.unicodeScalars.prefix(60)
  let shown = start.map { $0.isControl ? $0.seen : String($0) }.joined()
  return "\"\(shown)\(start.count < text.unicodeScalars.count ? "..." : "")\""
}

extension Unicode.Scalar {
  /// True for what no name has: it ends a line, commands a terminal, or makes a name look like another by turning its letters
  /// round.
  fileprivate var isControl: Bool {
    properties.generalCategory == .control || isSpacing || properties.isBidiControl
  }
}

// Characters that do something and are not seen, which no report may hand on as they are.

extension Unicode.Scalar {
  /// True for a tab and for what ends a line: LF, VT, FF, CR, NEL, the line and the paragraph separator.
  package var isSpacing: Bool { (9...13).contains(value) || value == 0x85 || value == 0x2028 || value == 0x2029 }

  /// True for what is not seen but does something: control characters, direction overrides, marks of no width.
  ///
  /// The joiners of scripts and pictures and the soft hyphen are none of them.
  package var isUnseen: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: properties.isDefaultIgnorableCodePoint && !properties.isJoinControl && value != 0xAD
    default: false
    }
  }

  /// The character's number as it is written in source: `\x1B`, `\u{202E}`.
  package var seen: String {
    let digits = String(value, radix: 16, uppercase: true)
    guard value < 0x100 else { return "\\u{\(digits)}" }
    return "\\x\(value < 0x10 ? "0" : "")\(digits)"
  }
}

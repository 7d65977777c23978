/// How many columns a terminal gives to a character as a reader counts them: a grapheme cluster.
///
/// East Asian wide and emoji characters take two, marks none. Clusters of letters take what their letters do. Source:
/// Unicode Standard Annex #11, "East Asian Width", and `wcwidth` as terminals have it; where terminals disagree, the
/// wider.
func terminalWidth(of character: Character) -> Int {
  let scalars = character.unicodeScalars
  if let only = scalars.first, scalars.count == 1 { return only.terminalWidth }
  if scalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
  if let first = scalars.first, first.properties.isEmoji, first.value > 0xFF { return 2 }
  return scalars.reduce(0) { $0 + $1.terminalWidth }
}

/// The columns that a text takes on one line.
func terminalWidth(of text: some StringProtocol) -> Int {
  if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
  return text.reduce(0) { $0 + terminalWidth(of: $1) }
}

extension Unicode.Scalar {
  fileprivate var terminalWidth: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case .format where properties.isDefaultIgnorableCodePoint: return 0
    default: break
    }
    if Self.isJoinedJamo(value) { return 0 }
    return properties.isEmojiPresentation || wideRanges.contains { $0.contains(value) } ? 2 : 1
  }

  /// Vowels and finals of Hangul, which join the syllable before them.
  private static func isJoinedJamo(_ value: UInt32) -> Bool {
    (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
  }
}

/// Blocks of wide characters; emoji are known by their property.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0xA4CF,
  0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
  0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x3FFFD,
]

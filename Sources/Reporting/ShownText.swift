import Model

/// Text on one line, in which what would steer a terminal or reorder its letters is seen as an escape: `\x1B`,
/// `\u{202E}`.
///
/// Line ends and tabs become spaces.
func shown(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return text }
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar.isSpacing {
      shown.append(" ")
    } else if scalar.isUnseen {
      shown.append(contentsOf: scalar.seen.unicodeScalars)
    } else {
      shown.append(scalar)
    }
  }
  return String(shown)
}

/// How much of an input an error shows, in characters.
private let mostShown = 80

/// A text as errors show it: at most 80 characters, and `…` where there are more.
package func excerpt(_ text: String) -> String {
  // Looked at from its start alone: it may be a whole file.
  guard text.utf8.count > mostShown,
    let end = text.index(text.startIndex, offsetBy: mostShown, limitedBy: text.endIndex),
    end < text.endIndex
  else { return text }
  return text[..<end] + "…"
}

/// What an error found, in which a quote is an excerpt; our words before it and behind stay.
func quotingLittle(_ found: String) -> String {
  let mark = UInt8(ascii: "\"")
  guard found.utf8.count > mostShown else { return found }
  guard let open = found.utf8.firstIndex(of: mark), let close = found.utf8.lastIndex(of: mark), open < close else {
    return found.utf8.count > mostOwn ? excerpt(found) : found
  }
  let start = found.utf8.index(after: open)
  let (before, quote, behind) = (String(found[..<start]), String(found[start..<close]), String(found[close...]))
  return ownWords(before) + excerpt(quote) + ownWords(behind)
}

/// More than our own words come to, with names of files among them.
private let mostOwn = 400

private func ownWords(_ text: String) -> String { text.utf8.count > mostOwn ? excerpt(text) : text }

extension StringProtocol {
  /// Without white space at either end.
  package var trimmed: String {
    // By indices: `dropLast` of a slice of any text walks all of it each time.
    var (start, end) = (startIndex, endIndex)
    while start < end, self[start].isWhitespace { start = index(after: start) }
    while start < end {
      let before = index(before: end)
      guard self[before].isWhitespace else { break }
      end = before
    }
    return String(self[start..<end])
  }
}

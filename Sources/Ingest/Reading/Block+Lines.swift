import Reading

extension Block {
  /// Goes through the lines of the block for a parser whose rows are lines, until there are too many bad rows, and
  /// counts all of them.
  ///
  /// - Parameter take: reads a line of the content; the bad row, still without its line, when it cannot be used.
  func readLines(
    into batch: inout SampleBatch, badRowLimit: Int,
    _ take: (_ content: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, inout SampleBatch) -> BadRow?
  ) {
    bytes.withUnsafeBufferPointer { padded in
      let content = UnsafeBufferPointer(rebasing: padded[..<count])
      var start = 0
      var line = 0
      while start < content.count, batch.badRows.count <= badRowLimit {
        let end = content[start...].firstIndex(of: 10) ?? content.count
        if var bad = take(content, start..<end, &batch) {
          bad.line = line
          batch.badRows.append(bad)
        }
        start = end + 1
        line += 1
      }
      batch.lines = lineFeeds(in: content[...])
    }
  }
}

/// Bytes as text, at most 200 of them.
func badRowText(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
  String(decoding: bytes.prefix(200), as: UTF8.self)
}

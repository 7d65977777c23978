/// How many line feeds there are.
package func lineFeeds(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
  let bytes = UnsafeBufferPointer(rebasing: bytes)
  var count = 0
  for byte in bytes { count &+= byte == 10 ? 1 : 0 }
  return count
}

/// Counts lines up to places that mostly come in order.
package struct LineCount {
  private var position = 0
  private var line = 0

  package init() {}

  /// Line feeds before a position.
  package mutating func line(at position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if position >= self.position {
      line += lineFeeds(in: bytes[self.position..<position])
    } else {
      line -= lineFeeds(in: bytes[position..<self.position])
    }
    self.position = position
    return line
  }
}

import Model

/// A JSON document of any size, read from front to back through a window on it.
///
/// Memory does not grow with the document, only with the largest value that is asked for as a whole. Errors name the line.
package final class JSONStream {
  /// No value that is read as a whole may be longer.
  package static let longestValue = 64 << 20

  private let source: ByteSource
  private var window: UnsafeMutableBufferPointer<UInt8>
  /// Content in the window.
  private var count = 0
  private var isAtEnd = false
  private var scanner: JSONScanner
  /// Line feeds that left the window.
  private var linesGone = 0
  /// Line feeds of the window, up to the value that was last read as a tree.
  private var linesPassed = LineCount()

  /// - Parameters:
  ///   - ahead: content that was taken from the source already.
  ///   - windowSize: bytes that are looked at together; it grows where a value is longer.
  package init(_ source: ByteSource, ahead: [UInt8] = [], windowSize: Int = 1 << 20) throws(DataError) {
    self.source = source
    window = .allocate(capacity: max(windowSize, ahead.count, 64))
    _ = window.update(fromContentsOf: ahead)
    count = ahead.count
    scanner = JSONScanner(UnsafeBufferPointer(rebasing: window[..<count]))
    if ahead.isEmpty { try refill() }
  }

  deinit { window.deallocate() }

  /// Passes `{`; ``nextKey()`` follows.
  package func enterObject() throws(DataError) { try advance { scanner throws(JSONStop) in try scanner.enterObject() } }

  /// Passes `[`; ``nextElement()`` follows.
  package func enterArray() throws(DataError) { try advance { scanner throws(JSONStop) in try scanner.enterArray() } }

  /// The next key of an object; its value must be read next. nil behind the last.
  package func nextKey() throws(DataError) -> String? {
    try advance { scanner throws(JSONStop) in try scanner.nextKey().map { scanner.text($0) } }
  }

  /// True before another element of an array, which must be read next; false behind the last.
  package func nextElement() throws(DataError) -> Bool {
    try advance { scanner throws(JSONStop) in try scanner.nextElement() }
  }

  /// Passes a value, however long it is.
  package func skip() throws(DataError) {
    let byte = try advance { scanner throws(JSONStop) in scanner.next() }
    switch byte {
    case UInt8(ascii: "{"):
      try enterObject()
      while try advance({ scanner throws(JSONStop) in try scanner.nextKey() }) != nil { try skipWhole() }
    case UInt8(ascii: "["):
      try enterArray()
      while try nextElement() { try skipWhole() }
    default: _ = try advance { scanner throws(JSONStop) in try scanner.value() }
    }
  }

  private func skipWhole() throws(DataError) { _ = try advance { scanner throws(JSONStop) in try scanner.value() } }

  /// Reads a value as a tree.
  package func node() throws(DataError) -> JSONNode {
    try advance { scanner throws(JSONStop) in
      let (bytes, first) = (scanner.bytes, linesGone + 1)
      return try scanner.node { first + linesPassed.line(at: $0, in: bytes) }
    }
  }

  /// Lets a value, or a part of the document, be read without a tree.
  ///
  /// - Parameter body: reads with the scanner; called again from the same place, with more content, when the window
  ///   ended before it did. It must have no other effects.
  /// - Throws: ``DataError`` naming the line for a text that is no JSON.
  package func advance<T>(_ body: (inout JSONScanner) throws(JSONStop) -> T) throws(DataError) -> T {
    while true {
      var attempt = scanner
      let outcome: Result<T, JSONStop>
      do throws(JSONStop) { outcome = .success(try body(&attempt)) } catch { outcome = .failure(error) }
      switch outcome {
      case .success(let result):
        // At the end of the window a number may go on.
        if attempt.position < count || isAtEnd {
          scanner = attempt
          return result
        }
      case .failure(let stop):
        // A word is found wrong at its start, which lies before the end of the window.
        guard case .syntax(let position, _) = stop, !isAtEnd, position + 16 > count else { throw error(stop) }
      }
      try refill()
    }
  }

  /// Expects nothing more but white space.
  package func expectEnd() throws(DataError) {
    try advance { scanner throws(JSONStop) in try scanner.expectEnd() }
  }

  /// The line of the next byte, counted from 1.
  package var line: Int { line(at: scanner.position) }
  /// The file and that line.
  package var place: Place { Place(file: source.name, line: line) }

  /// The line of a byte of the window.
  package func line(at position: Int) -> Int {
    linesGone + lineFeeds(in: Slice(base: scanner.bytes, bounds: 0..<position)) + 1
  }

  private func error(_ stop: JSONStop) -> DataError {
    scanner.error(stop) { Place(file: source.name, line: line(at: $0)) }
  }

  /// Lets the bytes before the next one go, and takes more behind the last.
  private func refill() throws(DataError) {
    let position = scanner.position
    linesGone += lineFeeds(in: Slice(base: scanner.bytes, bounds: 0..<position))
    linesPassed = LineCount()
    let rest = count - position
    if position == 0, count == window.count {
      guard window.count < Self.longestValue else {
        throw DataError(
          Place(file: source.name, line: linesGone + 1), found: "a value of more than \(Self.longestValue) bytes",
          expected: "shorter ones")
      }
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * window.count)
      _ = larger.update(fromContentsOf: window[..<count])
      window.deallocate()
      window = larger
    } else if position > 0 {
      window.baseAddress!.update(from: window.baseAddress! + position, count: rest)
    }
    let free = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(window)[rest...])
    let read = try source.read(into: free)
    isAtEnd = read < free.count
    count = rest + read
    scanner = scanner.moved(to: UnsafeBufferPointer(rebasing: window[..<count]))
  }
}

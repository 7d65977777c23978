import Model

/// A JSON document of any size, read from front to back through a window on it.
///
/// Memory does not grow with the document, only with the largest value that is asked for as a whole. Errors name the line.
package final class JSONStream {
  /// No value that is read as a whole may be longer.
  package static let longestValue = 64 << 20

  private let source: ByteSource
  /// What was taken from the source before, as far as it was not in the window yet.
  private var ahead: ArraySlice<UInt8>
  private var window: UnsafeMutableBufferPointer<UInt8>
  /// Content in the window.
  @usableFromInline var count = 0
  @usableFromInline var isAtEnd = false
  @usableFromInline var scanner: JSONScanner
  /// Bytes that left the window.
  private var bytesGone = 0
  /// Line feeds that left the window.
  private var linesGone = 0
  /// Line feeds of the window, up to the value that was last read as a tree.
  private var linesPassed = LineCount()

  /// - Parameters:
  ///   - ahead: content that was taken from the source already.
  ///   - windowSize: bytes that are looked at together; it grows where a value is longer.
  package init(_ source: ByteSource, ahead: [UInt8] = [], windowSize: Int = 1 << 20) throws(DataError) {
    self.source = source
    self.ahead = ahead[...]
    window = .allocate(capacity: max(windowSize, 64))
    scanner = JSONScanner(UnsafeBufferPointer(rebasing: window[..<0]))
    try refill()
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

  /// Passes a value and says where it stands in ``scanned``.
  package func value() throws(DataError) -> JSONValue {
    try advance { scanner throws(JSONStop) in try scanner.value() }
  }

  /// The next value of an array, as ``value()``; nil behind the last.
  package func nextValue() throws(DataError) -> JSONValue? {
    try advance { scanner throws(JSONStop) in try scanner.nextElement() ? try scanner.value() : nil }
  }

  /// Passes a value, however long it is.
  package func skip() throws(DataError) {
    switch try next() {
    case UInt8(ascii: "{"):
      try enterObject()
      while try advance({ scanner throws(JSONStop) in try scanner.nextKey() }) != nil { try skipWhole() }
    case UInt8(ascii: "["):
      try enterArray()
      while try nextElement() { try skipWhole() }
    default: _ = try value()
    }
  }

  private func skipWhole() throws(DataError) { _ = try value() }

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
  @inlinable
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

  /// The next byte that is no white space, which is not passed; 0 at the end.
  package func next() throws(DataError) -> UInt8 { try advance { scanner throws(JSONStop) in scanner.next() } }

  /// The part of the text that is looked at: what the positions of values say that were read last. They hold until more
  /// is read.
  @inlinable
  package var scanned: JSONScanner { scanner }

  /// Expects nothing more but white space.
  package func expectEnd() throws(DataError) {
    try advance { scanner throws(JSONStop) in try scanner.expectEnd() }
  }

  /// The next bytes from one that is no white space on, which are not passed; fewer only at the end.
  package func nextBytes(most: Int) throws(DataError) -> [UInt8] {
    _ = try next()
    while count - scanner.position < most, !isAtEnd { try refill() }
    return Array(scanner.bytes[scanner.position...].prefix(most))
  }

  /// Bytes before the next one.
  package var offset: Int { bytesGone + scanner.position }

  /// The line of the next byte, counted from 1.
  package var line: Int { line(at: scanner.position) }
  /// The file and that line.
  package var place: Place { Place(file: source.name, line: line) }

  /// The line of a byte of the window.
  package func line(at position: Int) -> Int { linesGone + linesPassed.line(at: position, in: scanner.bytes) + 1 }

  @usableFromInline
  func error(_ stop: JSONStop) -> DataError {
    scanner.error(stop) { Place(file: source.name, line: line(at: $0)) }
  }

  /// Lets the bytes before the next one go, and takes more behind the last.
  @usableFromInline
  func refill() throws(DataError) {
    let position = scanner.position
    bytesGone += position
    linesGone += linesPassed.line(at: position, in: scanner.bytes)
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
    let read = try fill(free)
    isAtEnd = read < free.count
    count = rest + read
    scanner = scanner.moved(to: UnsafeBufferPointer(rebasing: window[..<count]))
  }

  /// Fills a buffer with what comes next; fewer bytes only at the end.
  private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    let known = min(ahead.count, buffer.count)
    buffer.copyBytes(from: ahead.prefix(known))
    ahead = known < ahead.count ? ahead.dropFirst(known) : []
    return known + (try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[known...])))
  }
}

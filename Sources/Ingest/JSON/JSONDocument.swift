import Model
import Reading

/// A JSON document that is being read into a batch. Formats extend it by what they look for.
struct JSONDocument {
  var scanner: JSONScanner
  var batch = SampleBatch()
  private var series: SeriesNumbers
  private let badRowLimit: Int
  private var lines = LineCount()
  /// Samples whose series is known.
  private var numbered = 0

  /// Reads a block that is one document. What cannot be read as a whole becomes `batch.fatal`, and no sample is left.
  /// - Parameter body: reads the one value that the document is.
  static func read(
    _ block: Block, into batch: inout SampleBatch, numbering series: inout SeriesNumbers, badRowLimit: Int,
    _ body: (inout JSONDocument) throws(JSONStop) -> Void
  ) {
    block.bytes.withUnsafeBufferPointer { padded in
      let bytes = UnsafeBufferPointer(rebasing: padded[..<block.count])
      var document = JSONDocument(scanner: JSONScanner(bytes), series: series, badRowLimit: badRowLimit)
      swap(&document.batch, &batch)
      do throws(JSONStop) {
        try body(&document)
        try document.scanner.expectEnd()
        series = document.series
      } catch {
        document.end(error)
        if document.batch.fatal == nil { series = document.series }
      }
      document.batch.lines = lineFeeds(in: bytes[...])
      swap(&document.batch, &batch)
    }
  }

  private init(scanner: JSONScanner, series: SeriesNumbers, badRowLimit: Int) {
    self.scanner = scanner
    self.series = series
    self.badRowLimit = badRowLimit
  }

  private mutating func end(_ stop: JSONStop) {
    let row: BadRow
    switch stop {
    case .enough:
      // Samples of the element in which the reading stopped may have no series yet.
      batch.samples.removeLast(batch.samples.count - numbered)
      return
    case .syntax(let position, let expected):
      row = scanner.syntaxRow(at: position, line: lines.line(at: position, in: scanner.bytes), expected: expected)
    case .refused(let position, let found, let expected):
      row = BadRow(
        line: lines.line(at: position, in: scanner.bytes), found: found, expected: expected,
        text: scanner.excerpt(around: position))
    }
    let (badRows, memory) = (batch.badRows, batch.samples)
    batch = SampleBatch()
    batch.samples = memory
    batch.samples.removeAll()
    batch.badRows = badRows
    batch.fatal = row
  }

  /// Adds a bad row for an element of the document.
  /// - Throws: ``JSONStop/enough`` when there are more than may be.
  mutating func refuse(_ element: Range<Int>, found: String, expected: String) throws(JSONStop) {
    batch.badRows.append(
      BadRow(
        line: lines.line(at: element.lowerBound, in: scanner.bytes), found: found, expected: expected,
        text: scanner.excerpt(element)))
    if batch.badRows.count > badRowLimit { throw .enough }
  }

  /// The same for a value that stands where something else should.
  mutating func refuse(_ value: JSONValue, expected: String) throws(JSONStop) {
    try refuse(value.start..<value.end, found: scanner.quoted(value), expected: expected)
  }

  /// Adds the sample that an element of the document is, or the bad row.
  /// - Parameter series: a number that ``number(samplesFrom:by:)`` will make the series of.
  @inline(__always)
  mutating func add(
    _ time: JSONValue, _ value: JSONValue, series: UInt32 = 0, of element: Range<Int>
  ) throws(JSONStop) {
    guard let timestamp = scanner.timestamp(time) else {
      return try refuse(
        element, found: scanner.quoted(time, or: "no timestamp"), expected: scanner.expectedTime(inPlaceOf: time))
    }
    switch scanner.measurement(value) {
    case .measured(let mantissa, let scale):
      batch.samples.append(
        Sample(
          series: series, seconds: timestamp.seconds, mantissa: mantissa, scale: scale, isLocal: timestamp.isLocal))
      batch.timestamps.count(timestamp.form)
    case .notMeasured:
      batch.notMeasured &+= 1
    case .wrong:
      let expected = value.kind == .container ? "a number" : expectedNumber(inPlaceOf: scanner.span(value))
      try refuse(element, found: scanner.quoted(value, or: "no value"), expected: expected)
    }
  }

  /// Gives the last samples their series: that of the key whose index they have as a number so far.
  mutating func number(samplesFrom first: Int, by keys: [SourceKey]) {
    var numbers = [UInt32?](repeating: nil, count: keys.count)
    for index in first..<batch.samples.count {
      let key = Int(batch.samples[index].series)
      if let number = numbers[key] {
        batch.samples[index].series = number
      } else {
        let number = series.number(of: keys[key], in: &batch)
        numbers[key] = number
        batch.samples[index].series = number
      }
    }
    numbered = batch.samples.count
  }
}

/// The parser of a format whose files are one document.
struct JSONDocumentParser: SampleParser {
  static let cutting = Cutting.whole

  let holdsOthers: Bool
  private let badRowLimit: Int
  private let body: @Sendable (inout JSONDocument) throws(JSONStop) -> Void
  private var series = SeriesNumbers()

  /// - Parameters:
  ///   - holdsOthers: whether a file may hold what nobody asked about, see ``SampleParser/holdsOthers``.
  ///   - body: reads the one value that the document is.
  init(
    _ options: ReadOptions, holdsOthers: Bool = false,
    _ body: @escaping @Sendable (inout JSONDocument) throws(JSONStop) -> Void
  ) {
    badRowLimit = options.badRowLimit
    self.holdsOthers = holdsOthers
    self.body = body
  }

  mutating func parse(_ block: Block, into batch: inout SampleBatch) {
    JSONDocument.read(block, into: &batch, numbering: &series, badRowLimit: badRowLimit, body)
  }
}

/// What to ask for in place of a timestamp that is none.
let expectedTimestamp = "a timestamp such as 2026-10-01T04:00:00Z, or seconds since 1970"

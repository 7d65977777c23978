import Model
import Reading

/// A JSON document that is being read into batches, from front to back. Formats extend it by what they look for.
///
/// Memory does not grow with the document: samples are handed on in batches as soon as it is known whose they are.
struct JSONDocument {
  /// Ends a document in which there were more bad rows than may be.
  struct Enough: Error {}
  /// What the one who takes the batches had against one.
  struct Refusal: Error { let reason: any Error }

  let stream: JSONStream
  var batch: SampleBatch
  /// What of an answer in parts the document is.
  var parts = AnswerParts()
  private(set) var series: SeriesNumbers
  private let badRowLimit: Int
  private let most: Int
  private let full: (inout SampleBatch) throws -> Void
  /// Samples of the batch whose series is known.
  private var numbered = 0
  /// Line ends in the batches that were handed on.
  private var linesGone = 0

  /// - Parameters:
  ///   - batch: one that is clear, for its memory.
  ///   - most: samples of a batch, unless nobody knows yet whose they are.
  ///   - full: takes a batch, and clears it.
  init(
    _ stream: JSONStream, into batch: consuming SampleBatch, numbering series: SeriesNumbers, badRowLimit: Int,
    most: Int, full: @escaping (inout SampleBatch) throws -> Void
  ) {
    self.stream = stream
    self.batch = batch
    self.series = series
    self.badRowLimit = badRowLimit
    self.most = most
    self.full = full
  }

  /// Reads the document; what is left is in ``batch`` then. What cannot be read as a whole becomes `batch.fatal`, and no
  /// sample is left.
  /// - Parameter body: reads the one value that the document is.
  /// - Throws: what the source throws, and the one who takes the batches.
  mutating func read(_ body: (inout JSONDocument) throws -> Void) throws {
    do {
      try body(&self)
      try stream.expectEnd()
      batch.parts = parts
    } catch is Enough {
      // Samples of the element in which the reading stopped may have no series yet.
      batch.samples.removeLast(batch.samples.count - numbered)
    } catch let refusal as Refusal {
      throw refusal.reason
    } catch let error as DataError {
      try end(error)
    }
    endBatch()
  }

  private mutating func end(_ error: DataError) throws {
    guard error.kind == .badData, let line = error.place.line else { throw error }
    let (badRows, memory) = (batch.badRows, batch.samples)
    batch = SampleBatch()
    batch.samples = memory
    batch.samples.removeAll()
    batch.badRows = badRows
    batch.fatal = BadRow(line: line - 1 - linesGone, found: error.found, expected: error.expected, text: "")
  }

  /// Counts the lines of a batch that is to be handed on.
  private mutating func endBatch() {
    batch.lines = stream.line - 1 - linesGone
    linesGone += batch.lines
  }

  /// True when what was read is so much that it should be handed on.
  @inline(__always)
  var isFull: Bool { batch.samples.count >= most }

  /// Hands on what was read, where that is much and all of it has a series. Called between elements.
  @inline(__always)
  mutating func handOn() throws {
    if isFull { try handOnBatch() }
  }

  private mutating func handOnBatch() throws {
    guard numbered == batch.samples.count else { return }
    endBatch()
    do { try full(&batch) } catch { throw Refusal(reason: error) }
    numbered = 0
  }

  /// The part of the text that was read last: what the positions of its values say.
  @inline(__always)
  var scanner: JSONScanner { stream.scanned }

  /// Adds a bad row for an element that was just read.
  /// - Throws: ``Enough`` when there are more than may be.
  mutating func refuse(_ element: Range<Int>, found: String, expected: String) throws {
    batch.badRows.append(
      BadRow(line: line(at: element.lowerBound), found: found, expected: expected, text: scanner.excerpt(element)))
    if batch.badRows.count > badRowLimit { throw Enough() }
  }

  /// The same for a value that stands where something else should.
  mutating func refuse(_ value: JSONValue, expected: String) throws {
    try refuse(value.start..<value.end, found: scanner.quoted(value), expected: expected)
  }

  /// What is wrong with a value that was just read, for ``refuse(_:)`` later.
  func wrong(_ value: JSONValue, found: String, expected: String) -> WrongElement {
    WrongElement(
      line: stream.line(at: value.start), text: scanner.excerpt(value.start..<value.end), found: found,
      expected: expected)
  }

  /// Adds a bad row for an element that was read before.
  /// - Throws: ``Enough`` when there are more than may be.
  mutating func refuse(_ wrong: WrongElement) throws {
    batch.badRows.append(
      BadRow(line: wrong.line - 1 - linesGone, found: wrong.found, expected: wrong.expected, text: wrong.text))
    if batch.badRows.count > badRowLimit { throw Enough() }
  }

  /// The same for an element that is more than was looked at together.
  mutating func refuse(_ element: DocumentElement, found: String, expected: String) throws {
    try refuse(WrongElement(line: element.line, text: element.text, found: found, expected: expected))
  }

  /// Lines of the batch before a byte of what was just read.
  private func line(at position: Int) -> Int { stream.line(at: position) - 1 - linesGone }

  /// Adds the sample that an element of the document is, or the bad row.
  /// - Parameter series: a number that ``number(samplesFrom:by:)`` will make the series of.
  @inline(__always)
  mutating func add(_ time: JSONValue, _ value: JSONValue, series: UInt32 = 0, of element: Range<Int>) throws {
    let scanner = scanner
    guard let timestamp = scanner.timestamp(time) else {
      return try refuse(
        element, found: scanner.quoted(time, or: "no timestamp"), expected: scanner.expectedTime(inPlaceOf: time))
    }
    switch scanner.measurement(value) {
    case .measured(let mantissa, let scale):
      append(timestamp, mantissa, scale, series: series)
    case .notMeasured:
      batch.notMeasured &+= 1
    case .wrong:
      try refuse(element, found: scanner.quoted(value, or: "no value"), expected: scanner.expectedNumber(value))
    }
  }

  /// Adds a sample.
  @inline(__always)
  mutating func append(_ timestamp: ParsedTimestamp, _ mantissa: Int64, _ scale: UInt8, series: UInt32 = 0) {
    batch.samples.append(
      Sample(series: series, seconds: timestamp.seconds, mantissa: mantissa, scale: scale, isLocal: timestamp.isLocal))
    batch.timestamps.count(timestamp.form)
  }

  /// Gives the last samples their series, that of the key whose index they have as a number so far: all that have none.
  mutating func number(by keys: [SourceKey]) {
    var numbers = [UInt32?](repeating: nil, count: keys.count)
    for index in numbered..<batch.samples.count {
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

/// What is wrong with an element of a document, and where that stands.
struct WrongElement {
  /// Counted from 1.
  var line: Int
  var text: String
  var found: String
  var expected: String
}

/// An element of a document that may be longer than what is looked at together: where and how it starts.
struct DocumentElement {
  let line: Int
  private let start: [UInt8]
  private let offset: Int
  private var end = Int.max

  /// - Parameter stream: before the element.
  init(startingIn stream: JSONStream) throws(DataError) {
    start = try stream.nextBytes(most: 200)
    (line, offset) = (stream.line, stream.offset)
  }

  /// The same, its end known: the stream is behind it.
  func ending(in stream: JSONStream) -> DocumentElement {
    var element = self
    element.end = stream.offset
    return element
  }

  /// As it stands in the text, at most 200 bytes.
  var text: String { String(decoding: start.prefix(end - offset), as: UTF8.self) }
}

/// The parser of a format whose files are one document.
struct JSONDocumentParser: SampleParser {
  static let cutting = Cutting.document

  let holdsOthers: Bool
  private let badRowLimit: Int
  private let body: @Sendable (inout JSONDocument) throws -> Void
  private var series = SeriesNumbers()

  /// - Parameters:
  ///   - holdsOthers: whether a file may hold what nobody asked about, see ``SampleParser/holdsOthers``.
  ///   - body: reads the one value that the document is.
  init(
    _ options: ReadOptions, holdsOthers: Bool = false, _ body: @escaping @Sendable (inout JSONDocument) throws -> Void
  ) {
    badRowLimit = options.badRowLimit
    self.holdsOthers = holdsOthers
    self.body = body
  }

  /// Reads a block that is the whole document, into one batch.
  mutating func parse(_ block: Block, into batch: inout SampleBatch) {
    let source = ByteSource(name: "the document", bytes: Array(block.bytes.prefix(block.count)))
    do {
      try parse(JSONStream(source), into: &batch, most: .max) { _ in }
    } catch {
      batch.fatal = BadRow(line: 0, found: "\(error)", expected: "a document that can be read", text: "")
    }
  }

  /// Reads a document.
  /// - Parameters:
  ///   - batch: what is read goes there, as far as it was not handed on.
  ///   - most: samples after which they are handed on.
  ///   - full: takes a batch that has so many, and clears it.
  /// - Throws: what the source throws, and `full`.
  mutating func parse(
    _ stream: JSONStream, into batch: inout SampleBatch, most: Int, full: (inout SampleBatch) throws -> Void
  ) throws {
    let memory = batch
    batch = SampleBatch()
    try withoutActuallyEscaping(full) { full in
      var document = JSONDocument(
        stream, into: memory, numbering: series, badRowLimit: badRowLimit, most: most, full: full)
      try document.read(body)
      series = document.series
      batch = document.batch
    }
  }
}

/// What to ask for in place of a timestamp that is none.
let expectedTimestamp = "a timestamp such as 2026-10-01T04:00:00Z, or seconds since 1970"

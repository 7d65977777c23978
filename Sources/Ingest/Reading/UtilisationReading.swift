import Dispatch
import Model
import Reading

/// How far a reading has come.
package struct ReadProgress: Hashable, Sendable {
  /// Bytes of the file as it is stored, of a gzip file the packed ones.
  package var storedBytes: Int
  /// nil when it cannot be known before the end.
  package var storedSize: Int?
  package var samples: Int
}

/// What was read.
package struct ReadSummary: Sendable {
  /// The name of the format.
  package var format: String
  /// Length of the content, after inflating.
  package var byteCount = 0
  /// XXH64 of the content, after inflating.
  package var checksum: UInt64 = 0
  package var samples = 0
  /// Rows that were passed over, with their lines in the file.
  package var badRows: [BadRow] = []
  package var notMeasured = 0
  package var timestamps = TimestampForms()
  /// What the file says of itself, see ``SampleBatch/remarks``.
  package var remarks: [String] = []
  /// What of an answer in parts it is.
  package var parts = AnswerParts()

  package init(format: String) { self.format = format }
}

/// One utilisation file, recognised and ready to be read.
///
/// Two lanes parse blocks side by side; what they make is handed on in the order of the file, so that nothing depends on
/// which lane was faster. A file that is one JSON document is read by one lane, through a window on it. Memory does not grow
/// with the file.
package struct UtilisationReading {
  private let source: ByteSource
  private let parser: any SampleParser
  private let options: ReadOptions
  private let blockSize: Int
  private var ahead: [UInt8]
  private var summary: ReadSummary
  private var firstLine = 1

  /// Recognises a file.
  ///
  /// - Parameters:
  ///   - layout: the name of its format; nil judges from how it starts.
  ///   - blockSize: content that is parsed at a time.
  /// - Throws: ``DataError`` when no format recognises it, when there is none of that name, or what the source or the
  ///   format throws.
  package init(
    _ source: ByteSource, layout: String?, _ options: ReadOptions, blockSize: Int = defaultBlockSize
  ) throws(DataError) {
    self.source = source
    self.options = options
    self.blockSize = blockSize
    let start = try source.takeStart()
    let format = try Self.format(of: start, layout: layout)
    parser = try format.parser(for: start, options)
    summary = ReadSummary(format: format.name)
    ahead = Array(start.bytes[parser.headLength...])
    firstLine += parser.headLines
  }

  private static var formatNames: String { utilisationFormats.map { $0.name }.joined(separator: ", ") }

  private static func format(of start: FileStart, layout: String?) throws(DataError) -> any UtilisationFormat.Type {
    if let layout {
      if let format = utilisationFormats.first(where: { $0.name == layout }) { return format }
      throw DataError(
        Place(parameter: .layout), found: "\"\(layout)\"",
        expected: "one of \(Self.formatNames)", kind: .usage)
    }
    if let format = utilisationFormats.first(where: { $0.recognises(start) }) { return format }
    guard start.bytes.contains(where: { ![9, 10, 13, 32].contains($0) }) else {
      throw DataError(Place(file: start.file), found: "an empty file", expected: "samples")
    }
    let line = start.bytes.prefix { $0 != 10 && $0 != 13 }.prefix(80)
    throw DataError(
      Place(file: start.file, line: 1), found: "\"\(String(decoding: line, as: UTF8.self))\"",
      expected: """
        samples with timestamps in one of the formats \(Self.formatNames) (see guide/formats/utilisation.md; \
        \(parameter: .layout) names one)
        """)
  }

  /// Reads the file.
  ///
  /// - Parameters:
  ///   - interpreter: gives the series their names.
  ///   - progress: called now and then.
  ///   - sink: takes samples in file order, with the keys of series that are new.
  /// - Throws: ``DataError`` at the first bad row beyond the limit, for what the interpreter refuses and for what keeps
  ///   the source from being read; and what the sink throws.
  package mutating func read(
    _ interpreter: inout SampleInterpreter, progress: (ReadProgress) -> Void = { _ in },
    into sink: (_ samples: [Sample], _ newKeys: ArraySlice<SeriesKey>) throws -> Void
  ) throws -> ReadSummary {
    interpreter.leavesOutStrangers = parser.holdsOthers
    if let parser = parser as? JSONDocumentParser {
      try readDocument(parser, &interpreter, progress, into: sink)
    } else {
      try readBlocks(&interpreter, progress, into: sink)
    }
    try interpreter.finish(isStrict: options.refusesImpossibleValues)
    summary.byteCount = source.checksum.count
    summary.checksum = source.checksum.value
    return summary
  }

  private mutating func readDocument(
    _ parser: JSONDocumentParser, _ interpreter: inout SampleInterpreter, _ progress: (ReadProgress) -> Void,
    into sink: (_ samples: [Sample], _ newKeys: ArraySlice<SeriesKey>) throws -> Void
  ) throws {
    var parser = parser
    let stream = try JSONStream(source, ahead: ahead, windowSize: blockSize)
    ahead = []
    var batch = SampleBatch()
    // A sample is some 16 bytes of a document at least.
    try parser.parse(stream, into: &batch, most: max(4, blockSize / 16)) { batch in
      try takeBatch(&batch, &interpreter, lane: 0, into: sink)
      batch.clear()
      progress(progressed(to: source.storedOffset))
    }
    try takeBatch(&batch, &interpreter, lane: 0, into: sink)
    progress(progressed(to: source.storedOffset))
  }

  private mutating func readBlocks(
    _ interpreter: inout SampleInterpreter, _ progress: (ReadProgress) -> Void,
    into sink: (_ samples: [Sample], _ newKeys: ArraySlice<SeriesKey>) throws -> Void
  ) throws {
    let cutter = BlockCutter(source, ahead: ahead, separator: parser.separator, blockSize: blockSize)
    let queue = BlockQueue(source, cutter)
    ahead = []
    let helper = type(of: parser).cutting == .rows ? startHelper(queue, parser) : nil
    defer {
      queue.stop()
      helper?.wait()
    }
    var own = parser
    while true {
      switch try queue.next() {
      case .parse(let ticket): parse(ticket, &own, lane: 0, queue)
      case .take(var parsed):
        try takeBatch(&parsed.batch, &interpreter, lane: parsed.lane, into: sink)
        progress(progressed(to: parsed.storedOffset))
        queue.recycle(parsed)
      case .end:
        try checkEnd(own)
        var rest = SampleBatch()
        own.finish(into: &rest)
        return try takeBatch(&rest, &interpreter, lane: 0, into: sink)
      }
    }
  }

  private func progressed(to offset: Int) -> ReadProgress {
    ReadProgress(storedBytes: offset, storedSize: source.storedSize, samples: summary.samples)
  }

  private mutating func takeBatch(
    _ batch: inout SampleBatch, _ interpreter: inout SampleInterpreter, lane: Int,
    into sink: (_ samples: [Sample], _ newKeys: ArraySlice<SeriesKey>) throws -> Void
  ) throws {
    try takeBadRows(batch)
    let known = interpreter.keys.count
    try interpreter.take(&batch, lane: lane, firstLine: firstLine)
    summary.samples += batch.samples.count
    summary.notMeasured += batch.notMeasured
    summary.timestamps = summary.timestamps + batch.timestamps
    summary.remarks += batch.remarks
    summary.parts.add(batch.parts)
    try sink(batch.samples, interpreter.keys[known...])
    firstLine += batch.lines
  }

  private mutating func takeBadRows(_ batch: SampleBatch) throws(DataError) {
    for var bad in batch.badRows {
      bad.line += firstLine
      guard summary.badRows.count < options.badRowLimit else { throw error(for: bad) }
      summary.badRows.append(bad)
    }
    if var fatal = batch.fatal {
      fatal.line += firstLine
      throw error(for: fatal)
    }
  }

  private func checkEnd(_ parser: any SampleParser) throws(DataError) {
    guard let lastByte = source.lastByte, let fault = parser.fault(atEnd: lastByte) else { return }
    throw DataError(Place(file: source.name, line: firstLine), found: fault.found, expected: fault.expected)
  }

  private func error(for bad: BadRow) -> DataError {
    let passedOver = summary.badRows.isEmpty ? "" : " (after \(summary.badRows.count) bad rows that were passed over)"
    return DataError(
      Place(file: source.name, line: bad.line), found: bad.found, expected: "\(phrase: bad.expected)\(passedOver)")
  }
}

/// Parses blocks on a thread of its own until there are no more; the group is empty then.
private func startHelper(_ queue: BlockQueue, _ parser: any SampleParser) -> DispatchGroup {
  let group = DispatchGroup()
  DispatchQueue.global().async(group: group) {
    var own = parser
    while let ticket = queue.waitForBlock() { parse(ticket, &own, lane: 1, queue) }
  }
  return group
}

private func parse(
  _ ticket: consuming BlockQueue.Ticket, _ parser: inout any SampleParser, lane: Int, _ queue: BlockQueue
) {
  var batch = ticket.batch
  ticket.batch = SampleBatch()
  parser.parse(ticket.block, into: &batch)
  queue.finish(ticket, consume batch, lane: lane)
}

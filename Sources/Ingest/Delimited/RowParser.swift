import Model
import Reading

/// Parses the rows of a delimited file into samples.
///
/// Rows without quotes take the quick way of `QuickRows`; whatever that stops at, a quote, a new key or a field that is
/// wrong, is read again field by field here.
struct RowParser: SampleParser {
  static let cutting = Cutting.rows

  let layout: DelimitedLayout
  private let badRowLimit: Int
  private let keyColumns: [Int]
  private let plan: QuickRows.Plan
  private var state: RowState
  private var scratch: [UInt8] = []
  // Of the row at hand, which names its series once all of it is right.
  private var values: [(column: Int, mantissa: Int64, scale: UInt8)] = []

  var headLength: Int { layout.headLength }
  var headLines: Int { layout.headLines }
  var separator: UInt8 { layout.separator }

  init(_ layout: DelimitedLayout, _ options: ReadOptions) {
    self.layout = layout
    badRowLimit = options.badRowLimit
    keyColumns = layout.keyColumns
    plan = QuickRows.Plan(layout)
    state = RowState(valueColumns: layout.valueMetrics.count, allowsLocal: options.hasTimeZone)
    // Rows without key columns all have the empty key.
    if keyColumns.isEmpty { registerFixedKey() }
  }

  func fault(atEnd lastByte: UInt8) -> EndFault? { .ofRows(atEnd: lastByte) }

  mutating func parse(_ block: Block, into batch: inout SampleBatch) {
    var reader = DelimitedReader(bytes: block.bytes, count: block.count, file: "", separator: layout.separator)
    var position = 0
    batch.samples.reserveCapacity(block.count / 24)
    while position < block.count {
      position = QuickRows.parse(block, from: position, plan, layout, &state, into: &batch)
      guard position < block.count else { break }
      reader.move(to: position)
      position = parseRow(&reader, block, into: &batch)
      if batch.badRows.count > badRowLimit { return }
    }
  }

  /// Reads the row at the reader's position field by field, and gives the position behind it.
  private mutating func parseRow(
    _ reader: inout DelimitedReader, _ block: Block, into batch: inout SampleBatch
  ) -> Int {
    let start = reader.position
    let lines = reader.linesRead
    let before = batch.lines
    do throws(RowProblem) {
      let isRow: Bool
      do throws(DataError) {
        isRow = try reader.nextRow()
      } catch { throw RowProblem(found: error.found, expected: error.expected, isInText: true) }
      batch.lines += reader.linesRead - lines
      guard isRow else { return block.count }
      try takeFields(reader, into: &batch)
      return reader.position
    } catch {
      let end = error.isInText ? rowEnd(block, from: start) : reader.position
      let firstLine = before + reader.line - 1 - lines
      batch.lines = before + (error.isInText ? lineEnds(block, start..<end) : reader.linesRead - lines)
      let text = String(decoding: block.bytes[start..<end], as: UTF8.self).trimmed
      batch.badRows.append(BadRow(line: firstLine, found: error.found, expected: error.expected, text: text))
      return end
    }
  }

  private mutating func takeFields(_ reader: DelimitedReader, into batch: inout SampleBatch) throws(RowProblem) {
    guard reader.fieldCount == layout.roles.count else {
      throw RowProblem(
        found: "\(reader.fieldCount) fields", expected: "\(layout.roles.count) fields as in the header")
    }
    let column = layout.timestampColumn
    guard reader.withBytes(column, { state.timestamps.read(trimming($0), forms: &batch.timestamps) }) else {
      let expected = reader.withBytes(column) { state.timestamps.expectation(inPlaceOf: trimming($0)) }
      throw RowProblem(found: "\"\(reader.text(column))\"", expected: expected)
    }
    let slot = try key(of: reader)
    // Keys, timestamps and numbers are text where they are taken for what they are; this is for the other columns.
    if layout.roles.contains(.skipped) {
      do throws(DataError) { try reader.checkUTF8() } catch {
        throw RowProblem(found: error.found, expected: error.expected)
      }
    }
    values.removeAll(keepingCapacity: true)
    for (column, role) in layout.roles.enumerated() {
      guard case .value(let index) = role else { continue }
      let isEmpty = reader.withBytes(column) { trimming($0).isEmpty }
      if isEmpty, layout.emptyIsGap { continue }
      guard let value = reader.withBytes(column, { sampleDecimal(trimming($0)) }) else {
        let expected = reader.withBytes(column) { expectedNumber(inPlaceOf: trimming($0)) }
        throw RowProblem(found: "\"\(reader.text(column))\"", expected: Phrase(expected))
      }
      values.append((index, value.mantissa, value.scale))
    }
    for value in values {
      state.append(value.mantissa, value.scale, slot: slot, column: value.column, layout, into: &batch)
    }
  }

  /// The number of the row's key, a new one for one that was not seen before.
  private mutating func key(of reader: DelimitedReader) throws(RowProblem) -> Int {
    guard !keyColumns.isEmpty else { return 0 }
    scratch.removeAll(keepingCapacity: true)
    let hasQuotes = keyColumns.contains { reader.isQuoted($0) }
    for (index, column) in keyColumns.enumerated() {
      if hasQuotes {
        appendName(of: column, reader)
        continue
      }
      if index > 0 { scratch.append(layout.separator) }
      reader.withBytes(column) { scratch.append(contentsOf: $0) }
    }
    let length = scratch.count
    scratch.append(contentsOf: repeatElement(0, count: 8))
    let known = scratch.withUnsafeBufferPointer { state.keys.find($0.baseAddress!, length: length) }
    if known >= 0 { return known }
    let names = try names(of: reader)
    return scratch.withUnsafeBufferPointer { state.register(names, $0.baseAddress!, length: length) }
  }

  /// Adds a name of a row with quotes to the text that its key is known by, without the blanks that are no part of it.
  private mutating func appendName(of column: Int, _ reader: DelimitedReader) {
    reader.withBytes(column) { bytes in
      let name = reader.isQuoted(column) ? bytes : trimming(bytes)
      // No unquoted row begins with a line feed; the lengths keep fields apart that hold separators.
      scratch.append(10)
      for shift in 0..<4 { scratch.append(UInt8(truncatingIfNeeded: name.count >> (8 * shift))) }
      scratch.append(contentsOf: name)
    }
  }

  private func names(of reader: DelimitedReader) throws(RowProblem) -> SourceKey {
    var key = SourceKey(resource: layout.resource)
    for column in keyColumns {
      // Blanks beside a separator are no part of a name; those in quotes are meant.
      let text =
        reader.isQuoted(column)
        ? reader.text(column) : reader.withBytes(column) { String(decoding: trimming($0), as: UTF8.self) }
      guard !text.unicodeScalars.contains(where: { $0 == "\u{FFFD}" || $0 == "\0" }) else {
        throw RowProblem(found: "\"\(text)\"", expected: "UTF-8 text without zero bytes")
      }
      switch layout.roles[column] {
      case .service: key.service = try required(text, "service")
      case .metric: key.metric = try required(text, "metric")
      default: key.resource = text
      }
    }
    return key
  }

  private func required(_ text: String, _ what: String) throws(RowProblem) -> String {
    guard !text.isEmpty else { throw RowProblem(found: "no \(what)", expected: "the name of a \(what)") }
    return text
  }

  private mutating func registerFixedKey() {
    let none = [UInt8](repeating: 0, count: 8)
    _ = none.withUnsafeBufferPointer {
      state.register(SourceKey(resource: layout.resource), $0.baseAddress!, length: 0)
    }
  }

  /// The end of a row whose fields cannot be told apart, where the blocks are cut too. A quote that is never closed would
  /// take the rest of the file with it: the next row is on the next line.
  private func rowEnd(_ block: Block, from start: Int) -> Int {
    let content = block.bytes[..<block.count]
    let row = content[start...].firstIndex { $0 != 10 && $0 != 13 } ?? block.count
    let end = content.withUnsafeBufferPointer { quotedRowEnd($0, from: row, separator: layout.separator) }
    return end ?? content[row...].firstIndex(of: 10).map { $0 + 1 } ?? block.count
  }

  private func lineEnds(_ block: Block, _ range: Range<Int>) -> Int {
    block.bytes[range].count { $0 == 10 } + (block.bytes[range].last == 13 ? 1 : 0)
  }
}

/// Why a row cannot be used.
struct RowProblem: Error {
  var found: String
  var expected: Phrase
  /// True when its fields could not even be told apart.
  var isInText = false
}

/// Without white space at either end.
private func trimming(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
  var (start, end) = (0, bytes.count)
  while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
  while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
  return UnsafeBufferPointer(rebasing: bytes[start..<end])
}

/// What a parser of rows remembers from one to the next.
struct RowState {
  var timestamps: TimestampColumn
  var keys = KeyTable()
  private let valueColumns: Int
  private var names: [SourceKey] = []
  // The series of key k and value column c at k x valueColumns + c; -1 until its first sample.
  private var series: [Int32] = []
  private var seriesCount: Int32 = 0

  init(valueColumns: Int, allowsLocal: Bool) {
    self.valueColumns = valueColumns
    timestamps = TimestampColumn(allowsLocal: allowsLocal)
  }

  /// Numbers a new key.
  mutating func register(_ key: SourceKey, _ text: UnsafePointer<UInt8>, length: Int) -> Int {
    names.append(key)
    series.append(contentsOf: repeatElement(-1, count: valueColumns))
    return keys.insert(text, length: length)
  }

  /// Adds a sample of a key and value column at the timestamp read last.
  @inline(__always)
  mutating func append(
    _ mantissa: Int64, _ scale: UInt8, slot: Int, column: Int, _ layout: DelimitedLayout, into batch: inout SampleBatch
  ) {
    let index = slot * valueColumns + column
    if series[index] < 0 { nameSeries(index, slot, column, layout, into: &batch) }
    batch.samples.append(
      Sample(
        series: UInt32(bitPattern: series[index]), seconds: timestamps.current.seconds, mantissa: mantissa,
        scale: scale, isLocal: timestamps.current.isLocal))
  }

  private mutating func nameSeries(
    _ index: Int, _ slot: Int, _ column: Int, _ layout: DelimitedLayout, into batch: inout SampleBatch
  ) {
    var key = names[slot]
    key.metric = layout.valueMetrics[column] ?? key.metric
    batch.newKeys.append(key)
    series[index] = seriesCount
    seriesCount += 1
  }
}

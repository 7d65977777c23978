import Model

/// Gathers samples row by row into series, exactly as they are written.
package struct SampleCollector {
  private let file: String
  private var columns: [SampleColumn] = []
  private var numbers: [SeriesKey: Int] = [:]
  // The timestamp of the current row, and its text, since many rows in a row share it.
  private var instant: Int64 = 0
  private var instantText: [UInt8] = []

  package init(file: String) { self.file = file }

  /// The number under which samples of a series are added; the same for the same key.
  package mutating func series(_ key: SeriesKey) -> Int {
    if let number = numbers[key] { return number }
    numbers[key] = columns.count
    columns.append(SampleColumn(key: key))
    return columns.count - 1
  }

  /// Takes the timestamp that the following values of the row belong to.
  /// - Throws: ``DataError`` for a field that is no timestamp.
  package mutating func readInstant(_ column: Int, of reader: DelimitedReader) throws(DataError) {
    let isKnown = reader.withBytes(column) { bytes in
      if !instantText.isEmpty, instantText.elementsEqual(bytes) { return true }
      guard let parsed = Instant(bytes: bytes) else { return false }
      instant = parsed.seconds
      instantText.removeAll(keepingCapacity: true)
      instantText.append(contentsOf: bytes)
      return true
    }
    guard isKnown else {
      throw DataError(
        reader.place, found: "\"\(reader.text(column))\"", expected: "a timestamp such as 2026-10-01T04:00:00Z")
    }
  }

  /// Adds a value of a series at the row's timestamp.
  /// - Throws: ``DataError`` for a field that is no number, or does not fit beside the others of its series.
  package mutating func readValue(_ column: Int, of reader: DelimitedReader, series: Int) throws(DataError) {
    guard let value = reader.withBytes(column, { ScaledDecimal(bytes: $0) }) else {
      throw DataError(reader.place, found: "\"\(reader.text(column))\"", expected: "a number")
    }
    guard columns[series].append(value, at: instant, line: reader.line) else {
      throw DataError(
        reader.place, found: "\(value) for \(columns[series].key)",
        expected: "values that share a scale: at most 18 digits from the largest to the last decimal")
    }
  }

  /// The series that have samples, sorted by key, in time order.
  /// - Throws: ``DataError`` naming the later line when one instant of a series has two values.
  package consuming func finish() throws(DataError) -> [Series] {
    var result: [Series] = []
    for index in columns.indices where !columns[index].instants.isEmpty {
      if !columns[index].isOrdered { try columns[index].order(file: file) }
      result.append(columns[index].series)
      columns[index].lines = []
    }
    return result.sorted { $0.key < $1.key }
  }
}

/// The samples of one series so far, with the line each stood on.
private struct SampleColumn {
  var key: SeriesKey
  var instants: [Int64] = []
  var mantissas: [Int64] = []
  var lines: [UInt32] = []
  var scale = 0
  var isOrdered = true

  var series: Series { Series(key: key, instants: instants, mantissas: mantissas, scale: scale) }

  /// Adds a sample, bringing it and the earlier ones to one scale; false when that overflows.
  mutating func append(_ value: ScaledDecimal, at instant: Int64, line: Int) -> Bool {
    var mantissa = value.mantissa
    if value.scale < scale {
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: powerOfTen(scale - value.scale))
      if overflow { return false }
      mantissa = product
    } else if value.scale > scale {
      guard widen(to: value.scale) else { return false }
    }
    if let last = instants.last, last >= instant { isOrdered = false }
    instants.append(instant)
    mantissas.append(mantissa)
    lines.append(UInt32(truncatingIfNeeded: line))
    return true
  }

  private mutating func widen(to newScale: Int) -> Bool {
    let factor = powerOfTen(newScale - scale)
    for index in mantissas.indices {
      let (product, overflow) = mantissas[index].multipliedReportingOverflow(by: factor)
      if overflow { return false }
      mantissas[index] = product
    }
    scale = newScale
    return true
  }

  /// Sorts by time and drops samples that stand twice with one value.
  mutating func order(file: String) throws(DataError) {
    let order = instants.indices.sorted { (instants[$0], lines[$0]) < (instants[$1], lines[$1]) }
    var sorted = Self(key: key, scale: scale)
    for index in order {
      if let last = sorted.instants.last, last == instants[index] {
        guard sorted.mantissas.last! == mantissas[index] else {
          throw twoValues(index, file: file, first: sorted.mantissas.last!, line: sorted.lines.last!)
        }
        continue
      }
      sorted.instants.append(instants[index])
      sorted.mantissas.append(mantissas[index])
      sorted.lines.append(lines[index])
    }
    self = sorted
  }

  private func twoValues(_ index: Int, file: String, first: Int64, line: UInt32) -> DataError {
    func text(_ mantissa: Int64) -> String { ScaledDecimal(mantissa: mantissa, scale: scale).normalised.description }
    return DataError(
      Place(file: file, line: Int(lines[index])),
      found: "\(text(mantissas[index])) for \(key) at \(Instant(seconds: instants[index]))",
      expected: "one value for one instant; line \(line) says \(text(first))")
  }
}

import Model
import Reading

/// The quick way through rows: no quotes, keys seen before, plain numbers.
///
/// One pass over the bytes: the timestamp and the key are compared with what is expected, whole words at a time, and only
/// what differs is looked at. Unsafe reads stay inside the block: it ends in ``Block/padding`` zero bytes, and a row
/// that has no line feed before them is left to the slow way.
enum QuickRows {
  /// What to do at a column or several beside each other.
  struct Step {
    enum Kind { case timestamp, key, value, skipped }
    var kind: Kind
    /// Key columns beside each other that are compared as one text.
    var columns = 1
    /// Of a value.
    var index = 0
    /// What stands behind it: the separator, or a line feed behind the last.
    var terminator: UInt8
  }

  /// The steps of a row; none, and every row goes the slow way, when its key columns do not stand beside each other or a
  /// value stands before them or the timestamp: its series or instant is not known yet.
  struct Plan {
    private(set) var steps: [Step] = []
    /// True for the usual long file: timestamp, key, value.
    private(set) var isLong = false

    init(_ layout: DelimitedLayout) {
      let keys = layout.keyColumns
      if let first = keys.first, keys != Array(first..<(first + keys.count)) { return }
      for case .value in layout.roles[..<max(keys.first ?? 0, layout.timestampColumn)] { return }
      for (column, role) in layout.roles.enumerated() {
        let terminator = column == layout.roles.count - 1 ? 10 : layout.separator
        switch role {
        case .timestamp: steps.append(Step(kind: .timestamp, terminator: terminator))
        case .value(let index): steps.append(Step(kind: .value, index: index, terminator: terminator))
        case .skipped: steps.append(Step(kind: .skipped, terminator: terminator))
        case .service, .resource, .metric:
          if column == keys[0] {
            let end = keys[keys.count - 1] == layout.roles.count - 1 ? 10 : layout.separator
            steps.append(Step(kind: .key, columns: keys.count, terminator: end))
          }
        }
      }
      isLong = steps.map(\.kind) == [.timestamp, .key, .value]
    }
  }

  /// Parses rows from a position on; gives the position of the first row it leaves to the slow way, or the end.
  static func parse(
    _ block: Block, from start: Int, _ plan: Plan, _ layout: DelimitedLayout, _ state: inout RowState,
    into batch: inout SampleBatch
  ) -> Int {
    guard !plan.steps.isEmpty else { return start }
    return block.bytes.withUnsafeBufferPointer { bytes in
      plan.steps.withUnsafeBufferPointer { steps in
        var row = bytes.baseAddress! + start
        let end = bytes.baseAddress! + block.count
        while row < end {
          let count = batch.samples.count
          let parsed =
            plan.isLong
            ? parseLongRow(row, steps, layout, &state, into: &batch)
            : parseRow(row, steps, layout, &state, into: &batch)
          guard let next = parsed else {
            batch.samples.removeLast(batch.samples.count - count)
            break
          }
          batch.lines += 1
          row = next
        }
        return row - bytes.baseAddress!
      }
    }
  }

  /// The address behind a row of the usual long file, timestamp, key and value, without asking for each step what it is;
  /// nil when it must go the slow way.
  @inline(__always)
  private static func parseLongRow(
    _ row: UnsafePointer<UInt8>, _ steps: UnsafeBufferPointer<Step>, _ layout: DelimitedLayout, _ state: inout RowState,
    into batch: inout SampleBatch
  ) -> UnsafePointer<UInt8>? {
    var slot = 0
    guard let afterTimestamp = timestamp(row, steps[0], layout, &state, &batch.timestamps),
      let afterKey = key(afterTimestamp, steps[1], layout, &state, &slot),
      let number = QuickNumber(afterKey, 10, emptyIsGap: layout.emptyIsGap)
    else { return nil }
    if !number.isGap {
      state.append(number.mantissa, number.scale, slot: slot, column: 0, layout, into: &batch)
    }
    return number.next
  }

  /// The address behind the row; nil when it must go the slow way.
  @inline(__always)
  private static func parseRow(
    _ row: UnsafePointer<UInt8>, _ steps: UnsafeBufferPointer<Step>, _ layout: DelimitedLayout, _ state: inout RowState,
    into batch: inout SampleBatch
  ) -> UnsafePointer<UInt8>? {
    var field = row
    var slot = 0
    for step in steps {
      switch step.kind {
      case .timestamp:
        guard let next = timestamp(field, step, layout, &state, &batch.timestamps) else { return nil }
        field = next
      case .key:
        guard let next = key(field, step, layout, &state, &slot) else { return nil }
        field = next
      case .value:
        guard let number = QuickNumber(field, step.terminator, emptyIsGap: layout.emptyIsGap) else { return nil }
        field = number.next
        if number.isGap { continue }
        state.append(number.mantissa, number.scale, slot: slot, column: step.index, layout, into: &batch)
      case .skipped:
        guard let end = fieldEnd(field, layout.separator), let next = passed(end, step.terminator),
          isText(field, end)
        else { return nil }
        field = next
      }
    }
    return field
  }

  @inline(__always)
  private static func timestamp(
    _ field: UnsafePointer<UInt8>, _ step: Step, _ layout: DelimitedLayout, _ state: inout RowState,
    _ forms: inout TimestampForms
  ) -> UnsafePointer<UInt8>? {
    if state.timestamps.isRepeated(at: field), field[state.timestamps.length] == step.terminator {
      return field + state.timestamps.length + 1
    }
    guard let end = fieldEnd(field, layout.separator), let next = passed(end, step.terminator) else { return nil }
    let text = UnsafeBufferPointer(start: field, count: end - field)
    return state.timestamps.read(text, forms: &forms) ? next : nil
  }

  @inline(__always)
  private static func key(
    _ field: UnsafePointer<UInt8>, _ step: Step, _ layout: DelimitedLayout, _ state: inout RowState, _ slot: inout Int
  ) -> UnsafePointer<UInt8>? {
    var length = 0
    let predicted = state.keys.predicted(at: field, length: &length)
    if predicted >= 0, field[length] == step.terminator {
      slot = predicted
      state.keys.follow(predicted)
      return field + length + 1
    }
    var end = field
    for column in 0..<step.columns {
      if column > 0 {
        guard end.pointee == layout.separator else { return nil }
        end += 1
      }
      guard let fieldEnd = fieldEnd(end, layout.separator) else { return nil }
      end = fieldEnd
    }
    guard let next = passed(end, step.terminator) else { return nil }
    slot = state.keys.find(field, length: end - field)
    return slot >= 0 ? next : nil
  }

  /// The end of a field: its separator or line end; nil for one with a quote, and at the end of the block.
  @inline(__always)
  private static func fieldEnd(_ field: UnsafePointer<UInt8>, _ separator: UInt8) -> UnsafePointer<UInt8>? {
    var end = field
    while end.pointee != separator, end.pointee != 10, end.pointee != 13 {
      if end.pointee == UInt8(ascii: "\"") || end.pointee == 0 { return nil }
      end += 1
    }
    return end
  }

  /// True for UTF-8: also what nobody reads is part of the file, and tells whether it is one of text.
  @inline(__always)
  private static func isText(_ field: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    firstFault(inUTF8: UnsafeBufferPointer(start: field, count: end - field)) == nil
  }

  /// The address behind a terminator, which for a line feed may have a carriage return before it; nil for another byte.
  @inline(__always)
  static func passed(_ end: UnsafePointer<UInt8>, _ terminator: UInt8) -> UnsafePointer<UInt8>? {
    if end.pointee == terminator { return end + 1 }
    return terminator == 10 && end.pointee == 13 && end[1] == 10 ? end + 2 : nil
  }
}

/// A number of at most 18 digits without an exponent, read from its first byte on.
struct QuickNumber {
  var mantissa: Int64 = 0
  var scale: UInt8 = 0
  /// True for an empty field.
  var isGap = false
  /// Behind the terminator.
  var next: UnsafePointer<UInt8>

  /// nil for anything else, and for an empty field that is no gap.
  @inline(__always)
  init?(_ field: UnsafePointer<UInt8>, _ terminator: UInt8, emptyIsGap: Bool) {
    var byte = field
    while byte.pointee == 32 || byte.pointee == 9 { byte += 1 }
    let isNegative = byte.pointee == UInt8(ascii: "-")
    if isNegative { byte += 1 }
    let start = byte
    var value: UInt64 = 0
    var digit = byte.pointee &- 48
    while digit <= 9 {
      value = value &* 10 &+ UInt64(digit)
      byte += 1
      digit = byte.pointee &- 48
    }
    var digits = byte - start
    if byte.pointee == UInt8(ascii: ".") {
      byte += 1
      let fraction = byte
      digit = byte.pointee &- 48
      while digit <= 9 {
        value = value &* 10 &+ UInt64(digit)
        byte += 1
        digit = byte.pointee &- 48
      }
      let decimals = byte - fraction
      digits += decimals
      guard decimals <= 18 else { return nil }
      scale = UInt8(truncatingIfNeeded: decimals)
    }
    guard digits <= 18, let next = QuickRows.passed(byte, terminator) else { return nil }
    self.next = next
    if digits == 0 {
      guard emptyIsGap, byte == field else { return nil }
      isGap = true
      return
    }
    mantissa = isNegative ? -Int64(value) : Int64(value)
  }
}

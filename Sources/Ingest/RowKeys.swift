import Model

/// Numbers the distinct keys of a file by their raw bytes, so that no text is made for a row whose key was seen before.
///
/// Files repeat keys in runs (a resource at a time) or in rounds (an instant at a time): the key just found and the one
/// that followed it last time are compared first, and the hash table is asked only when both are wrong.
struct RowKeys {
  // Slots in order of first appearance.
  private var texts: [[UInt8]] = []
  private var values: [Int] = []
  private var successors: [Int] = []
  private var slots: [[UInt8]: Int] = [:]
  private var current = -1
  private var buffer: [UInt8] = []

  /// The number remembered for the current row's key; negative when it is new and ``remember(_:)`` must follow.
  mutating func find(_ columns: [Int], of reader: DelimitedReader) -> Int {
    buffer.removeAll(keepingCapacity: true)
    for column in columns {
      reader.withBytes(column) { buffer.append(contentsOf: $0) }
      // A line feed: no unquoted field can hold it, and a quoted one only doubles the key, never merges two.
      buffer.append(10)
    }
    if current >= 0 {
      if texts[current] == buffer { return values[current] }
      let next = successors[current]
      if next >= 0, texts[next] == buffer {
        current = next
        return values[next]
      }
    }
    guard let slot = slots[buffer] else { return -1 }
    if current >= 0 { successors[current] = slot }
    current = slot
    return values[slot]
  }

  /// Gives the key that ``find(_:of:)`` did not know a number.
  mutating func remember(_ value: Int) {
    slots[buffer] = texts.count
    if current >= 0 { successors[current] = texts.count }
    current = texts.count
    texts.append(buffer)
    values.append(value)
    successors.append(-1)
  }
}

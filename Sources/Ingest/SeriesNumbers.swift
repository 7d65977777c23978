/// The numbers that a parser has given to series, from 0.
struct SeriesNumbers: Sendable {
  private var numbers: [SourceKey: UInt32] = [:]

  /// The number of a series; a new one is told to the batch.
  mutating func number(of key: SourceKey, in batch: inout SampleBatch) -> UInt32 {
    if let number = numbers[key] { return number }
    let number = UInt32(numbers.count)
    numbers[key] = number
    batch.newKeys.append(key)
    return number
  }
}

import Model

// The layout of a ServiceDay, version 2; a number is a varint as in DayChunk, a text its length in bytes and its UTF-8.
//
// | part | meaning |
// |---|---|
// | byte | version: 2 |
// | number, then runs | resource and type as texts, start and end in seconds after the day's midnight |
// | number, then extents | place among ServiceDay.metrics, place among the runs, first and last in seconds after midnight |
// | number, then sums, with as few decimals as they need | place among the metrics, type as a text; behind its length a chunk in the layout of DayChunk |
// | | with the sums, an instant being the start of a slot; of how many instances they are, as runs (instances, length) |

extension ServiceDay {
  /// The bytes that a row keeps: what they say, and behind it the checksum of it, its service and its day.
  func encoded(of service: String) -> [UInt8] {
    var bytes = content()
    let checksum = bytes.withUnsafeBytes { Self.checksum($0, of: service, day: day) }
    withUnsafeBytes(of: checksum.littleEndian) { bytes.append(contentsOf: $0) }
    return bytes
  }

  private static func checksum(_ bytes: UnsafeRawBufferPointer, of service: String, day: Int) -> UInt64 {
    var checksum = RowChecksum()
    checksum.add(bytes)
    checksum.add(service.utf8)
    checksum.add("@\(day)".utf8)
    return checksum.value
  }

  private func content() -> [UInt8] {
    var bytes: [UInt8] = [Self.version]
    bytes.appendVarint(UInt64(runs.count))
    for run in runs {
      bytes.appendText(run.resource)
      bytes.appendText(run.type)
      bytes.appendVarint(UInt64(run.period.start.seconds - period.start.seconds))
      bytes.appendVarint(UInt64(run.period.end.seconds - period.start.seconds))
    }
    bytes.appendVarint(UInt64(extents.count))
    for extent in extents {
      bytes.appendVarint(UInt64(Self.metrics.firstIndex(of: extent.metric) ?? 0))
      bytes.appendVarint(UInt64(extent.run))
      bytes.appendVarint(UInt64(extent.first - period.start.seconds))
      bytes.appendVarint(UInt64(extent.last - period.start.seconds))
    }
    bytes.appendVarint(UInt64(sums.count))
    for part in sums {
      bytes.appendVarint(UInt64(Self.metrics.firstIndex(of: part.metric) ?? 0))
      bytes.appendText(part.type)
      bytes.appendChunk(chunk(part))
      bytes.appendRuns(part.samples)
    }
    return bytes
  }

  private static let version: UInt8 = 2

  /// Without the zeros that all sums end in.
  private func chunk(_ part: Sums) -> DayChunk {
    var (decimals, divisor) = (Self.decimals, Int64(1))
    while decimals > 0, part.sums.allSatisfy({ $0 % (divisor * 10) == 0 }) {
      divisor *= 10
      decimals -= 1
    }
    return DayChunk(
      day: day, scale: decimals, instants: part.slots.map { period.start.seconds + Int64($0) * Self.stepSeconds },
      mantissas: part.sums.map { $0 / divisor })
  }

  /// Reads what ``encoded(of:)`` wrote; nil for anything else, and for the bytes of another service or day.
  init?(_ all: UnsafeRawBufferPointer, of service: String, day: Int) {
    guard all.count > 8, (0..<65_536).contains(day) else { return nil }
    let bytes = UnsafeRawBufferPointer(rebasing: all.dropLast(8))
    let checksum = UInt64(littleEndian: all.loadUnaligned(fromByteOffset: bytes.count, as: UInt64.self))
    guard checksum == Self.checksum(bytes, of: service, day: day) else { return nil }
    var reader = VarintReader(bytes: bytes)
    guard reader.byte() == Self.version else { return nil }
    self.init(day: day, runs: [])
    guard readRuns(&reader), readExtents(&reader), readSums(&reader), reader.isAtEnd else { return nil }
  }

  private mutating func readRuns(_ reader: inout VarintReader) -> Bool {
    guard let count = reader.count() else { return false }
    for _ in 0..<count {
      guard let resource = reader.text(), let type = reader.text(), let start = second(reader.next()),
        let end = second(reader.next()), start <= end
      else { return false }
      let period = Period(start: Instant(seconds: start), end: Instant(seconds: end))
      runs.append(Run(resource: resource, type: type, period: period))
    }
    return true
  }

  private mutating func readExtents(_ reader: inout VarintReader) -> Bool {
    guard let count = reader.count() else { return false }
    for _ in 0..<count {
      guard let metric = metric(reader.next()), let run = reader.next(), run < runs.count,
        let first = second(reader.next()), let last = second(reader.next()), first <= last,
        runs[Int(run)].period.start.seconds <= first, last < runs[Int(run)].period.end.seconds
      else { return false }
      extents.append(Extent(metric: metric, run: Int(run), first: first, last: last))
    }
    return true
  }

  private mutating func readSums(_ reader: inout VarintReader) -> Bool {
    guard let count = reader.count() else { return false }
    for _ in 0..<count {
      guard let metric = metric(reader.next()), let type = reader.text(), let sums = reader.chunk(day: day),
        let billionths = billionths(sums), let slots = slots(sums.instants),
        let samples = reader.runs(count: slots.count)
      else { return false }
      self.sums.append(
        Sums(metric: metric, type: type, slots: slots, sums: billionths, samples: samples))
    }
    return true
  }

  /// The values of a chunk, times 10^9; nil where they have more decimals, or are beyond 64 bits.
  private func billionths(_ chunk: DayChunk) -> [Int64]? {
    guard chunk.scales.isEmpty, chunk.scale <= Self.decimals else { return nil }
    let factor = powerOfTen(Self.decimals - chunk.scale)
    var values: [Int64] = []
    values.reserveCapacity(chunk.mantissas.count)
    for mantissa in chunk.mantissas {
      let (value, isBeyond) = mantissa.multipliedReportingOverflow(by: factor)
      guard !isBeyond else { return nil }
      values.append(value)
    }
    return values
  }

  /// The slots that start at some instants of the day, in order; nil where two are in one slot.
  private func slots(_ instants: [Int64]) -> [Int]? {
    let start = period.start.seconds
    var slots: [Int] = []
    slots.reserveCapacity(instants.count)
    for instant in instants {
      let slot = Int((instant - start) / Self.stepSeconds)
      guard slot > slots.last ?? -1, slot < Self.slots else { return nil }
      slots.append(slot)
    }
    return slots
  }

  private func metric(_ place: UInt64?) -> Metric? {
    place.flatMap { $0 < Self.metrics.count ? Self.metrics[Int($0)] : nil }
  }

  /// An instant of the day, or its end.
  private func second(_ offset: UInt64?) -> Int64? {
    offset.flatMap { $0 <= 86_400 ? period.start.seconds + Int64($0) : nil }
  }
}

extension [UInt8] {
  fileprivate mutating func appendChunk(_ chunk: DayChunk) {
    var encoder = DayChunkEncoder()
    var bytes: [UInt8] = []
    encoder.append(chunk, to: &bytes)
    appendVarint(UInt64(bytes.count))
    append(contentsOf: bytes)
  }
}

extension [UInt8] {
  /// Numbers above 0 as runs of equal ones.
  fileprivate mutating func appendRuns(_ numbers: [Int64]) {
    var index = 0
    while index < numbers.count {
      let end = numbers[index...].firstIndex { $0 != numbers[index] } ?? numbers.count
      appendVarint(UInt64(numbers[index]))
      appendVarint(UInt64(end - index))
      index = end
    }
  }
}

extension VarintReader {
  /// So many numbers that ``Swift/Array/appendRuns(_:)`` wrote.
  fileprivate mutating func runs(count: Int) -> [Int64]? {
    var numbers: [Int64] = []
    numbers.reserveCapacity(count)
    while numbers.count < count {
      guard let number = next(), number >= 1, number <= 1 << 32, let length = next(), length >= 1,
        length <= UInt64(count - numbers.count)
      else { return nil }
      numbers += repeatElement(Int64(number), count: Int(length))
    }
    return numbers
  }

  fileprivate mutating func chunk(day: Int) -> DayChunk? { part().flatMap { DayChunkReader.chunk($0, day: day) } }
}

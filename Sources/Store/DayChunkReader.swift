import Model

/// The part of a chunk before its values: when it was measured, without what.
struct DayChunkHead {
  var count: Int
  /// In seconds since 1970.
  var first, last: Int64
  /// nil when each sample has its own.
  var scale: Int?
}

/// Unpacks chunks. Bytes that are not a sound chunk give nil and never trap.
enum DayChunkReader {
  /// Reads a chunk up to its values.
  /// - Parameter run: called for every run of equal distances between instants, in the order of time: the instant before
  ///   the run, the distance in seconds and the number of them.
  static func head(
    _ bytes: UnsafeRawBufferPointer, day: Int, run: (_ start: Int64, _ distance: Int64, _ length: Int) -> Void
  ) -> DayChunkHead? {
    var reader = VarintReader(bytes: bytes)
    return head(&reader, day: day, run: run)
  }

  /// The chunk of a day.
  static func chunk(_ bytes: UnsafeRawBufferPointer, day: Int) -> DayChunk? {
    var samples = SeriesSamples()
    guard samples.append(bytes, day: day) else { return nil }
    samples.finish()
    return DayChunk(
      day: day, scale: samples.scale, scales: samples.scales, instants: samples.instants, mantissas: samples.mantissas)
  }

  @inline(__always)
  fileprivate static func head(
    _ reader: inout VarintReader, day: Int, run: (_ start: Int64, _ distance: Int64, _ length: Int) -> Void
  ) -> DayChunkHead? {
    guard reader.byte() == DayChunk.version, let scale = reader.byte(),
      scale <= largestScale || scale == DayChunk.ownScales, let count = reader.next(), count >= 1,
      count <= UInt64(DayChunk.secondsPerDay), let offset = reader.next(), offset < UInt64(DayChunk.secondsPerDay)
    else { return nil }
    let midnight = Int64(day) * DayChunk.secondsPerDay
    var head = DayChunkHead(
      count: Int(count), first: midnight + Int64(offset), last: midnight + Int64(offset),
      scale: scale == DayChunk.ownScales ? nil : Int(scale))
    var left = count - 1
    while left > 0 {
      guard let distance = reader.next(), let length = reader.next(), length >= 1, length <= left, distance >= 1,
        distance < UInt64(DayChunk.secondsPerDay)
      else { return nil }
      let start = head.last
      head.last += Int64(distance * length)
      guard head.last < midnight + DayChunk.secondsPerDay else { return nil }
      run(start, Int64(distance), Int(length))
      left -= length
    }
    return head
  }
}

/// The samples of a series as a scan reads them, in memory that it uses again.
///
/// The value i is `mantissas[i]` × 10^-`scale`, or 10^-`scales[i]` where `scales` is not empty; see ``Model/Series``.
package struct SeriesSamples {
  /// Strictly increasing, in seconds since 1970; empty in a scan without them.
  package private(set) var instants: [Int64] = []
  package private(set) var mantissas: [Int64] = []
  /// Decimals of every sample, or the most of any.
  package private(set) var scale = 0
  /// Decimals of each sample; empty when all have `scale`.
  package private(set) var scales: [UInt8] = []
  /// Where the samples of each chunk end, and their scale; nil where each has its own, which `scales` then has.
  private var parts: [(end: Int, scale: Int?)] = []

  init() {}

  package var count: Int { mantissas.count }

  /// What they are as a series.
  package func series(_ key: SeriesKey) -> Series {
    guard scales.isEmpty else { return Series(key: key, instants: instants, mantissas: mantissas, scales: scales) }
    return Series(key: key, instants: instants, mantissas: mantissas, scale: scale)
  }

  /// Makes room for so many samples of five minutes as the days have, which most series are of.
  mutating func reserve(days: Int) {
    let count = min(days, 400) * 288
    instants.reserveCapacity(count)
    mantissas.reserveCapacity(count)
  }

  mutating func removeAll() {
    instants.removeAll(keepingCapacity: true)
    mantissas.removeAll(keepingCapacity: true)
    scales.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
    scale = 0
  }

  /// Appends a chunk's samples; false when the bytes are not a sound chunk, and a part of it may then be there.
  mutating func append(_ bytes: UnsafeRawBufferPointer, day: Int, instants: Bool = true) -> Bool {
    var reader = VarintReader(bytes: bytes)
    let read =
      instants ? appendInstants(&reader, day: day) : DayChunkReader.head(&reader, day: day) { _, _, _ in }
    guard let head = read else { return false }
    if head.scale == nil, !appendScales(&reader, count: head.count) { return false }
    guard appendMantissas(&reader, count: head.count), reader.isAtEnd else { return false }
    parts.append((mantissas.count, head.scale))
    return true
  }

  /// Brings all chunks to one scale where they fit, after the last one.
  mutating func finish() {
    scale = parts.reduce(0) { max($0, $1.scale ?? 0) }
    guard parts.contains(where: { $0.scale != scale }) else { return }
    if scales.isEmpty, widen() { return }
    var all: [UInt8] = []
    var own = 0
    for part in parts {
      let count = part.end - all.count
      if let scale = part.scale {
        all += repeatElement(UInt8(scale), count: count)
      } else {
        all += scales[own..<(own + count)]
        own += count
      }
    }
    scales = all
    scale = shareScale(&mantissas, &scales)
  }

  /// Drops what is before a moment of the first chunk, as long as it is the only one: behind others it would move them all.
  mutating func dropFirst(before start: Instant) {
    guard parts.count == 1, parts[0].scale != nil else { return }
    let early = instants.firstIndex { $0 >= start.seconds } ?? count
    instants.removeFirst(early)
    mantissas.removeFirst(early)
    parts[0].end -= early
  }

  /// Keeps the samples of a range of indices.
  private mutating func keep(_ range: Range<Int>) {
    let (last, first) = (count - range.upperBound, range.lowerBound)
    // In the memory that they have: a copy would be as much again, which is never used before.
    func keep<Value>(_ values: inout [Value]) {
      values.removeLast(last)
      values.removeFirst(first)
    }
    keep(&instants)
    keep(&mantissas)
    if !scales.isEmpty { keep(&scales) }
  }

  /// Keeps the samples of a period.
  mutating func keep(_ period: Period) {
    let lower = instants.firstIndex { $0 >= period.start.seconds } ?? count
    let upper = instants.lastIndex { $0 < period.end.seconds }.map { $0 + 1 } ?? 0
    keep(lower..<max(lower, upper))
  }

  private func partRanges() -> [(range: Range<Int>, exponent: Int)] {
    var start = 0
    return parts.map { part in
      defer { start = part.end }
      return (start..<part.end, scale - (part.scale ?? scale))
    }
  }

  /// Brings chunks of a scale each to the largest; false, with nothing changed, when a value would not fit.
  private mutating func widen() -> Bool {
    let ranges = partRanges().filter { $0.exponent > 0 }
    for (range, exponent) in ranges {
      guard let most = mantissas[range].max(), let least = mantissas[range].min() else { continue }
      guard isWidened(most, by: exponent), isWidened(least, by: exponent) else { return false }
    }
    for (range, exponent) in ranges {
      let factor = powerOfTen(min(exponent, 18))
      for index in range { mantissas[index] *= factor }
    }
    return true
  }

  private mutating func appendInstants(_ reader: inout VarintReader, day: Int) -> DayChunkHead? {
    let first = instants.count
    // The first instant comes with the head, which is read before the runs: its place is filled afterwards.
    instants.append(0)
    let head = DayChunkReader.head(&reader, day: day) { start, distance, length in
      let place = instants.count
      instants.append(contentsOf: repeatElement(start, count: length))
      instants.withUnsafeMutableBufferPointer { all in
        for index in 0..<length { all[place + index] &+= distance &* Int64(index + 1) }
      }
    }
    guard let head else { return nil }
    instants[first] = head.first
    return head
  }

  private mutating func appendScales(_ reader: inout VarintReader, count: Int) -> Bool {
    var left = UInt64(count)
    while left > 0 {
      guard let scale = reader.next(), scale <= UInt64(largestScale), let length = reader.next(), length >= 1,
        length <= left
      else { return false }
      scales += repeatElement(UInt8(scale), count: Int(length))
      left -= length
    }
    return true
  }

  private mutating func appendMantissas(_ reader: inout VarintReader, count: Int) -> Bool {
    guard let first = reader.next() else { return false }
    let start = mantissas.count
    mantissas.append(contentsOf: repeatElement(ZigZag.decoded(first), count: count))
    return mantissas.withUnsafeMutableBufferPointer { all in
      var from = start + 1
      while from < all.count {
        let end = min(from + DayChunk.groupSize, all.count)
        guard readGroup(&reader, into: all, from..<end) else { return false }
        from = end
      }
      return true
    }
  }
}

/// Unpacks one group of a chunk's values to a range of indices, which must lie within the buffer and not start at 0.
/// The only place that stores through a pointer.
@inline(__always)
private func readGroup(
  _ reader: inout VarintReader, into values: UnsafeMutableBufferPointer<Int64>, _ range: Range<Int>
) -> Bool {
  precondition(range.lowerBound > 0 && range.upperBound <= values.count, "a group within the values")
  guard let head = reader.byte() else { return false }
  let width = Int(head & 0x7F)
  guard width <= 64 else { return false }
  var value = values[range.lowerBound - 1]
  let hasBase = head >= 0x80
  if hasBase {
    guard let base = reader.next() else { return false }
    value &+= ZigZag.decoded(base)
  }
  let start = reader.position
  guard let numbers = PackedNumbers(reader.bytes, start: start, count: range.count, width: width) else { return false }
  let target = values.baseAddress! + range.lowerBound
  if hasBase {
    numbers.forEach(count: range.count) { target[$0] = value &+ Int64(bitPattern: $1) }
  } else {
    numbers.forEach(count: range.count) { index, number in
      value &+= ZigZag.decoded(number)
      target[index] = value
    }
  }
  reader.position = PackedNumbers.end(start: start, count: range.count, width: width)
  return true
}

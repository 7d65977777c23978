import Model

/// The samples of one series on one day (UTC), packed without loss.
///
/// Layout, version 1:
///
/// | bytes | meaning |
/// |---|---|
/// | 1 | version: 1 |
/// | 1 | encoding of the body: 0 as it is, 1 deflated (zlib, chosen only when smaller) |
/// | rest | the body |
///
/// Body, every number a varint (7 bits a byte, lowest first, top bit set on all but the last byte):
///
/// | numbers | meaning |
/// |---|---|
/// | 1 | scale: a value is mantissa × 10^-scale |
/// | 1 | n, the number of samples, at least 1 |
/// | 1 | the first sample's instant, in seconds after midnight |
/// | pairs | deltas of the following instants, as runs (delta, length) until n - 1 are told: 1 pair in a day without gaps |
/// | n | deltas of the mantissas from 0 on, modulo 2^64, zig-zag: 0, -1, 1, -2 as 0, 1, 2, 3 |
struct DayChunk: Hashable {
  static let version: UInt8 = 1
  static let secondsPerDay: Int64 = 86_400

  /// Days since 1970-01-01.
  var day: Int
  var scale: Int
  /// Strictly increasing, all on the day.
  var instants: [Int64]
  var mantissas: [Int64]

  /// The chunk as bytes.
  /// - Precondition: it has samples.
  func encoded(_ deflater: Deflater) -> [UInt8] {
    precondition(!instants.isEmpty, "a chunk without samples")
    var body: [UInt8] = []
    body.reserveCapacity(16 + 3 * instants.count)
    body.appendVarint(UInt64(scale))
    body.appendVarint(UInt64(instants.count))
    body.appendVarint(UInt64(instants[0] - Int64(day) * Self.secondsPerDay))
    appendInstants(to: &body)
    var previous: Int64 = 0
    for mantissa in mantissas {
      let delta = mantissa &- previous
      body.appendVarint(UInt64(bitPattern: (delta << 1) ^ (delta >> 63)))
      previous = mantissa
    }
    if let smaller = deflater.deflated(body) { return [Self.version, 1] + smaller }
    return [Self.version, 0] + body
  }

  private func appendInstants(to body: inout [UInt8]) {
    var index = 1
    while index < instants.count {
      let delta = instants[index] - instants[index - 1]
      var end = index + 1
      while end < instants.count, instants[end] - instants[end - 1] == delta { end += 1 }
      body.appendVarint(UInt64(delta))
      body.appendVarint(UInt64(end - index))
      index = end
    }
  }
}

/// Unpacks chunks; one after another, so that its memory is used again.
struct DayChunkReader {
  private let inflater = Inflater()

  /// Appends the samples of a chunk to arrays; gives its scale, or nil when the bytes are not a sound chunk. The arrays
  /// may then hold a part of it.
  func read(
    _ bytes: UnsafeRawBufferPointer, day: Int, instants: inout [Int64], mantissas: inout [Int64]
  ) -> Int? {
    guard bytes.count > 2, bytes[0] == DayChunk.version else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[2...])
    switch bytes[1] {
    case 0: return readBody(rest, day: day, &instants, &mantissas)
    case 1:
      guard let body = inflater.inflated(rest) else { return nil }
      return readBody(body, day: day, &instants, &mantissas)
    default: return nil
    }
  }

  /// The chunk of a day.
  func chunk(_ bytes: UnsafeRawBufferPointer, day: Int) -> DayChunk? {
    var chunk = DayChunk(day: day, scale: 0, instants: [], mantissas: [])
    guard let scale = read(bytes, day: day, instants: &chunk.instants, mantissas: &chunk.mantissas) else { return nil }
    chunk.scale = scale
    return chunk
  }

  private func readBody(
    _ body: UnsafeRawBufferPointer, day: Int, _ instants: inout [Int64], _ mantissas: inout [Int64]
  ) -> Int? {
    var varints = VarintReader(bytes: body)
    guard let scale = varints.next(), scale <= 18, let count = varints.next(), count >= 1,
      count <= UInt64(DayChunk.secondsPerDay), let offset = varints.next(), offset < UInt64(DayChunk.secondsPerDay)
    else { return nil }
    let midnight = Int64(day) * DayChunk.secondsPerDay
    var instant = midnight + Int64(offset)
    instants.append(instant)
    var left = count - 1
    while left > 0 {
      guard let delta = varints.next(), let length = varints.next(), length >= 1, length <= left, delta >= 1,
        delta <= UInt64(DayChunk.secondsPerDay)
      else { return nil }
      for _ in 0..<length {
        instant += Int64(delta)
        instants.append(instant)
      }
      left -= length
    }
    guard instant < midnight + DayChunk.secondsPerDay else { return nil }
    var mantissa: Int64 = 0
    for _ in 0..<count {
      guard let code = varints.next() else { return nil }
      mantissa &+= Int64(bitPattern: (code >> 1) ^ (0 &- (code & 1)))
      mantissas.append(mantissa)
    }
    return varints.isAtEnd ? Int(scale) : nil
  }
}

import Model

/// The samples of one series on one day (UTC), packed without loss.
///
/// Layout, version 2; a number is a varint: 7 bits a byte, lowest first, top bit set on all but the last byte.
///
/// | bytes | meaning |
/// |---|---|
/// | 1 | version: 2 |
/// | 1 | scale, 0...40: a value is mantissa × 10^-scale; 255: each sample has its own |
/// | number | n, the number of samples, at least 1 |
/// | number | the first sample's instant, in seconds after midnight |
/// | numbers | distances of the following instants, as runs (seconds, length) until n - 1 are told |
/// | numbers | only for scale 255: scales, as runs (scale, length) until n are told |
/// | number | the first mantissa, zig-zag: 0, -1, 1, -2 as 0, 1, 2, 3 |
/// | groups | the other mantissas, 32 a group, the rest in the last |
///
/// A group starts with a byte whose low 7 bits are a width of 0...64 bits. With the top bit set a number follows: the
/// least mantissa of the group less the mantissa before it, zig-zag; then what each mantissa has above the least, packed
/// by that width. Without it the differences of each mantissa to the one before follow, zig-zag, packed. The encoder
/// takes what is shorter. Every sum and difference is modulo 2^64.
///
/// Whole groups keep to whole bytes. Nothing is deflated on top: values are unpacked by single loads of words.
struct DayChunk: Hashable {
  static let version: UInt8 = 2
  static let secondsPerDay: Int64 = 86_400
  static let groupSize = 32
  /// In place of a scale: each sample has its own.
  static let ownScales: UInt8 = 255

  /// Days since 1970-01-01.
  var day: Int
  /// Of all samples; the largest where they differ.
  var scale: Int
  /// One for each sample; empty when they share one.
  var scales: [UInt8] = []
  /// Strictly increasing, all on the day.
  var instants: [Int64]
  var mantissas: [Int64]
}

/// Packs chunks one after another, using its memory again.
struct DayChunkEncoder {
  private var deltas: [UInt64] = []
  private var offsets: [UInt64] = []

  init() {
    deltas.reserveCapacity(DayChunk.groupSize)
    offsets.reserveCapacity(DayChunk.groupSize)
  }

  /// Appends a chunk in the layout of ``DayChunk``.
  mutating func append(_ chunk: DayChunk, to bytes: inout [UInt8]) {
    precondition(!chunk.instants.isEmpty, "a chunk without samples")
    bytes.reserveCapacity(bytes.count + 32 + 2 * chunk.instants.count)
    bytes.append(DayChunk.version)
    bytes.append(chunk.scales.isEmpty ? UInt8(chunk.scale) : DayChunk.ownScales)
    bytes.appendVarint(UInt64(chunk.instants.count))
    bytes.appendVarint(UInt64(chunk.instants[0] - Int64(chunk.day) * DayChunk.secondsPerDay))
    bytes.appendDistances(of: chunk.instants)
    appendScales(chunk.scales, to: &bytes)
    let mantissas = chunk.mantissas
    bytes.appendVarint(ZigZag.encoded(mantissas[0]))
    var start = 1
    while start < mantissas.count {
      let end = min(start + DayChunk.groupSize, mantissas.count)
      appendGroup(mantissas[start..<end], after: mantissas[start - 1], to: &bytes)
      start = end
    }
  }

  private func appendScales(_ scales: [UInt8], to bytes: inout [UInt8]) {
    var index = 0
    while index < scales.count {
      let end = scales[index...].firstIndex { $0 != scales[index] } ?? scales.count
      bytes.appendVarint(UInt64(scales[index]))
      bytes.appendVarint(UInt64(end - index))
      index = end
    }
  }

  private mutating func appendGroup(_ group: ArraySlice<Int64>, after before: Int64, to bytes: inout [UInt8]) {
    deltas.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    var least = group[group.startIndex]
    var most = least
    var previous = before
    var deltaBits: UInt64 = 0
    for mantissa in group {
      let delta = ZigZag.encoded(mantissa &- previous)
      deltas.append(delta)
      deltaBits |= delta
      least = min(least, mantissa)
      most = max(most, mantissa)
      previous = mantissa
    }
    let deltaWidth = 64 - deltaBits.leadingZeroBitCount
    let offsetWidth = 64 - UInt64(bitPattern: most &- least).leadingZeroBitCount
    let base = ZigZag.encoded(least &- before)
    let baseBytes = max(1, (64 - base.leadingZeroBitCount + 6) / 7)
    guard (offsetWidth * group.count + 7) / 8 + baseBytes < (deltaWidth * group.count + 7) / 8 else {
      bytes.append(UInt8(deltaWidth))
      return bytes.appendPacked(deltas[...], width: deltaWidth)
    }
    for mantissa in group { offsets.append(UInt64(bitPattern: mantissa &- least)) }
    bytes.append(UInt8(offsetWidth) | 0x80)
    bytes.appendVarint(base)
    bytes.appendPacked(offsets[...], width: offsetWidth)
  }
}

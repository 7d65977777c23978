import Model

/// A sample among those of one series and day; 16 bytes.
struct DaySample: Hashable {
  var mantissa: Int64
  /// After midnight UTC.
  var second: Int32
  var scale: UInt8

  var decimal: ScaledDecimal { ScaledDecimal(mantissa: mantissa, scale: Int(scale)).normalised }

  /// Whether both have the same value as numbers: 0.5 and 0.50 do.
  func hasValue(of other: DaySample) -> Bool {
    if scale == other.scale { return mantissa == other.mantissa }
    return decimal == other.decimal
  }
}

extension [DaySample] {
  /// True when no two are of the same second and they are in the order of time.
  var isInOrder: Bool {
    var last: Int32 = -1
    for sample in self {
      guard sample.second > last else { return false }
      last = sample.second
    }
    return true
  }

  /// Sorts by time and keeps the first of each second, wherever the others were.
  /// - Parameter repeated: called for each other one, with the one kept, in the order they were in.
  mutating func keepFirst(repeated: (_ kept: DaySample, _ other: DaySample) -> Void) {
    guard !isInOrder else { return }
    let order = indices.map { UInt64(self[$0].second) << 32 | UInt64($0) }.sorted()
    var result: [DaySample] = []
    result.reserveCapacity(count)
    for place in order {
      let sample = self[Int(place & 0xFFFF_FFFF)]
      if let last = result.last, last.second == sample.second {
        repeated(last, sample)
      } else {
        result.append(sample)
      }
    }
    self = result
  }
}

extension DayChunk {
  /// What samples make, at one scale if they fit.
  /// - Precondition: there is a sample, they are in the order of time, and scales are at most 40.
  init(day: Int, samples: [DaySample]) {
    let midnight = Int64(day) * Self.secondsPerDay
    let isUniform = samples.allSatisfy { $0.scale == samples[0].scale }
    self.init(
      day: day, scale: Int(samples[0].scale), scales: isUniform ? [] : samples.map(\.scale),
      instants: samples.map { midnight + Int64($0.second) }, mantissas: samples.map(\.mantissa))
    normalise()
  }

  /// The same of an import's.
  init(day: Int, logged samples: ArraySlice<LoggedSample>) {
    let first = samples[samples.startIndex].scale
    let isUniform = samples.allSatisfy { $0.scale == first }
    self.init(
      day: day, scale: Int(first), scales: isUniform ? [] : samples.map(\.scale), instants: samples.map(\.seconds),
      mantissas: samples.map(\.mantissa))
    normalise()
  }

  private mutating func normalise() {
    scale = scales.isEmpty ? droppingCommonZeros(&mantissas, scale: scale) : shareScale(&mantissas, &scales)
  }

  var samples: [DaySample] {
    let midnight = Int64(day) * Self.secondsPerDay
    return instants.indices.map { index in
      DaySample(
        mantissa: mantissas[index], second: Int32(instants[index] - midnight),
        scale: scales.isEmpty ? UInt8(scale) : scales[index])
    }
  }
}

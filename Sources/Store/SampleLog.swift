import Model

/// A sample among those of an import: 16 bytes.
struct LoggedSample {
  var mantissa: Int64
  /// Seconds since 1970 above, decimals in the lowest 8 bits.
  private var secondsAndScale: Int64

  @inline(__always)
  init(mantissa: Int64, seconds: Int64, scale: UInt8) {
    self.mantissa = mantissa
    secondsAndScale = seconds &<< 8 | Int64(scale)
  }

  @inline(__always)
  var seconds: Int64 { secondsAndScale &>> 8 }
  @inline(__always)
  var scale: UInt8 { UInt8(truncatingIfNeeded: secondsAndScale) }
  var day: Int { Int(seconds / DayChunk.secondsPerDay) }
  var daySample: DaySample {
    DaySample(mantissa: mantissa, second: Int32(seconds % DayChunk.secondsPerDay), scale: scale)
  }
}

/// Samples of an import in the order of its file, each with the slot of its series, until they are sorted by series.
struct SampleLog {
  /// Samples of a small file.
  private static let small = 1 << 15
  /// Beyond it the store has no days.
  static let endOfTime: Int64 = 65_536 * DayChunk.secondsPerDay

  // Written by index up to `count`: appending checks more often than is needed here.
  private var samples: [LoggedSample] = []
  private var slots: [UInt32] = []
  private(set) var count = 0

  /// Appends samples up to the first that the store cannot hold, whose index it gives.
  /// - Parameters:
  ///   - slotOfSeries: the slot of each series number; empty when they are the same.
  ///   - most: how many samples the log is to hold before it is taken.
  mutating func append(_ new: ArraySlice<Sample>, slotOfSeries: [Int], most: Int) -> Int? {
    reserve(count + new.count, most: most)
    let start = count
    var failed: Int?
    samples.withUnsafeMutableBufferPointer { samples in
      slots.withUnsafeMutableBufferPointer { slots in
        var place = start
        for index in new.indices {
          let sample = new[index]
          guard UInt64(bitPattern: sample.seconds) < UInt64(Self.endOfTime), sample.scale <= largestScale else {
            failed = index
            break
          }
          samples[place] = LoggedSample(mantissa: sample.mantissa, seconds: sample.seconds, scale: sample.scale)
          slots[place] = slotOfSeries.isEmpty ? sample.series : UInt32(slotOfSeries[Int(sample.series)])
          place += 1
        }
        count = place
      }
    }
    return failed
  }

  /// Takes everything out, sorted by slot; those of a slot stay in their order.
  mutating func takeSorted(slots slotCount: Int, into sorted: inout SlotRuns) {
    sorted.fill(count, slots: slotCount, samples: samples, slotOf: slots)
    count = 0
  }

  /// Appends samples of one slot.
  mutating func append(_ slot: Int, _ new: ArraySlice<LoggedSample>) {
    reserve(count + new.count, most: 0)
    for sample in new {
      samples[count] = sample
      slots[count] = UInt32(slot)
      count += 1
    }
  }

  /// Makes room; beyond a small file's at once for all that is to come, since growing copies.
  private mutating func reserve(_ needed: Int, most: Int) {
    guard needed > samples.count else { return }
    let more = (needed <= Self.small ? Self.small : max(needed, most)) - samples.count
    samples.append(contentsOf: repeatElement(LoggedSample(mantissa: 0, seconds: 0, scale: 0), count: more))
    slots.append(contentsOf: repeatElement(0, count: more))
  }
}

/// Samples sorted by slot, each slot's in the order of the file or, where the file is not in it, of time.
struct SlotRuns {
  private(set) var samples: [LoggedSample] = []
  /// Where each slot's samples end; they start where those of the slot before end.
  private(set) var ends: [Int] = []

  func range(_ slot: Int) -> Range<Int> { (slot == 0 ? 0 : ends[slot - 1])..<ends[slot] }

  /// Takes samples by a counting sort.
  /// - Precondition: every slot is below `slotCount`.
  mutating func fill(_ count: Int, slots slotCount: Int, samples given: [LoggedSample], slotOf: [UInt32]) {
    if samples.count < count {
      let zero = LoggedSample(mantissa: 0, seconds: 0, scale: 0)
      samples.append(contentsOf: repeatElement(zero, count: count - samples.count))
    }
    ends = [Int](repeating: 0, count: slotCount)
    for index in 0..<count { ends[Int(slotOf[index])] += 1 }
    var start = 0
    for slot in 0..<slotCount {
      let own = ends[slot]
      ends[slot] = start
      start += own
    }
    samples.withUnsafeMutableBufferPointer { samples in
      ends.withUnsafeMutableBufferPointer { places in
        for index in 0..<count {
          let slot = Int(slotOf[index])
          samples[places[slot]] = given[index]
          places[slot] += 1
        }
      }
    }
    for slot in 0..<slotCount where !isInOrder(range(slot)) { sortByTime(range(slot)) }
  }

  private func isInOrder(_ range: Range<Int>) -> Bool {
    var last: Int64 = -1
    for index in range {
      guard samples[index].seconds >= last else { return false }
      last = samples[index].seconds
    }
    return true
  }

  /// Those of one instant stay in the order of the file.
  private mutating func sortByTime(_ range: Range<Int>) {
    // An instant takes 33 bits, a place in the log fewer than 31.
    let order = range.map { UInt64(samples[$0].seconds) << 31 | UInt64($0 - range.lowerBound) }.sorted()
    let sorted = order.map { samples[range.lowerBound + Int($0 & 0x7FFF_FFFF)] }
    samples.replaceSubrange(range, with: sorted)
  }
}

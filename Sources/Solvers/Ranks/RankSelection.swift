// Goals, in order: exact; linear in the number of values whatever they are; no more memory than the values themselves.
//
// Values are counted in buckets of 2^k neighbours; a rank's bucket follows from the counts. Where a bucket is one value
// wide that value is the answer; otherwise the bucket's values are gathered and counted again, at most six times for 64
// bits (a radix selection from the top: Alabi et al., "Fast k-selection algorithms for graphics processing units",
// 2012). A month of CPU percentages with two decimals needs one round of counting.

/// Selects values by their ranks, using its memory again.
package struct RankSelection {
  private static let sortedBelow = 48
  private static let mostBuckets = 1 << 16

  private var counts: [UInt32] = []

  package init() {}

  /// The values of ranks: what `values.sorted()` has at rank - 1.
  ///
  /// - Parameter ranks: from 1 to the number of values, ascending; the same may come twice.
  /// - Precondition: every rank is in that range, and there are fewer than 2^32 values.
  package mutating func values(at ranks: [Int], of values: [Int64]) -> [Int64] {
    precondition(values.count < Int(UInt32.max), "too many values to count")
    precondition(ranks.allSatisfy { (1...max(1, values.count)).contains($0) }, "a rank beyond the values")
    precondition(zip(ranks, ranks.dropFirst()).allSatisfy { $0 <= $1 }, "ranks in ascending order")
    guard !values.isEmpty else { return [] }
    return select(ranks[...], of: values)
  }

  private mutating func select(_ ranks: ArraySlice<Int>, of values: [Int64]) -> [Int64] {
    if values.count < Self.sortedBelow {
      let sorted = values.sorted()
      return ranks.map { sorted[$0 - 1] }
    }
    let (least, most) = extremes(values)
    let span = UInt64(bitPattern: most &- least)
    if span == 0 { return ranks.map { _ in least } }
    // Fewer buckets than values, so that going through them costs no more than counting.
    let limit = UInt64(min(Self.mostBuckets, max(4 * values.count, 256)))
    var shift: UInt64 = 0
    while span >> shift >= limit { shift += 1 }
    count(values, least: least, shift: shift, buckets: Int(span >> shift) + 1)
    var result: [Int64] = []
    for (bucket, inner) in buckets(of: ranks) {
      if shift == 0 {
        result += inner.map { _ in least &+ Int64(bucket) }
      } else {
        let part = values.filter { Int(UInt64(bitPattern: $0 &- least) >> shift) == bucket }
        var narrower = RankSelection()
        result += narrower.select(inner[...], of: part)
      }
    }
    return result
  }

  private func extremes(_ values: [Int64]) -> (least: Int64, most: Int64) {
    var least = values[0]
    var most = least
    for value in values {
      least = value < least ? value : least
      most = value > most ? value : most
    }
    return (least, most)
  }

  private mutating func count(_ values: [Int64], least: Int64, shift: UInt64, buckets: Int) {
    counts.removeAll(keepingCapacity: true)
    counts.append(contentsOf: repeatElement(0, count: buckets))
    counts.withUnsafeMutableBufferPointer { counts in
      for value in values { counts[Int(truncatingIfNeeded: UInt64(bitPattern: value &- least) &>> shift)] &+= 1 }
    }
  }

  /// The buckets that hold ranks, each with the ranks within it.
  private func buckets(of ranks: ArraySlice<Int>) -> [(bucket: Int, ranks: [Int])] {
    var found: [(bucket: Int, ranks: [Int])] = []
    var bucket = 0
    var below = 0
    for rank in ranks {
      while below + Int(counts[bucket]) < rank {
        below += Int(counts[bucket])
        bucket += 1
      }
      if found.last?.bucket == bucket {
        found[found.count - 1].ranks.append(rank - below)
      } else {
        found.append((bucket, [rank - below]))
      }
    }
    return found
  }
}

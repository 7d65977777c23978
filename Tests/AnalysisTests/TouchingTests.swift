import Analysis
import TestSupport
import Testing

@Suite struct TouchingTests {
  @Test("Ranges belong together where a chain of them leads from the one to the other", arguments: 0..<100)
  func chains(seed: Int) {
    var random = SplitMix64(seed: seed)
    let ranges = (0..<random.number(0...9)).map { _ in
      let start: Int = random.number(0...40)
      return start..<start + random.number(1...6)
    }
    let groups = touching(ranges) { _ in 1 }
    #expect(groups.flatMap(\.self).sorted() == Array(ranges.indices))
    // Walked instead: a range reaches whatever starts at most a slot behind it and ends no earlier than a slot before.
    func touch(_ a: Int, _ b: Int) -> Bool {
      ranges[a].lowerBound <= ranges[b].upperBound + 1 && ranges[b].lowerBound <= ranges[a].upperBound + 1
    }
    for start in ranges.indices {
      var reached: Set = [start]
      while case let more = ranges.indices.filter({ index in reached.contains { touch($0, index) } }),
        more.count > reached.count
      { reached = Set(more) }
      #expect(groups.contains { Set($0) == reached })
    }
  }

  @Test("A tolerance is that of the earlier range")
  func tolerance() {
    #expect(touching([0..<2, 5..<6], tolerance: { $0 == 0 ? 3 : 0 }) == [[0, 1]])
    #expect(touching([0..<2, 5..<6], tolerance: { $0 == 0 ? 2 : 9 }) == [[0], [1]])
  }
}

import Analysis
import Model
import TestSupport
import Testing

@Suite struct AlignmentTests {
  private let grid = SampleGrid(period: period("2026-10-01T00:00:00Z", "2026-10-01T00:22:00Z"))

  @Test("A grid counts its last slot even when the period cuts it short")
  func count() {
    // 22 minutes: slots at 0, 5, 10, 15 and 20.
    #expect(grid.count == 5)
    #expect(SampleGrid(period: october).count == 8928)
  }

  @Test("The slots of a part are those that start inside it", arguments: 0..<100)
  func slots(seed: Int) {
    var random = SplitMix64(seed: seed)
    let start = grid.period.start.advanced(by: random.number(-900...1500))
    let part = Period(start: start, end: start.advanced(by: random.number(0...1500)))
    let expected = (0..<grid.count).filter { part.contains(grid.instant($0)) }
    #expect(Array(grid.slots(in: part)) == expected)
  }

  @Test("Of several samples in a slot the largest counts, and an empty slot is nil, not zero")
  func aligned() {
    let series = series([(0, 10), (60, 30), (120, 20), (601, 5)])
    #expect(series.aligned(to: grid) == [30, nil, 5, nil, nil])
    // A minute apart, most often: 4 of 22 minutes.
    #expect(series.coverage(on: grid) == Coverage(seen: 4, expected: 22))
  }

  @Test("Where sums count a slot has the mean of its samples")
  func means() {
    let series = series([(0, 10), (60, 30), (120, 20), (601, 5)])
    #expect(series.aligned(to: grid, slots: 0..<5, in: grid.period, .mean) == [20, nil, 5, nil, nil])
  }

  @Test("A sample of a longer interval than a slot counts for all of it, up to the next and to the end of the period")
  func coarse() {
    // A quarter of an hour is three slots; of the second two are left.
    #expect(series([(0, 10), (900, 20)]).aligned(to: grid) == [10, 10, 10, 20, 20])
    let whole = series([(0, 10), (600, 20), (1200, 30)])
    #expect(whole.aligned(to: grid) == [10, 10, 20, 20, 30])
    #expect(whole.coverage(on: grid) == Coverage(seen: 3, expected: 3))
  }

  @Test("Samples outside the period do not count")
  func outside() {
    let series = series([(-1, 99), (0, 1), (22 * 60, 99)])
    #expect(series.aligned(to: grid) == [1, nil, nil, nil, nil])
  }

  @Test("A negative sample is larger than nothing")
  func negative() { #expect(series([(0, -5)]).aligned(to: grid)[0] == -5) }

  @Test("Samples of different scales are compared as numbers")
  func mixedScales() {
    let start = grid.period.start.seconds
    // 9.5 and 10 in one slot, 0.25 alone in the next: the mantissas 95 and 25 are larger than 10.
    let series = Series(
      key: SeriesKey(service: "app", metric: .connections), instants: [start, start + 60, start + 300],
      mantissas: [95, 10, 25], scales: [1, 0, 2])
    #expect(series.aligned(to: grid) == [10, 0.25, nil, nil, nil])
  }

  private func series(_ samples: [(Int64, Int64)]) -> Series {
    Series(
      key: SeriesKey(service: "app", metric: .connections), instants: samples.map { grid.period.start.seconds + $0.0 },
      mantissas: samples.map(\.1), scale: 0)
  }
}

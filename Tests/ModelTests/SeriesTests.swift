import Model
import TestSupport
import Testing

@Suite struct SeriesTests {
  @Test("The samples of a period are those a linear search finds", arguments: 0..<100)
  func ranges(seed: Int) {
    var random = SplitMix64(seed: seed)
    let instants = Set((0..<random.number(0...20)).map { _ in Int64(random.number(0...50)) }).sorted()
    let series = series(instants)
    let start: Int64 = random.number(-5...55)
    let end = start + Int64(random.number(0...30))
    let range = series.range(in: Period(start: Instant(seconds: start), end: Instant(seconds: end)))
    #expect(Array(range) == instants.indices.filter { instants[$0] >= start && instants[$0] < end })
  }

  @Test("A value is its mantissa scaled")
  func values() {
    let series = Series(key: key, instants: [0, 300], mantissas: [995, -5], scale: 1)
    #expect(series.value(0) == 99.5)
    #expect(series.value(1) == -0.5)
  }

  private let key = SeriesKey(service: "api", metric: .connections)
  private func series(_ instants: [Int64]) -> Series {
    Series(key: key, instants: instants, mantissas: instants, scale: 0)
  }
}

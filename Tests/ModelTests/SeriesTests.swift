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

  @Test("A sum over samples of one scale is exact, and so is one over mixed scales of at most 12 decimals")
  func sums() {
    let plain = Series(key: key, instants: [0, 300, 600], mantissas: [1, 20, 300], scale: 18)
    #expect(plain.sumScale == 18 && plain.sum(0..<3) == 321 && plain.sum(1..<2) == 20 && plain.sum(0..<0) == 0)
    // 1234567.5 + 0.000000000001 - 3, times 10^12.
    let mixed = Series(key: key, instants: [0, 300, 600], mantissas: [12_345_675, 1, -3], scales: [1, 12, 0])
    #expect(mixed.sumScale == 12 && mixed.sum(0..<3) == 1_234_564_500_000_000_001)
    #expect(mixed.sum(1..<2) == 1)
  }

  @Test("Decimals beyond 12 are added up before they are rounded, half-even")
  func roundedSums() {
    // Five times 0.0000000000005 is 2.5 of the last decimal: 2; rounded one by one they would be 0.
    let halves = Series(
      key: key, instants: Array(0..<5), mantissas: [5, 5, 5, 5, 5], scales: [13, 13, 13, 13, 13])
    #expect(halves.sum(0..<5) == 2)
    // With two samples of 14 decimals more, of 0.75 and 0.76 of the last decimal, rounded by themselves: 1.51 is 2.
    let more = Series(
      key: key, instants: Array(0..<7), mantissas: [5, 5, 5, 5, 5, 75, 76], scales: [13, 13, 13, 13, 13, 14, 14])
    #expect(more.sum(0..<7) == 4)
    // A single scale beyond 18 is summed likewise: 10^-40 is nothing, 5 x 10^18 of it neither.
    let fine = Series(key: key, instants: [0, 300], mantissas: [1, 5_000_000_000_000_000_000], scale: 40)
    #expect(fine.sumScale == 12 && fine.sum(0..<2) == 0)
  }

  @Test("Values, decimals and slices of mixed scales are those of their samples")
  func mixedScales() {
    let series = Series(key: key, instants: [0, 300, 600], mantissas: [995, 5, 1], scales: [1, 0, 40])
    #expect(series.scale == 40 && series.scale(0) == 1)
    #expect((0..<2).map(series.value) == [99.5, 5])
    #expect(series.value(2) == 1e-40)
    #expect(series.decimal(0) == ScaledDecimal(mantissa: 995, scale: 1))
    #expect(series.slice(1..<3).scales == [0, 40] && series.slice(1..<3).mantissas == [5, 1])
  }

  private let key = SeriesKey(service: "api", metric: .connections)
  private func series(_ instants: [Int64]) -> Series {
    Series(key: key, instants: instants, mantissas: instants, scale: 0)
  }
}

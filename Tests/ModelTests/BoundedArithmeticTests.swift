import Model
import TestSupport
import Testing

/// Numbers at the ends of their range: a result beyond it is its end, and nothing ends the program.
@Suite struct BoundedArithmeticTests {
  @Test("Money beyond its range is the end of the range, which says so")
  func money() {
    let most = Money(nanoDollars: .max)
    #expect(most + Money(nanoDollars: 1) == most)
    #expect(Money(nanoDollars: .min) - Money(nanoDollars: 1) == Money(nanoDollars: .min))
    // 2^63 - 1 nano-dollars times 2^127 - 1 does not fit 128 bits either.
    #expect(most.charge(for: .max, per: 1).isBeyondRange)
    #expect(Money(nanoDollars: -5).charge(for: .max, per: 1) == Money(nanoDollars: .min))
    #expect(!Money(nanoDollars: 5).isBeyondRange)
  }

  @Test("A moment at either end of its range is printed, and moved no further")
  func instants() {
    // 2^63 s / 31,556,952 s a year of the Gregorian calendar = 292,277,024,626.9 years around 1970.
    #expect(Instant(seconds: .max).description == "292277026596-12-04T15:30:07Z")
    #expect(Instant(seconds: .min).description == "-292277022657-01-27T08:29:52Z")
    #expect(Instant(seconds: .max).advanced(by: 1) == Instant(seconds: .max))
    #expect(Period(start: Instant(seconds: .min), end: Instant(seconds: .max)).seconds == .max)
  }

  @Test("The nearest whole number is that of the rounded number, at every edge of what a double holds")
  func nearest() {
    let edges = [
      0, 0.5, 0.49999999999999994, 1.5, 2.5, 1e15 + 0.5, 0x1p51 + 0.5, 0x1p52, 0x1p53, 0x1p62, 1e19, .infinity,
    ]
    for value in edges.flatMap({ [$0, -$0, $0.nextUp, $0.nextDown] }) {
      #expect(nearestWholeNumber(value) == (wholeNumber(value.rounded()) as Int), "\(value)")
    }
    #expect(nearestWholeNumber(.nan) == 0)
    var random = SplitMix64(seed: 3)
    for _ in 0..<2_000 {
      let value = Double(random.number(-1_000_000_000...1_000_000_000)) / 1024
      #expect(nearestWholeNumber(value) == Int(value.rounded()), "\(value)")
    }
  }

  @Test("A fraction beyond a whole number's range is its end, and no number is 0")
  func wholeNumbers() {
    #expect((wholeNumber(1e30) as Int) == .max)
    #expect((wholeNumber(-1e30) as Int64) == .min)
    #expect((wholeNumber(.nan) as Int) == 0)
    #expect((wholeNumber(-.infinity) as Int128) == .min)
    #expect((wholeNumber(2.9) as Int) == 2)
  }

  @Test("An amount that nothing reaches, and one below 0, is left out; growth may be negative")
  func plausible() throws {
    func series(_ metric: Metric, _ mantissas: [Int64]) -> Series {
      Series(
        key: SeriesKey(service: "edge", metric: metric), instants: mantissas.indices.map { Int64($0) * 300 },
        mantissas: mantissas, scale: 1)
    }
    // One decimal: 10^15 is the mantissa 10^16.
    let lcu = series(.lcuHours, [-1, 0, 10_000_000_000_000_000, 10_000_000_000_000_001])
    #expect(lcu.plausible?.mantissas == [0, 10_000_000_000_000_000])
    #expect(lcu.plausible?.instants == [300, 600])
    #expect(series(.concurrentUsers, [-50, -50]).plausible == nil)
    let growth = series(.connectionGrowthPercentPerMinute, [-50])
    #expect(growth.plausible == growth)
    let unknown = series(Metric("furnace_temperature"), [-50, .max])
    #expect(unknown.plausible == unknown)
  }
}

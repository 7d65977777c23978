import Model
import Testing

@testable import Advice

@Suite struct DemandOutlookTests {
  @Test("The expected path grows by its growth, and the spread by the square root of the time")
  func paths() {
    let outlook = DemandOutlook(growth: 0.21, monthlySpread: 0.1)
    // Month 5.5 is its middle: 1.21^(5.5 / 12) = 1.091298 and, a deviation up, × exp(0.1 × √5.5) = 1.264302, over the
    // mean of the ten, 1.024415.
    #expect(outlook.millionths(on: DemandPath(), month: 5) == 1_091_298)
    #expect(outlook.millionths(on: DemandPath(deviations: 1), month: 5) == 1_346_848)
    #expect(outlook.millionths(on: DemandPath(scalePercent: 70), month: 5) == 763_908)
  }

  @Test("Ten futures are the middles of ten equal parts of the normal distribution")
  func futures() {
    // Their mean is 0 and the mean of their squares a little below 1, for the tails are cut.
    let deviations = DemandPath.likely.compactMap(\.deviations)
    #expect(deviations.count == 10 && abs(deviations.reduce(0, +)) < 1e-9)
    #expect(deviations == deviations.sorted())
    let variance = deviations.reduce(0) { $0 + $1 * $1 } / 10
    #expect(variance > 0.85 && variance < 1)
  }

  @Test("The mean of the likely paths is the expected one, whatever the spread", arguments: [0.01, 0.1, 0.5])
  func mean(spread: Double) {
    let outlook = DemandOutlook(growth: 0.2, monthlySpread: spread)
    for month in [0, 5, 11, 35] {
      let sum = DemandPath.likely.reduce(0) { $0 + outlook.millionths(on: $1, month: month) }
      #expect(abs(sum - 10 * outlook.millionths(on: DemandPath(), month: month)) <= 10)
    }
  }

  @Test("Few weeks leave the prior, and many weeks of steady demand lower it")
  func spread() {
    #expect(DemandOutlook.spread(weeklyMeans: [3], prior: 0.08) == 0.08)
    // Two weeks: span 1, one move of ln 1.5 = 0.405465; a month has 4.3452 weeks.
    // (4 × 0.0064 + 0.164402 × 4.3452) / 5 = 0.147993; its root 0.384699.
    let moved = DemandOutlook.spread(weeklyMeans: [1, 1.5], prior: 0.08)
    #expect(abs(moved - 0.384699) < 0.00001)
    // 24 weeks alike: 20 moves over 4 weeks are worth 5: √(4 × 0.0064 / 9) = 0.05333.
    let steady = DemandOutlook.spread(weeklyMeans: [Double](repeating: 5, count: 24), prior: 0.08)
    #expect(abs(steady - 0.05333) < 0.0001)
    #expect(DemandOutlook.spread(weeklyMeans: [0, 0, 0, 0], prior: 0.08) == 0.08)
    // A launch: no more than 200 % a year, 57.7 % a month.
    let launch = DemandOutlook.spread(weeklyMeans: [1, 1, 20_000, 20_000], prior: 0.08)
    #expect(abs(launch - 0.57735) < 0.0001)
  }
}

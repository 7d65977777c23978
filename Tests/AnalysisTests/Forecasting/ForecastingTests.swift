import Analysis
import Model
import Solvers
import TestSupport
import Testing

@Suite struct ForecastingTests {
  private func days(_ values: [Double?]) -> MeasuredPast {
    let start = instant("2026-01-01")
    let period = Period(start: start, end: start.advanced(by: 86_400 * Int64(values.count)))
    return MeasuredPast(on: SampleGrid(period: period, stepSeconds: 86_400), values: values, seasons: [7])
  }

  /// Synthetic: a week's shape around a level, noise of up to 5 %.
  private func shop(_ count: Int, seed: Int) -> [Double?] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { day in
      let shape = [100.0, 100, 100, 100, 110, 140, 130][day % 7]
      return shape * (1 + Double(random.number(-50...50)) / 1000)
    }
  }

  @Test("Hours are means of what was measured, at least half of them; counts have their most")
  func hours() {
    let start = instant("2026-10-01")
    let grid = SampleGrid(period: Period(start: start, end: start.advanced(by: 3 * 3600)), stepSeconds: 900)
    let slots: [Double?] = [1, 2, 3, 4, 5, nil, 7, nil, nil, nil, nil, 9]
    #expect(MeasuredPast(hoursOf: slots, on: grid, until: grid.period.end).values == [2.5, 6, nil])
    let counts: [Int?] = [1, 2, 3, 4, 5, nil, 7, nil, nil, nil, nil, 9]
    #expect(MeasuredPast(mostOfHours: counts, on: grid, until: grid.period.end).values == [4, 7, nil])
    // An hour that is not over is no hour.
    let part = MeasuredPast(hoursOf: slots, on: grid, until: start.advanced(by: 2 * 3600 + 1800))
    #expect(part.values == [2.5, 6])
  }

  @Test("The sum of days to come lies within its interval about as often as it is to")
  func sums() throws {
    // Of 20 synthetic series, seeds 0 to 19, 16 are to hold; 3 standard deviations of a binomial share of 80 % are 5.4. Of 46 days
    // two weeks and sums of (46 - 14) / 3 = 10 days are left for 46 - 14 - 10 + 1 = 23 origins.
    var held = 0
    for seed in 0..<20 {
      let values = shop(60, seed: seed)
      let past = days(Array(values.prefix(46)))
      let answer = try past.forecast(14, levels: [80])
      let sum = try #require(SumForecast(SumTrials(past), days: 0..<14, of: answer, level: 80))
      #expect(sum.origins == 23)
      let actual = values.suffix(14).compactMap { $0 }.reduce(0, +)
      if sum.lower <= actual, actual <= sum.upper { held += 1 }
    }
    #expect((11...20).contains(held), "\(held) of 20")
  }

  @Test("The further ahead a sum is, the wider is its interval; a gap in the past is judged by the days beside it")
  func further() throws {
    let past = days(shop(60, seed: 2))
    let answer = try past.forecast(240, levels: [80])
    func width(_ trials: SumTrials, _ range: Range<Int>) throws -> Double {
      let sum = try #require(SumForecast(trials, days: range, of: answer, level: 80))
      return (sum.upper - sum.lower) / sum.mean
    }
    let trials = SumTrials(past)
    // The same sums of the past, 15 days at most: 240 days are 8 times as far ahead as 30, 8^(1/4) = 1.68.
    let (near, far) = (try width(trials, 0..<30), try width(trials, 0..<240))
    #expect(abs(far / near - 1.6818) < 0.01)
    var values = past.values
    for day in [40, 41] { values[day] = nil }
    #expect(try width(SumTrials(days(values)), 0..<30) > 0)
  }

  @Test("Where the past has no two sums, the limits rest on the days' own")
  func fewOrigins() throws {
    let past = days(shop(12, seed: 1))
    let answer = try past.forecast(28, levels: [80])
    let sum = try #require(SumForecast(SumTrials(past), days: 0..<28, of: answer, level: 80))
    let band = try #require(answer.bands.first)
    #expect(sum.origins == 0)
    // Half the width of the days' limits × 2 × √(28 / 7) = 4.
    #expect(abs(sum.upper - sum.mean - 4 * (band.upper.reduce(0, +) - sum.mean)) < 1e-6)
    #expect(SumForecast(SumTrials(past), days: 0..<29, of: answer, level: 80) == nil)
  }

  @Test("A backtest knows nothing of what it forecasts: a jump at the end is an error of every origin before it")
  func backtest() throws {
    let steady = try #require(ForecastBacktest(days(shop(70, seed: 3)), horizon: 7, level: 80))
    #expect(steady.origins == 8)
    #expect(steady.model.mase < 1 && steady.model.mase > 0)
    #expect(steady.seasonalNaive.mase > steady.model.mase)
    var jumped = shop(70, seed: 3)
    for day in 63..<70 { jumped[day] = jumped[day].map { $0 * 10 } }
    let surprised = try #require(ForecastBacktest(days(jumped), horizon: 7, level: 80))
    #expect(surprised.model.mase > 2 * steady.model.mase)
    #expect(surprised.model.coverage < steady.model.coverage)
    #expect(ForecastBacktest(days(shop(10, seed: 1)), horizon: 7, level: 80) == nil)
  }
}

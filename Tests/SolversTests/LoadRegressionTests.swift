import Solvers
import TestSupport
import Testing

@Suite struct LoadRegressionTests {
  /// Synthetic: 30 days of hours of three kinds with a day's shape and 4 % of their own, who cause 900, 0 and 2,880 each, with
  /// noise of 2 % (deviation) of which half is left an hour later.
  private func month(seed: Int, weights: [Double] = [900, 0, 2880], own: Double = 0.04) -> (
    load: [Double?], numbers: [[Double?]]
  ) {
    var random = SplitMix64(seed: seed)
    func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.number(0...999_999)) / 1e6 } }
    let means = [600.0, 200, 80]
    var (load, numbers) = ([Double?](), [[Double?]](repeating: [], count: 3))
    var noise = 0.0
    for hour in 0..<720 {
      let day = 0.4 + 0.6 * Double(abs(12 - (hour % 24))) / 12
      let now = means.map { ($0 * day * (1 + own * normal())).rounded() }
      for kind in 0..<3 { numbers[kind].append(now[kind]) }
      noise = 0.5 * noise + 0.02 * 0.75.squareRoot() * normal()
      let caused = zip(now, weights).reduce(0.0) { $0 + $1.0 * $1.1 }
      load.append(caused * (1 + noise))
    }
    return (load, numbers)
  }

  @Test("What each kind causes lies within its interval about as often as it is to")
  func calibrated() throws {
    // 40 seeds, 2 weights above 0 each, at 95 %: 76 of 80 expected; 3 deviations of a binomial share are 5.8.
    var held = 0
    for seed in 0..<40 {
      let (load, numbers) = month(seed: seed)
      let found = try #require(LoadRegression(load: load, numbers: numbers, stepsPerDay: 24, level: 95))
      #expect(found.days == 30 && found.explained > 0.95)
      for (weight, truth) in zip(found.weights, [900.0, 0, 2880]) {
        #expect(weight.lower >= 0 && weight.lower <= weight.value && weight.value <= weight.upper)
        if truth > 0, weight.lower <= truth, truth <= weight.upper { held += 1 }
      }
      #expect(found.weights[1].upper < 300)
    }
    #expect(held >= 70, "\(held) of 80")
  }

  @Test("An hour of bots and a gap change nothing of what users cause")
  func bots() throws {
    var (load, numbers) = month(seed: 7)
    let before = try #require(LoadRegression(load: load, numbers: numbers, stepsPerDay: 24, level: 95))
    load[400] = load[400].map { $0 * 6 }
    let after = try #require(LoadRegression(load: load, numbers: numbers, stepsPerDay: 24, level: 95))
    // Without the hour the others are all but the same.
    for (a, b) in zip(before.weights, after.weights) {
      #expect(abs(a.value - b.value) <= 0.1 * (a.upper - a.lower) + 1)
    }
    numbers[2][400] = nil
    let gap = try #require(LoadRegression(load: load, numbers: numbers, stepsPerDay: 24, level: 95))
    #expect(gap.weights == after.weights)
  }

  @Test("Kinds that are always as many cannot be told apart, nor can anything be said of three days")
  func alike() {
    let (load, numbers) = month(seed: 1)
    let same = [numbers[0], numbers[0].map { $0.map { 2 * $0 } }]
    #expect(LoadRegression(load: load, numbers: same, stepsPerDay: 24, level: 95) == nil)
    let short = numbers.map { Array($0.prefix(72)) }
    #expect(LoadRegression(load: Array(load.prefix(72)), numbers: short, stepsPerDay: 24, level: 95) == nil)
    #expect(LoadRegression(load: [nil, nil], numbers: [[1, 2]], stepsPerDay: 1, level: 95) == nil)
    #expect(LoadRegression(load: [], numbers: [], stepsPerDay: 1, level: 95) == nil)
  }

  @Test("What fits exactly has intervals that hold it")
  func exact() throws {
    // Each of the first causes 1 and of the second 2: connections.
    let (first, second) = ((0..<96).map { Double(10 + $0 % 7) }, (0..<96).map { Double(3 + $0 % 5) })
    let numbers: [[Double?]] = [first, second]
    let load: [Double?] = zip(first, second).map { $0 + 2 * $1 }
    let found = try #require(LoadRegression(load: load, numbers: numbers, stepsPerDay: 24, level: 95))
    #expect(found.weights[0].lower <= 1 && 1 <= found.weights[0].upper)
    #expect(found.weights[1].lower <= 2 && 2 <= found.weights[1].upper)
    #expect(found.weights[1].upper < 2.000001 && found.explained > 0.999999)
  }
}

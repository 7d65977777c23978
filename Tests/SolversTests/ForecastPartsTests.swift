import Foundation
import TestSupport
import Testing

@testable import Solvers

@Suite struct ForecastPartsTests {
  private func prepared(_ values: [Double?], seasons: [Int]) -> PreparedSeries {
    PreparedSeries(values[...], seasons: seasons)
  }

  @Test("Short gaps are bridged, longer ones filled from the seasons around, and seasons seen less than twice left out")
  func prepare() {
    // 2.5 lies in the middle of 2 and 3; seasons of 8: gaps of at most 2 are short.
    #expect(prepared([nil, 2, nil, 3], seasons: [8]).values == [2, 2.5, 3])
    #expect(prepared([nil, 2, nil, 3], seasons: [8]).isObserved == [true, false, true])
    // The season of 4 is held twice by 10 values, that of 6 is not. Places 3 to 5 are missing: 7 has what is due at 3, 8 and
    // 0 what is at 4, 9 and 1 what is at 5.
    let long = prepared([1, 2, 3, nil, nil, nil, 30, 40, 11, 22], seasons: [6, 4, 4])
    #expect(long.seasons == [4])
    #expect(long.values == [1, 2, 3, 40, 6, 12, 30, 40, 11, 22])
    // Of a hundred seasons of 1,000 the last eight are kept.
    #expect(prepared([Double?](repeating: 1, count: 100_000), seasons: [1_000]).count == 8_000)
  }

  @Test("An event gives way to what was usual; a change of level stays, and so do spikes that are more than 2 %")
  func events() {
    // A day of 8 hours, 25 days, and next to nothing beside it.
    var usual: [Double] = []
    for place in 0..<200 { usual.append(Double(place % 8) + 0.01 * Double(place * 7 % 5)) }
    func cleaned(_ change: (Int) -> Double) -> [Double] {
      let values: [Double?] = usual.enumerated().map { $0.element + change($0.offset) }
      return prepared(values, seasons: [8]).withoutEvents().series.values
    }
    let once = cleaned { (90..<93).contains($0) ? 100 : 0 }
    for place in 0..<200 { #expect(abs(once[place] - usual[place]) < 0.1) }
    #expect(cleaned { $0 == 199 ? 100 : 0 }[199] < 8)
    let shifted = cleaned { $0 >= 120 ? 100 : 0 }
    for place in 0..<200 {
      let level: Double = place >= 120 ? 100 : 0
      #expect(abs(shifted[place] - usual[place] - level) < 0.1)
    }
    // 2 % of 200 are 4.
    #expect(cleaned { $0 % 39 == 1 ? 100 : 0 }[40] > 99)
  }

  @Test(
    "Origins lie in the last third, the last at the end, and come by all hours",
    arguments: [1, 2, 3, 10, 100, 700, 5_000])
  func origins(count: Int) {
    let series = prepared((0..<count).map { Double($0) }, seasons: [24, 168])
    for horizon in [1, 48, 20_000] {
      let origins = RollingOrigins(series, horizon: horizon)
      #expect(origins.last == series.count)
      #expect(origins.places == origins.places.sorted() && origins.places.count <= 61)
      #expect(3 * origins.first >= 2 * series.count && origins.trialHorizon <= min(horizon, series.count / 3))
      if count == 5_000 { #expect(Set(origins.places.map { $0 % 24 }).count == 24) }
    }
  }

  @Test("Ridge regression solves the equations that its sums state")
  func ridge() {
    // y = 3 a - 2 b + 1 without error: with next to no penalty those are the coefficients.
    var noise = SplitMix64(seed: 11)
    var system = RidgeSystem(width: 3)
    var rows: [([Double], Double)] = []
    for _ in 0..<40 {
      let row = [Double.random(in: -1...1, using: &noise), Double.random(in: -1...1, using: &noise), 1]
      rows.append((row, 3 * row[0] - 2 * row[1] + 1))
      system.add(row, target: 3 * row[0] - 2 * row[1] + 1)
    }
    let plain = system.coefficients(ridge: 1e-12)
    for (found, expected) in zip(plain, [3.0, -2, 1]) { #expect(abs(found - expected) < 1e-6) }
    // With a penalty of 0.5 a row the gradient is zero: Σ x (x β - y) + 0.5 × 40 β = 0, of the constant without penalty.
    let drawn = system.coefficients(ridge: 0.5)
    for feature in 0..<3 {
      var slope = feature < 2 ? 0.5 * 40 * drawn[feature] : 0
      for (row, target) in rows {
        let fitted = row[0] * drawn[0] + row[1] * drawn[1] + drawn[2]
        slope += row[feature] * (fitted - target)
      }
      #expect(abs(slope) < 1e-6)
    }
    #expect(abs(drawn[0]) < 3)
  }

  @Test("Two columns that are the same, and none at all, still have coefficients")
  func singular() {
    var system = RidgeSystem(width: 3)
    for value in [1.0, 2, 3] { system.add([value, value, 1], target: value) }
    let coefficients = system.coefficients(ridge: 1e-9)
    #expect(abs(coefficients[0] + coefficients[1] - 1) < 1e-3)
    #expect(RidgeSystem(width: 3).coefficients(ridge: 1e-4).allSatisfy { $0 == 0 })
  }

  @Test("Quantiles of Student's distribution over those of the normal one are those of the tables")
  func student() {
    // Abramowitz and Stegun, tables 26.10 and 26.5: t(0.9) and t(0.975) of 3, 10 and 60 degrees; 1.28155 and 1.95996.
    let table = [
      (0.9, 3.0, 1.638), (0.9, 10, 1.372), (0.9, 60, 1.296), (0.975, 3, 3.182), (0.975, 10, 2.228), (0.975, 60, 2.000),
    ]
    for (probability, freedom, quantile) in table {
      let normal = probability == 0.9 ? 1.28155 : 1.95996
      let ratio = studentRatio(probability: probability, freedom: freedom)
      #expect(abs(ratio - quantile / normal) < 0.01 * ratio, "\(probability) \(freedom)")
    }
    #expect(abs(studentRatio(probability: 0.505, freedom: 1e9) - 1) < 1e-6)
  }

  @Test("Harmonics of a longer season leave out those of a shorter one, and repeat with their seasons")
  func harmonics() {
    let harmonics = Harmonics(seasons: [24, 168], most: (8, 12))
    // 8 of a day, and of 12 of a week all but the seventh, a cosine and a sine each.
    #expect(harmonics.width == 2 * (8 + 11))
    func features(_ place: Int) -> [Double] {
      var row = [Double](repeating: 0, count: harmonics.width + 1)
      row.withUnsafeMutableBufferPointer { harmonics.write(place, into: $0, at: 0) }
      return row
    }
    #expect(features(5) == features(5 + 168))
    #expect(features(0).dropLast() == ArraySlice((0..<19).flatMap { _ in [1.0, 0] }))
    // A quarter of a day: the first harmonic has a cosine of 0 and a sine of 1.
    #expect(abs(features(6)[0]) < 1e-12 && abs(features(6)[1] - 1) < 1e-12)
    #expect(Harmonics(seasons: [2], most: (8, 12)).width == 2)
    #expect(Harmonics(seasons: [], most: (8, 12)).width == 0)
  }

  @Test("A profile of two seasons adds up to what they are made of")
  func profile() {
    // Days of 2 and weeks of 4 steps, both about zero: the first is ±1, the second adds ±10 to the halves of a week.
    let part = [11.0, 9, -9, -11, 11, 9, -9, -11, 11, 9, -9, -11, 11, 9, -9, -11]
    let profile = SeasonalProfile(lengths: [2, 4], of: Array(part[3...]), start: 3, decay: 1)
    for place in 3..<40 { #expect(abs(profile.sum(at: place) - part[place % 4]) < 2.5) }
    let recent = SeasonalProfile(lengths: [2], of: [0, 0, 8, 0], start: 0, decay: 0.5)
    // (8 + 0.5 × 0) / 1.5.
    #expect(recent.values == [16.0 / 3, 0])
  }

  @Test("Without a trial the first candidate is all, and the band a random walk's")
  func noTrial() throws {
    let answer = try ForecastProblem(stepSeconds: 60, seasons: [], values: [4, 6], horizon: 4, levels: [50]).forecast()
    #expect(answer.model == "last value" && answer.mean == [6, 6, 6, 6])
    // The half width of the fourth step is twice that of the first: √4. Student's 0.75 of 3 degrees is 0.765, the normal
    // quantile 0.674.
    let widths = zip(answer.bands[0].upper, answer.mean).map { $0 - $1 }
    #expect(abs(widths[3] - 2 * widths[0]) < 1e-9 && abs(widths[0] - 2 * 0.765 / 0.6745) < 0.02)
  }
}

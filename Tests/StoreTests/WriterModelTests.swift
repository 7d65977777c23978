import Model
import Store
import TestSupport
import Testing

/// The writer against a dictionary that keeps the first value of every instant.
@Suite struct WriterModelTests {
  private struct Reference {
    var values: [SeriesKey: [Int64: ScaledDecimal]] = [:]
    var summary = ImportSummary()

    mutating func add(_ key: SeriesKey, _ sample: Sample) {
      let value = ScaledDecimal(mantissa: sample.mantissa, scale: Int(sample.scale)).normalised
      guard let kept = values[key]?[sample.seconds] else {
        values[key, default: [:]][sample.seconds] = value
        summary.added += 1
        return
      }
      if kept == value { summary.alreadyThere += 1 } else { summary.conflicts += 1 }
    }
  }

  @Test("Whatever the order, the repetitions and the budget, the first value of an instant is kept", arguments: 0..<60)
  func firstWins(seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let folder = try TemporaryFolder()
    let store = try folder.store()
    var reference = Reference()
    for file in 0..<3 {
      let keys = (0..<4).map { series("i-\($0)", []).key } + [series("i-0", []).key]
      let samples = randomSamples(&numbers, count: 400, series: keys.count)
      var expected = reference
      expected.summary = ImportSummary()
      for sample in samples { expected.add(keys[Int(sample.series)], sample) }
      let budget = WriterBudget(
        samples: [10, 60, 300, 100_000].randomElement(using: &numbers)!,
        batch: [1, 20, 100_000].randomElement(using: &numbers)!)
      var summary = try store.importUtilisation(budget: budget) { writer in
        try writer.addSeries(keys[...])
        var rest = samples[...]
        while !rest.isEmpty {
          let count = Int.random(in: 1...150, using: &numbers)
          try writer.add(Array(rest.prefix(count)))
          rest = rest.dropFirst(count)
        }
        return source(.utilisation, checksum: UInt64(file))
      }
      #expect(summary.examples.count <= summary.conflicts)
      summary.examples = []
      #expect(summary == expected.summary)
      reference = expected
    }
    var stored: [SeriesKey: [Int64: ScaledDecimal]] = [:]
    for one in try store.series() {
      for index in 0..<one.count { stored[one.key, default: [:]][one.instants[index]] = one.decimal(index).normalised }
    }
    #expect(stored == reference.values)
  }

  @Test("The examples and the stored bytes do not depend on the budget", arguments: 0..<20)
  func independentOfBudget(seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let keys = (0..<4).map { series("i-\($0)", []).key }
    let samples = randomSamples(&numbers, count: 1_000, series: keys.count)
    var results: [(summary: ImportSummary, series: [Series])] = []
    for budget in [WriterBudget(samples: 10, batch: 1), WriterBudget(samples: 200, batch: 50), WriterBudget()] {
      let folder = try TemporaryFolder()
      let store = try folder.store()
      let summary = try store.importUtilisation(budget: budget) { writer in
        try writer.addSeries(keys[...])
        try writer.add(samples)
        return source(.utilisation)
      }
      results.append((summary, try store.series()))
    }
    for other in results.dropFirst() {
      #expect(other.summary == results[0].summary)
      #expect(other.series == results[0].series)
    }
  }

  /// Samples on a few instants of five days, so that many meet; in runs of a day and alone; some with other spellings of
  /// a value, some that cannot share a scale.
  private func randomSamples(_ numbers: inout SplitMix64, count: Int, series: Int) -> [Sample] {
    var day = 0
    return (0..<count).map { _ in
      if numbers.next() % 5 == 0 { day = Int.random(in: 0..<5, using: &numbers) }
      let second = october.seconds + Int64(day) * 86_400 + 300 * Int64.random(in: 0..<40, using: &numbers)
      var mantissa = Int64.random(in: 0..<3, using: &numbers)
      var scale = UInt8.random(in: 0...2, using: &numbers)
      for _ in 0..<scale { mantissa *= 10 }
      if numbers.next() % 40 == 0 { (mantissa, scale) = (13_333_333_333_333_333, 40) }
      return Sample(
        series: UInt32.random(in: 0..<UInt32(series), using: &numbers), seconds: second, mantissa: mantissa,
        scale: scale)
    }
  }
}

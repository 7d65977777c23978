import Model
import TestSupport
import Testing

/// How long samples stand for, and which of them analysis takes.
@Suite struct SampleIntervalsTests {
  private let midnight = ServiceDay.period(of: 20_000).start.seconds

  @Test(
    "Samples of one distance stand for it, from a second to an hour", arguments: [1, 10, 60, 300, 900, 3600] as [Int64])
  func uniform(step: Int64) {
    let series = cpu((0..<20).map { midnight + $0 * step })
    let intervals = SampleIntervals(series, 0..<20, usual: 300)
    #expect(intervals.only == step && intervals.stepSeconds == step && intervals.tooLong == nil)
    #expect(intervals.seconds == 20 * step)
  }

  @Test("Gaps and a clock that strays by a second leave the distance as it is")
  func gaps() {
    // Every fourth minute is missing, and one in twenty is a second late.
    let minutes: [Int64] = (0..<400).filter { $0 % 4 != 3 }
    let instants = minutes.map { (minute: Int64) -> Int64 in midnight + minute * 60 + (minute % 20 == 0 ? 1 : 0) }
    let intervals = SampleIntervals(cpu(instants), 0..<instants.count, usual: 300)
    #expect(intervals.stepSeconds == 60 && intervals.seconds == 300 * 60)
  }

  @Test("A day whose own distance is another has that one: a source set to a finer interval is read at both")
  func changed() {
    let coarse = (0..<576).map { midnight + Int64($0) * 300 }
    let fine = (0..<1440).map { midnight + 2 * 86_400 + Int64($0) * 60 }
    let intervals = SampleIntervals(cpu(coarse + fine), 0..<2016, usual: 300)
    #expect(intervals.stretches.map(\.range) == [0..<576, 576..<2016])
    #expect(intervals.stretches.map(\.stepSeconds) == [300, 60])
    // Three days, of which two at five minutes.
    #expect(intervals.seconds == 3 * 86_400 && intervals.stepSeconds == 300 && intervals.only == nil)
    #expect(intervals.step(575) == 300 && intervals.step(576) == 60)
  }

  @Test("What lies between samples further apart than an hour is not known")
  func tooLong() {
    let intervals = SampleIntervals(cpu((0..<10).map { midnight + $0 * 86_400 }), 0..<10, usual: 300)
    #expect(intervals.tooLong == 86_400 && intervals.stepSeconds == 3600 && intervals.seconds == 10 * 3600)
    let counted = SampleIntervals(cpu((0..<10).map { midnight + $0 * 86_400 }), 0..<10, usual: 300, longest: 86_400)
    #expect(counted.tooLong == nil && counted.seconds == 10 * 86_400)
  }

  @Test("Without two samples the usual distance is taken; without one there is nothing")
  func few() {
    #expect(SampleIntervals(cpu([midnight]), 0..<1, usual: 300).seconds == 300)
    let none = SampleIntervals(cpu([]), 0..<0, usual: 300)
    #expect(none.seconds == 0 && none.stepSeconds == 300 && none.only == 300)
  }

  @Test("The most frequent distance is that of a count, whichever way it is found", arguments: 0..<100)
  func commonest(seed: Int) {
    var random = SplitMix64(seed: seed)
    var instants = [midnight]
    for _ in 0..<random.number(1...40) { instants.append(instants.last! + Int64(random.number(1...4))) }
    let distances = zip(instants.dropFirst(), instants).map { $0 - $1 }
    let counts = Dictionary(grouping: distances) { $0 }.mapValues(\.count)
    let most = counts.values.max()!
    let found = cpu(instants).commonestDistance(0..<instants.count)
    #expect(found?.count == most && found?.seconds == counts.filter { $0.value == most }.keys.min())
  }

  @Test("Above all of an instance there is nothing, and a memory of none was not measured")
  func plausible() {
    var cpu = cpu([midnight, midnight + 300, midnight + 600])
    cpu.mantissas = [0, 1005, 250]
    cpu.scale = 1
    #expect(cpu.plausible?.mantissas == [0, 1000, 250])
    var memory = cpu
    memory.key.metric = .memoryPercent
    #expect(memory.plausible?.mantissas == [1000, 250])
    #expect(memory.plausible?.instants == [midnight + 300, midnight + 600])
    memory.mantissas = [0, 0, 0]
    #expect(memory.plausible == nil)
    // Rates and counts have no such limit.
    var connections = cpu
    connections.key.metric = .connections
    #expect(connections.plausible == connections)
    var mixed = cpu
    (mixed.scales, mixed.mantissas) = ([0, 17, 2], [101, 9_000_000_000_000_000_000, 9_999])
    // 9 × 10^18 of 17 decimals are 90.
    #expect(mixed.plausible?.mantissas == [100, 9_000_000_000_000_000_000, 9_999])
  }

  private func cpu(_ instants: [Int64]) -> Series {
    Series(
      key: SeriesKey(service: "app", resource: "app-1", metric: .cpuPercent), instants: instants,
      mantissas: instants.map { _ in 10 }, scale: 0)
  }
}

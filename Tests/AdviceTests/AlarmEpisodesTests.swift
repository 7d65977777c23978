import Analysis
import Model
import Solvers
import TestSupport
import Testing

@testable import Advice

/// Conditions that are written as alarms: "Using Amazon CloudWatch alarms" of the user guide.
@Suite struct AlarmEpisodesTests {
  private let grid = SampleGrid(period: period("2026-10-01T00:00:00Z", "2026-10-01T02:00:00Z"), stepSeconds: 300)

  /// `X` is 80, `0` is 60, `-` is a gap; the slots in which the condition held.
  private func slots(_ text: String, _ points: String, every interval: Int64 = 300) -> [Range<Int>] {
    let values = points.map { point in point == "-" ? nil : Double?(point == "X" ? 80 : 60) }
    let measured = MeasuredValues(values, intervalSeconds: interval)
    return episodes(of: condition(text), limit: 70, in: measured, on: grid).map { episode in
      let first = grid.slot(episode.start)
      return first..<first + Int(episode.seconds / 300)
    }
  }

  @Test("Three of five samples are enough, wherever they are, and the alarm ends when they are no longer three")
  func threeOfFive() {
    // The third X is the 5th sample; the 8th sees 0 0 X 0 X... from the 4th on.
    #expect(slots("> 70% for 3 of 5", "X0X0X0000") == [4..<5])
    #expect(slots("> 70% for 3 of 5", "X0XX0X0000") == [3..<7])
    #expect(slots("> 70% for 3 of 5", "X00X00X00").isEmpty)
    #expect(slots("> 70% for 1 of 1", "0X0XX0") == [1..<2, 3..<5])
  }

  // Three of three, so an evaluation range of five. Of "00XX---0" the 7th sample sees X X - - -: breaching makes three of it,
  // missing goes off early since the oldest is old enough, ignore keeps OK, notBreaching counts two. Of "00XXX------0" the 8th
  // sees the same after ALARM, the 9th X - - - -, the 10th nothing; the last ends it for all.
  @Test(
    "A missing sample is what the condition says",
    arguments: [
      ("", "00XX-XX0", [5..<7]), ("", "00XX---0", [6..<7]), (" missing ignore", "00XX---0", []),
      (" missing breaching", "00XX---0", [6..<7]), (" missing notBreaching", "00XX---0", []),
      (" missing missing", "00XXX------0", [4..<9]), (" missing ignore", "00XXX------0", [4..<11]),
      (" missing breaching", "00XXX------0", [4..<11]), (" missing notBreaching", "00XXX------0", [4..<7]),
    ] as [(String, String, [Range<Int>])])
  func missing(word: String, points: String, expected: [Range<Int>]) {
    #expect(slots("> 70% for 3 of 3\(word)", points) == expected)
    // Three samples of five minutes are fifteen; with a word on missing ones they are an alarm too.
    if !word.isEmpty, word != " missing missing" { #expect(slots("> 70% for 15min\(word)", points) == expected) }
  }

  @Test(
    "Without a gap, M of M samples in a row end as a duration of as many does, and begin when it is full",
    arguments: 0..<60)
  func likeDurations(seed: Int) {
    var random = SplitMix64(seed: seed)
    let points = String((0..<24).map { _ in random.coin() ? "X" : "0" } as [Character])
    let count: Int = random.number(1...4)
    let alarm = slots("> 70% for \(count) of \(count)", points)
    let lasting = slots("> 70% for \(count * 5)min", points)
    #expect(alarm == lasting.map { $0.lowerBound + count - 1..<$0.upperBound })
  }

  @Test("Each slot is in alarm where the rule of the solver says so of its window", arguments: 0..<60)
  func likeTheSolver(seed: Int) {
    var random = SplitMix64(seed: seed)
    let points = (0..<24).map { _ in ["X", "0", "-"][random.number(0...2)] }.joined()
    let all: Int = random.number(1...5)
    let needed: Int = random.number(1...all)
    let treatment = MissingDataTreatment.allCases[random.number(0...3)]
    var state = AlarmState.ok
    let filled = String(repeating: "0", count: all + 2) + points
    let expected = points.indices.enumerated().filter { place, _ in
      var window = AlarmWindow(range: all + 2)
      for point in filled.dropFirst(place + 1).prefix(all + 2) {
        window.push(isReal: point != "-", isBreaching: point == "X")
      }
      state = AlarmRule(needed: needed, periods: all, treatment: treatment).state(of: window, after: state)
      return state == .alarm
    }.map(\.offset)
    let found = slots("> 70% for \(needed) of \(all) missing \(treatment.rawValue)", points)
    #expect(found.flatMap(Array.init) == expected)
  }

  @Test("A sample of a longer interval than a slot counts once")
  func coarse() {
    // Samples of ten minutes: two in a row from the third slot on.
    #expect(slots("> 70% for 2 of 2", "XXXX00", every: 600) == [2..<4])
    #expect(slots("> 70% for 2 of 2", "XX0000", every: 600).isEmpty)
  }
}

import Analysis
import Model
import TestSupport
import Testing

@Suite struct ScalingResponseTests {
  private let grid = SampleGrid(period: fourWeeks, stepSeconds: 600)
  private var days: LocalDays { LocalDays(grid, clock: LocalClock(identifier: "UTC")!) }

  /// The slot of a time on Tuesday of the second week.
  private func slot(_ hour: Int, _ minute: Int = 0) -> Int { 8 * 144 + hour * 6 + minute / 10 }

  /// Two instances but where it says otherwise.
  private func counts(_ change: [(Range<Int>, Int)]) -> [Int] {
    var counts = [Int](repeating: 2, count: grid.count)
    for (slots, count) in change { for slot in slots { counts[slot] = count } }
    return counts
  }

  @Test("Instances that come when it is over are late, and what they are above the usual is counted until they go")
  func late() {
    // 02:00 to 02:40; 4 from 02:40 to 03:40, then 3 to 04:10: 2 × 1 h + 1 × 0.5 h.
    let counts = counts([(slot(2, 40)..<slot(3, 40), 4), (slot(3, 40)..<slot(4, 10), 3)])
    let response = ScalingResponse(of: "app", counts, during: slot(2)..<slot(2, 40), on: days)
    #expect(response.before == 2 && response.most == 4 && response.isLate)
    #expect(response.rose == grid.instant(slot(2, 40)) && response.delaySeconds == 2400)
    #expect(response.until == grid.instant(slot(4, 10)) && response.excessSeconds == 9000)
  }

  @Test("Instances that come while it lasts are not late, and the delay counts from the load's rise")
  func inTime() {
    let counts = counts([(slot(10, 30)..<slot(13), 5)])
    let response = ScalingResponse(of: "app", counts, during: slot(10)..<slot(12), on: days)
    #expect(!response.isLate && response.delaySeconds == 1800 && response.most == 5)
    // 3 × 2.5 h.
    #expect(response.excessSeconds == 27_000)
  }

  @Test("What rises as on every day is no answer, and neither is what rises an hour later")
  func none() {
    // Every day 4 instances from 10:00 to 12:00.
    let daily = (0..<28).map { day in (day * 144 + 60..<day * 144 + 72, 4) }
    let response = ScalingResponse(
      of: "app", counts(daily), during: slot(9, 50)..<slot(11), on: days)
    #expect(response.rose == nil && response.before == 2 && response.excessSeconds == 0)
    let much = counts([(slot(5)..<slot(6), 4)])
    #expect(ScalingResponse(of: "app", much, during: slot(2)..<slot(3, 50), on: days).rose == nil)
    #expect(ScalingResponse(of: "app", much, during: slot(2)..<slot(4, 10), on: days).rose != nil)
  }

  @Test("An event at the end of the period looks no further")
  func atTheEnd() {
    let end = grid.count
    let response = ScalingResponse(of: "app", counts([]), during: end - 2..<end, on: days)
    #expect(response.rose == nil)
  }
}

@testable import Analysis
import Model
import Testing

/// Work grows with runs and slots, and not with their product.
@Suite struct ManyInstancesTests {
  private let grid = SampleGrid(
    period: Period(start: Instant(seconds: 0), end: Instant(seconds: 86_400 * 30)), stepSeconds: 300)

  private func run(_ number: Int, from start: Int64 = -100, to end: Int64? = nil) -> InstanceRun {
    InstanceRun(
      service: "web", resource: "i-\(number)", type: "t3.large", zone: "", lifecycle: .onDemand,
      started: Instant(seconds: start), stopped: end.map { Instant(seconds: $0) })
  }

  @Test("Ten thousand instances are counted in each slot; those that start or stop within one by its start")
  func counts() {
    // One starts a second into slot 1, and so runs from slot 2 on; one stops in slot 3, where it still runs.
    let runs = (0..<9_998).map { run($0) } + [run(9_998, from: 301), run(9_999, to: 901)]
    let counts = runningCounts(runs, on: grid)
    #expect(counts.count == 8_640)
    #expect(Array(counts.prefix(5)) == [9_999, 9_999, 10_000, 10_000, 9_999])
    #expect(counts.last == 9_999)
  }
}

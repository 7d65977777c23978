import Analysis
import Model
import TestSupport
import Testing

@Suite struct FleetPlanTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-02"), stepSeconds: 3600)

  @Test("Reshaped runs number what is wanted in every slot", arguments: 0..<200)
  func counts(seed: Int) {
    var random = SplitMix64(seed: seed)
    let runs = randomRuns(&random)
    let wanted = (0..<grid.count).map { _ in random.number(0...6) }
    #expect(runningCounts(reshaped(runs, to: wanted, on: grid, template: template), on: grid) == wanted)
  }

  @Test("In every slot the first to start run, and copies where there are too few", arguments: 0..<200)
  func slotBySlot(seed: Int) {
    var random = SplitMix64(seed: seed)
    let runs = randomRuns(&random)
    let level = random.number(0...6)
    let wanted = (0..<grid.count).map { _ in random.number(0...3) == 0 ? random.number(0...6) : level }
    let made = reshaped(runs, to: wanted, on: grid, template: template)
    for slot in 0..<grid.count {
      func active(_ runs: [InstanceRun]) -> [InstanceRun] {
        runs.filter { $0.started <= grid.instant(slot) && grid.instant(slot) < $0.stopped! }
      }
      let own = active(runs).sorted { ($0.started, $0.resource) < ($1.started, $1.resource) }.map(\.resource)
      let copies = (0..<max(0, wanted[slot] - own.count)).map { "extra-\($0 + 1)" }
      #expect(active(made).map(\.resource).sorted() == (own.prefix(wanted[slot]) + copies).sorted())
    }
  }

  @Test("The running count of a slot is the number of runs that cover its start", arguments: 0..<100)
  func counted(seed: Int) {
    var random = SplitMix64(seed: seed)
    let runs = randomRuns(&random)
    let counts = runningCounts(runs, on: grid)
    for slot in 0..<grid.count {
      #expect(counts[slot] == runs.count { $0.started <= grid.instant(slot) && grid.instant(slot) < $0.stopped! })
    }
  }

  @Test("Wanting what runs changes no instance-second", arguments: 0..<200)
  func identity(seed: Int) {
    // Each run covers at least one slot's start; none begins or ends on the grid but by chance.
    var random = SplitMix64(seed: seed)
    let runs = randomRuns(&random)
    let same = reshaped(runs, to: runningCounts(runs, on: grid), on: grid, template: template)
    #expect(secondsByResource(same) == secondsByResource(runs))
  }

  @Test("A resource that changed its type in between keeps both types")
  func resized() {
    let runs = [
      run("app-1", of: "app", "m5.large", grid.part(0, 10)), run("app-1", of: "app", "m5.xlarge", grid.part(10, 24)),
    ]
    let same = reshaped(runs, to: runningCounts(runs, on: grid), on: grid, template: template)
    #expect(same.sorted { $0.started < $1.started } == runs)
  }

  @Test("Where fewer are wanted the latest started rest")
  func latestRest() {
    let runs = [
      run("old", of: "app", "m5.large", grid.part(0, 24)), run("new", of: "app", "m5.large", grid.part(4, 24)),
    ]
    let fewer = reshaped(runs, to: Array(repeating: 1, count: 24), on: grid, template: template)
    #expect(fewer.map(\.resource) == ["old"])
  }

  @Test("Where more are wanted copies of the template run")
  func copies() {
    let more = reshaped(
      [run("old", of: "app", "m5.large", grid.part(0, 24))], to: Array(repeating: 3, count: 24), on: grid,
      template: template)
    #expect(more.map(\.resource) == ["extra-1", "extra-2", "old"])
    #expect(more.allSatisfy { $0.overlap(with: grid.period) == grid.period })
  }

  @Test("Replacing a service's runs leaves the others and marks the service as changed")
  func setRuns() {
    var plan = FleetPlan(
      runs: runs(2, of: "app", "m5.large", october) + runs(1, of: "db", "m5.large", october), commitments: [])
    plan.setType("m5.xlarge", of: tinyService("app", ["m5.xlarge"]))
    #expect(plan.runs(of: "app").map(\.type) == ["m5.xlarge", "m5.xlarge"])
    #expect(plan.runs(of: "db").map(\.type) == ["m5.large"])
    #expect(plan.changedServices == ["app"])
  }

  private let template = run("extra", of: "app", "m5.large", october)

  /// Runs inside the day, to the minute, an hour long at least.
  private func randomRuns(_ random: inout SplitMix64) -> [InstanceRun] {
    (0..<random.number(0...5)).map { index in
      let start: Int64 = random.number(0...1379)
      let end: Int64 = random.number((start + 61)...1440)
      let midnight = grid.period.start
      let span = Period(start: midnight.advanced(by: start * 60), end: midnight.advanced(by: end * 60))
      return run("app-\(index)", of: "app", "m5.large", span)
    }
  }

  private func secondsByResource(_ runs: [InstanceRun]) -> [String: Int64] {
    runs.reduce(into: [:]) { $0[$1.resource, default: 0] += $1.overlap(with: grid.period)!.seconds }
  }
}

import Analysis
import Model
import TestSupport
import Testing

@Suite struct ServiceLoadTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-02"), stepSeconds: 3600)

  @Test("The load is the sum over instances, each in the size of its type")
  func sums() throws {
    let runs = [
      run("a", of: "app", "m5.large", grid.period), run("b", of: "app", "m5.xlarge", grid.period),
    ]
    let load = try load(
      runs,
      [cpu("a") { _ in 50 }, cpu("b") { _ in 25 }, memory("a") { _ in 50 }, memory("b") { _ in 50 }])
    // 50 % of 2 vCPU + 25 % of 4 = 2; 50 % of 8 GiB + 50 % of 16 GiB = 12.
    #expect(load.meanVcpu.allSatisfy { $0 == 2 })
    #expect(load.memoryGiB.allSatisfy { $0 == 12 })
    #expect(load.running == Array(repeating: 2, count: 24))
  }

  @Test("Where half of the reporting instances have a sample the sum is scaled to all; where fewer have, it is unknown")
  func scaled() throws {
    // Four instances of 2 vCPU at 50 %: 4 vCPU. Hour 3: two of four report, 2 × 4/2. Hour 4: one of four.
    let series = (1...4).map { index in
      cpu("app-\(index)") { hour in (hour == 3 && index > 2) || (hour == 4 && index > 1) ? nil : 50 }
    }
    let load = try load(runs(4, of: "app", "m5.large", grid.period), series)
    #expect(load.meanVcpu[2...4] == [4, 4, nil])
  }

  @Test("An instance that fell silent carries no load and asks for none")
  func silent() throws {
    let series = [cpu("app-1") { _ in 50 }, cpu("app-2") { $0 < 12 ? 50 : nil }, cpu("app-3") { $0 < 12 ? 50 : nil }]
    let load = try load(runs(3, of: "app", "m5.large", grid.period), series)
    #expect(load.meanVcpu[11] == 3)
    #expect(load.meanVcpu[12] == 1)
  }

  @Test("The peak is the highest minute where it is measured, else the mean")
  func peaks() throws {
    let peaks = samples("app", "app-1", .cpuMaxPercent, on: grid) { $0 < 6 ? 90 : nil }
    let load = try load(runs(1, of: "app", "m5.large", grid.period), [cpu("app-1") { _ in 50 }, peaks])
    #expect(load.peakVcpu[5] == 1.8)
    #expect(load.peakVcpu[6] == 1)
  }

  @Test("Unmeasured is nil, never zero, and other services' instances do not count")
  func unmeasured() throws {
    let others = runs(1, of: "db", "m5.large", grid.period)
    let load = try load(runs(1, of: "app", "m5.large", grid.period) + others, [cpu("app-1") { _ in 50 }])
    #expect(load.memoryGiB.allSatisfy { $0 == nil })
    #expect(load.running[0] == 1)
    #expect(load.values(.connections) == nil)
  }

  @Test("The used share counts demand and capacity of measured slots alone, the fuller dimension wins")
  func utilisation() throws {
    let load = try load(
      runs(1, of: "app", "m5.large", grid.period), [cpu("app-1") { $0 < 12 ? 25 : nil }, memory("app-1") { _ in 10 }])
    // CPU 0.5 of 2 vCPU in measured hours: 25 %; memory 10 %.
    let offered = try offeredCapacity(runs(1, of: "app", "m5.large", grid.period), on: grid, catalogue: catalogue())
    let used = try #require(
      load.utilisation(plannedVcpu: offered.vcpu, plannedMemoryGiB: offered.memoryGiB, factor: .one))
    #expect(used.tenThousandths == 2500)
    #expect(used == UsedShare(.cpu, 0.25))
    // Four times the demand on the same instance: full. Five times: still full.
    let more = load.utilisation(
      plannedVcpu: offered.vcpu, plannedMemoryGiB: offered.memoryGiB, factor: DemandFactor(5, 1))
    #expect(more?.tenThousandths == 10_000)
  }

  @Test("A service that measured nothing has no used share")
  func noUtilisation() throws {
    let load = try load(runs(1, of: "app", "m5.large", grid.period), [])
    #expect(load.utilisation(plannedVcpu: Array(repeating: 2, count: 24), plannedMemoryGiB: [], factor: .one) == nil)
  }

  private func load(_ runs: [InstanceRun], _ series: [Series]) throws -> ServiceLoad {
    try ServiceLoad(
      tinyService("app", ["m5.large"]), runs: runs, history: History(series), grid: grid, catalogue: catalogue())
  }
  private func cpu(_ resource: String, _ value: (Int) -> Int64?) -> Series {
    samples("app", resource, .cpuPercent, on: grid, value)
  }
  private func memory(_ resource: String, _ value: (Int) -> Int64?) -> Series {
    samples("app", resource, .memoryPercent, on: grid, value)
  }
}

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
      load.utilisation(
        plannedVcpu: offered.vcpu, plannedMemoryGiB: offered.memoryGiB, plannedInstances: [], factor: .one))
    #expect(used.tenThousandths == 2500)
    #expect(used.dimension == .cpu && used.fraction == 0.25 && used.isMemoryMeasured && used.measured == 1)
    // Two vCPUs at 0.031611 are 65.1 % of the price beside 8 GiB at 0.004237: 0.651 × 25 % + 0.349 × 10 % = 19.8 %.
    let resources = try #require(used.byResource)
    #expect(abs(resources.cpuOfPrice - 0.651) < 0.001 && abs(resources.fraction - 0.198) < 0.001)
    // Four times the demand on the same instance: full. Five times: still full.
    let more = load.utilisation(
      plannedVcpu: offered.vcpu, plannedMemoryGiB: offered.memoryGiB, plannedInstances: [], factor: DemandFactor(5, 1))
    #expect(more?.tenThousandths == 10_000)
  }

  @Test("Memory that is measured of some instances alone is theirs; of the others it is not zero")
  func partlyMeasured() throws {
    let runs = runs(2, of: "app", "m5.large", grid.period)
    let offered = try offeredCapacity(runs, on: grid, catalogue: catalogue())
    func used(_ series: [Series]) throws -> UsedShare? {
      try load(runs, series).utilisation(
        plannedVcpu: offered.vcpu, plannedMemoryGiB: offered.memoryGiB, plannedInstances: [], factor: .one)
    }
    let cpus = [cpu("app-1") { _ in 20 }, cpu("app-2") { _ in 20 }]
    // 60 % of 8 GiB is 4.8 GiB of the 8 GiB that were measured, half of what ran.
    let half = try #require(try used(cpus + [memory("app-1") { _ in 60 }]))
    #expect(half.dimension == .memory && abs(half.fraction - 0.6) < 1e-9 && abs(half.measured - 0.5) < 1e-9)
    // The agent of the second began at noon: 12 hours 4.8 of 8 GiB, 12 hours 9.6 of 16, 1.5 of 2 instances measured.
    let late = memory("app-2") { $0 < 12 ? nil : 60 }
    let share = try #require(try used(cpus + [memory("app-1") { _ in 60 }, late]))
    #expect(abs(share.fraction - 0.6) < 1e-9 && abs(share.measured - 0.75) < 1e-9)
    // One that fell silent altogether carries nothing and is paid for: (12 × 2 + 12 × 1) × 0.4 of 24 × 4 vCPUs.
    let silent = try #require(try used([cpu("app-1") { _ in 20 }, cpu("app-2") { $0 < 12 ? 20 : nil }]))
    #expect(abs(silent.fraction - 0.15) < 1e-9)
  }

  @Test("What runs on a type that the book does not specify carries a load that is not known")
  func unspecified() throws {
    let runs = [run("a", of: "app", "m5.large", grid.period), run("b", of: "app", "x9.large", grid.period)]
    let load = try load(runs, [cpu("a") { _ in 50 }, cpu("b") { _ in 50 }])
    #expect(load.running[0] == 2 && load.meanVcpu[0] == 1)
    // 0.5 of the one vCPU-specified instance's 2 is all that is known of what they offer.
    let used = try #require(
      load.utilisation(
        plannedVcpu: Array(repeating: 2, count: 24), plannedMemoryGiB: [], plannedInstances: [2], factor: .one))
    #expect(used.fraction == 0.5 && used.unspecified == ["x9.large"] && !used.isOfInstances)
  }

  @Test("What is reserved of memory for other than data is not idle")
  func reservedMemory() throws {
    // 60 % of memory is data, 25 % is reserved: 85 % is used, more than of CPU.
    let series = [cpu("app-1") { _ in 20 }, memory("app-1") { _ in 60 }]
    let load = try load(runs(1, of: "app", "m5.large", grid.period), series) { $0.reservedMemoryPercent = 25 }
    let used = load.utilisation(
      plannedVcpu: Array(repeating: 2, count: 24), plannedMemoryGiB: Array(repeating: 8, count: 24),
      plannedInstances: [], factor: .one)
    #expect(used?.tenThousandths == 8500 && used?.dimension == .memory)
    #expect(used?.byResource.map { abs($0.memory - 0.85) < 1e-9 && abs($0.cpu - 0.2) < 1e-9 } == true)
  }

  @Test("Where no type is specified, CPU is the share of instances that it was measured as")
  func ofInstances() throws {
    let runs = [run("a", of: "app", "x9.large", grid.period), run("b", of: "app", "x9.xlarge", grid.period)]
    let load = try load(runs, [cpu("a") { _ in 50 }, cpu("b") { _ in 20 }])
    func used(_ count: Int, _ factor: DemandFactor) -> UsedShare? {
      load.utilisation(
        plannedVcpu: Array(repeating: 0, count: 24), plannedMemoryGiB: Array(repeating: 0, count: 24),
        plannedInstances: Array(repeating: count, count: 24), factor: factor)
    }
    // (0.5 + 0.2) of 2 instances; with twice the demand 1.4 of 4.
    #expect(used(2, .one).map { abs($0.fraction - 0.35) < 1e-9 } == true)
    #expect(used(4, DemandFactor(2, 1)).map { abs($0.fraction - 0.35) < 1e-9 } == true)
    #expect(used(2, .one)?.unspecified == ["x9.large", "x9.xlarge"] && used(2, .one)?.isOfInstances == true)
  }

  @Test("A service that measured nothing has no used share")
  func noUtilisation() throws {
    let load = try load(runs(1, of: "app", "m5.large", grid.period), [])
    let used = load.utilisation(
      plannedVcpu: Array(repeating: 2, count: 24), plannedMemoryGiB: [], plannedInstances: [], factor: .one)
    #expect(used == nil)
  }

  private func load(
    _ runs: [InstanceRun], _ series: [Series], _ change: (inout Service) -> Void = { _ in }
  ) throws -> ServiceLoad {
    try ServiceLoad(
      tinyService("app", ["m5.large"], change), runs: runs, history: History(series), grid: grid,
      catalogue: catalogue())
  }
  private func cpu(_ resource: String, _ value: (Int) -> Int64?) -> Series {
    samples("app", resource, .cpuPercent, on: grid, value)
  }
  private func memory(_ resource: String, _ value: (Int) -> Int64?) -> Series {
    samples("app", resource, .memoryPercent, on: grid, value)
  }
}

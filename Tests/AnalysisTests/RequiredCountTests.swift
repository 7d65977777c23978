import Analysis
import Model
import TestSupport
import Testing

@Suite struct RequiredCountTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-02"), stepSeconds: 3600)

  @Test("Demand over what one instance may carry, rounded up")
  func roundsUp() throws {
    // 3 × 2 vCPU at 60 % = 3.6 vCPU; one m5.large may carry 2 × 80 % = 1.6: 2.25 -> 3.
    let required = try required(cpu: 60, count: 3)
    #expect(required.perSlot.allSatisfy { $0 == 3 })
    #expect(required.binding == .dimension(.cpu))
  }

  @Test("Instances exactly at the limit need no more than they are", arguments: 1...12)
  func exactlyFull(count: Int) throws {
    // Each at 80 % of 2 vCPU carries 1.6, which is what one may carry: the ratio is the count itself.
    #expect(try required(cpu: 80, count: count).perSlot.allSatisfy { $0 == count })
  }

  @Test("Never fewer than the minimum, which then binds")
  func minimum() throws {
    let required = try required(cpu: 1, count: 1) { $0.minimum = 2 }
    #expect(required.perSlot.allSatisfy { $0 == 2 })
    #expect(required.binding == .minimum(2))
  }

  @Test("An unmeasured slot has no requirement, rather than none")
  func gap() throws {
    let series = samples("app", "app-1", .cpuPercent, on: grid) { $0 == 5 ? nil : 60 }
    let required = try required([series], count: 1)
    #expect(required.perSlot[5] == nil)
    #expect(required.perSlot[6] == 1)
  }

  @Test("A slot in which one of the measured dimensions has a gap has no requirement either")
  func partialGap() throws {
    // Memory alone would say one instance; what CPU would have said is unknown.
    let series = [
      samples("app", "app-1", .cpuPercent, on: grid) { $0 == 5 ? nil : 60 },
      samples("app", "app-1", .memoryPercent, on: grid) { _ in 10 },
    ]
    #expect(try required(series, count: 1).perSlot[5] == nil)
  }

  @Test("A rate an instance is filled to its scaling trigger, and the largest requirement wins")
  func rates() throws {
    // 1,000 requests/s at 300 an instance: 3.33 -> 4, against 1 by CPU.
    let series = [
      samples("app", "app-1", .cpuPercent, on: grid) { _ in 20 },
      samples("app", .requestsPerSecond, on: grid) { _ in 1000 },
    ]
    let required = try required(series, count: 1) {
      $0.thresholds = [
        threshold(.requestsPerSecond, "> 200/s per instance", "> 300/s per instance", "> 400/s per instance")
      ]
    }
    #expect(required.perSlot.allSatisfy { $0 == 4 })
    #expect(required.binding == .dimension(.metric(.requestsPerSecond)))
    #expect(required.dimensions.map(\.dimension) == [.cpu, .metric(.requestsPerSecond)])
  }

  @Test("Reserved memory replaces the headroom where it is larger")
  func reservedMemory() throws {
    // 3 × 8 GiB at 50 % = 12 GiB. Headroom 20 %: 6.4 GiB an instance, 1.875 -> 2. Reserved 50 %: 4 GiB, 3.
    let series = (1...3).map { samples("app", "app-\($0)", .memoryPercent, on: grid) { _ in 50 } }
    #expect(try required(series, count: 3).perSlot[0] == 2)
    #expect(try required(series, count: 3) { $0.reservedMemoryPercent = 50 }.perSlot[0] == 3)
  }

  @Test("Demand grows with the factor")
  func grows() throws {
    // 1.2 vCPU × 3 = 3.6 over 1.6: 2.25 -> 3.
    #expect(try required(cpu: 60, count: 1, factor: DemandFactor(3, 1)).perSlot[0] == 3)
  }

  private func required(
    cpu: Int64, count: Int, factor: DemandFactor = .one, _ change: (inout Service) -> Void = { _ in }
  ) throws -> RequiredCount {
    let series = (1...count).map { samples("app", "app-\($0)", .cpuPercent, on: grid) { _ in cpu } }
    return try required(series, count: count, factor: factor, change)
  }

  private func required(
    _ series: [Series], count: Int, factor: DemandFactor = .one, _ change: (inout Service) -> Void = { _ in }
  ) throws -> RequiredCount {
    let service = tinyService("app", ["m5.large"], change)
    let load = try ServiceLoad(
      service, runs: runs(count, of: "app", "m5.large", grid.period), history: History(series), grid: grid,
      catalogue: catalogue())
    return RequiredCount(
      load, type: try catalogue().specification("m5.large"), rules: tinyFleet([service]).review, factor: factor)
  }
}

import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

@Suite struct DemandGrowthTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-04"), stepSeconds: 3600)

  @Test("A factor of one changes nothing")
  func unchanged() throws {
    let study = study(cpu: 50)
    let grown = try DemandGrowth(study.plan, to: Demand(.one), study.context())
    #expect(grown.plan == study.plan)
    #expect(grown.notes.isEmpty)
  }

  @Test("Instances that do not share their work grow each by its own load")
  func pets() throws {
    // Of two m5.large one at 10 % and one at 70 %: doubled 0.4 and 2.8 vCPU of 2, of which 1.6 may be filled.
    var study = TinyStudy(
      tinyService("app", ["m5.large", "m5.xlarge", "m5.2xlarge"]) { $0.approach = .single }, count: 2, "m5.large",
      on: grid)
    let names = study.runs.map(\.resource).sorted()
    for (name, cpu) in zip(names, [Int64(10), 70]) {
      study.series.append(samples("app", name, .cpuPercent, on: grid) { _ in cpu })
      study.series.append(samples("app", name, .memoryPercent, on: grid) { _ in 10 })
    }
    let grown = try DemandGrowth(study.plan, to: Demand(DemandFactor(2, 1)), study.context())
    let types = Dictionary(uniqueKeysWithValues: grown.plan.runs.map { ($0.resource, $0.type) })
    // 2.8 / 0.8 = 3.5 vCPU: four are the least that carry it.
    #expect(types == [names[0]: "m5.large", names[1]: "m5.xlarge"])
    let moved = PlanNote.grown(
      service: "app/\(names[1])", from: CountedType(1, "m5.large"), to: CountedType(1, "m5.xlarge"))
    #expect(grown.notes == [moved])
  }

  @Test("Growth uses the room there is before it adds instances")
  func roomFirst() throws {
    // Four at 20 % of 2 vCPU are 1.6; doubled 3.2, which two could carry: four stay.
    let study = study(cpu: 20)
    let grown = try DemandGrowth(study.plan, to: Demand(DemandFactor(2, 1)), study.context())
    #expect(grown.plan.runs == study.runs)
    #expect(grown.plan.demand.factor(of: .users) == DemandFactor(2, 1))
  }

  @Test("Beyond the room instances are added, in the hours that need them")
  func adds() throws {
    // Hour 5 at 60 %: 4.8 vCPU, doubled 9.6 over 1.6 = 6. Else 20 %: 3.2 -> 2.
    let study = study { $0 == 5 ? 60 : 20 }
    let grown = try DemandGrowth(study.plan, to: Demand(DemandFactor(2, 1)), study.context())
    let counts = runningCounts(grown.plan.runs, on: grid)
    #expect((0..<grid.count).allSatisfy { counts[$0] == ($0 == 5 ? 6 : 4) })
  }

  @Test("Needing more than the maximum is noted")
  func beyondMaximum() throws {
    // 4 × 1.2 = 4.8 vCPU, times five 24, over 1.6 = 15; the maximum is ten.
    let study = study(cpu: 60)
    let grown = try DemandGrowth(study.plan, to: Demand(DemandFactor(5, 1)), study.context())
    #expect(grown.notes == [.beyondMaximum(service: "app", needed: 15, binding: .dimension(.cpu), maximum: 10)])
    #expect(runningCounts(grown.plan.runs, on: grid).allSatisfy { $0 == 15 })
  }

  @Test("In a gap the count grows with demand, for nothing says that there was room")
  func gap() throws {
    let study = study { $0 == 5 ? nil : 20 }
    let grown = try DemandGrowth(study.plan, to: Demand(DemandFactor(3, 2)), study.context())
    #expect(runningCounts(grown.plan.runs, on: grid)[5] == 6)
  }

  @Test("Shrinking keeps the use of each instance, down to the minimum")
  func shrinks() throws {
    // 4 × 2/5 = 1.6 -> 2; the minimum of one does not bind, one of three does.
    var study = study(cpu: 60)
    let context = try study.context()
    let shrunk = try DemandGrowth(study.plan, to: Demand(DemandFactor(2, 5)), context)
    #expect(runningCounts(shrunk.plan.runs, on: grid).allSatisfy { $0 == 2 })
    study.service.minimum = 3
    let held = try DemandGrowth(study.plan, to: Demand(DemandFactor(2, 5)), study.context())
    #expect(runningCounts(held.plan.runs, on: grid).allSatisfy { $0 == 3 })
  }

  @Test("A service grows with its own driver alone")
  func drivers() throws {
    let study = study(cpu: 80)
    let grown = try DemandGrowth(study.plan, to: Demand(factors: [.prompts: DemandFactor(9, 1)]), study.context())
    #expect(grown.plan.runs == study.runs)
  }

  @Test("A vertical service that no longer fits moves to the cheapest type that carries it")
  func vertical() throws {
    // 60 % of 2 vCPU / 0.8 = 1.5 a node, doubled 3: an m5.xlarge has 4.
    var study = study(cpu: 60)
    study.service.approach = .cluster
    let grown = try DemandGrowth(study.plan, to: Demand(DemandFactor(2, 1)), study.context())
    #expect(Set(grown.plan.runs.map(\.type)) == ["m5.xlarge"])
    #expect(grown.notes == [.grown(service: "app", from: CountedType(4, "m5.large"), to: CountedType(4, "m5.xlarge"))])
  }

  @Test("A job that runs for some hours runs for those on a larger type too, and for no other")
  func nightly() throws {
    // As above, but in the first forty hours alone: more than the thirty that a judgement needs.
    var study = study { $0 < 40 ? 60 : nil }
    study.service.approach = .cluster
    for index in study.runs.indices { study.runs[index].stopped = grid.instant(40) }
    let grown = try DemandGrowth(study.plan, to: Demand(DemandFactor(2, 1)), study.context())
    #expect(Set(grown.plan.runs.map(\.type)) == ["m5.xlarge"])
    #expect(runningCounts(grown.plan.runs, on: grid) == runningCounts(study.runs, on: grid))
  }

  @Test("A vertical service beyond its list is priced as it runs, and that is noted")
  func beyondTheList() throws {
    // 1.5 a node, times ten 15, more than the 8 of an m5.2xlarge.
    var study = study(cpu: 60)
    study.service.approach = .cluster
    let grown = try DemandGrowth(study.plan, to: Demand(DemandFactor(10, 1)), study.context())
    #expect(grown.plan.runs == study.runs)
    // What each of the four lacks of the m5.large that it is: 15 vCPU beside 2; memory stays at 10 % of 8 GiB / 0.8, times ten.
    guard case .beyondList("app", 4, let needs)? = grown.notes.first, grown.notes.count == 1 else {
      Issue.record("\(grown.notes)")
      return
    }
    #expect(
      needs.map(\.roundedToHundredths) == [
        .capacity(.cpu, offered: 2, needed: 15), .capacity(.memory, offered: 8, needed: 10),
      ])
  }

  private func study(cpu: Int64) -> TinyStudy { study { _ in cpu } }

  /// Four m5.large with CPU in percent by hour, and memory at 10 % where CPU is measured.
  private func study(_ cpu: (Int) -> Int64?) -> TinyStudy {
    var study = TinyStudy(tinyService("app", ["m5.large", "m5.xlarge", "m5.2xlarge"]), count: 4, "m5.large", on: grid)
    study.measure(.cpuPercent, cpu)
    study.measure(.memoryPercent) { cpu($0) == nil ? nil : 10 }
    return study
  }
}

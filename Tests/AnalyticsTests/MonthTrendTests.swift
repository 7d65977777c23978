import Model
import TestSupport
import Testing

@testable import Analytics

@Suite struct MonthTrendTests {
  @Test("Each month is as its own answer has it, by the fleet file of then, and what did not run is no figure")
  func months() throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "10")
    try own.importFleet(support: "25", from: "2026-10-01")
    let rows = try trend(own, 4)
    #expect(rows.map(\.month.description) == ["2026-07", "2026-08", "2026-09", "2026-10"])
    #expect(rows[0].gap == .noInstances && rows[1].gap == .noInstances)
    let said = try own.workspace().review(month: "2026-10", months: 4).months
    #expect(said?.map(\.cost) == [nil, nil, usd("467.92"), usd("498.184")])
    #expect(said?.map(\.costPerUser) == [nil, nil, usd("4.6792"), usd("2.49092")])
    let months = rows.compactMap(\.known)
    #expect(months.map(\.cost) == [usd("467.92"), usd("498.184")])
    #expect(try months.map(\.cost) == [own.cost("2026-09"), own.cost("2026-10")])
    #expect(months.map(\.printed) == [Cents(46_792), Cents(49_818)])
    // 467.92 / 100, 498.184 / 200; per hour 4.6792 / 720 and 2.49092 / 744, half-even at nine decimals.
    #expect(try months.map { try $0.users.get().average } == [100, 200])
    #expect(try months.map { try $0.users.get().cost } == [usd("4.6792"), usd("2.49092")])
    #expect(try months.map { try $0.users.get().costPerHour } == [usd("0.006498889"), usd("0.003348011")])
    // No CPU was measured: 3 instances, 720 and 744 hours of twelve samples.
    #expect(months.map(\.cpu.seen) == [0, 0] && months.map(\.cpu.expected) == [25_920, 26_784])
    for month in months { #expect(month.services.reduce(.zero) { $0 + $1.cost } == month.cost) }
    #expect(months[0].services.map(\.name) == ["web", "database", "support"])
  }

  @Test("A month without users has its bill all the same, and one in which there were none no cost per user")
  func users() throws {
    let own = try OwnFleetStore(users: [("2026-10-02", 200)])
    try own.importFleet(support: "10")
    let september = try #require(try trend(own, 2)[0].known)
    #expect(september.cost == usd("467.92"))
    #expect(throws: MonthGap.noUsers) { try september.users.get() }
    try own.importUsers(on: "2026-09-02", 0)
    let counted = try #require(try trend(own, 2)[0].known)
    #expect(try counted.users.get() == MonthUsers(average: 0, cost: nil, costPerHour: nil))
  }

  @Test("A month without a price, or without a fleet file, has the reason, and those behind it their figures")
  func faults() throws {
    // Prices of m5.xlarge are known from 2025-04-05 on.
    let own = try OwnFleetStore(
      inventory: "web,i-30,m5.xlarge,us-east-1a,on-demand,2025-03-10T00:00:00Z,2025-03-11T00:00:00Z\n")
    try own.importFleet(support: "10", from: "2025-03-01")
    let rows = try trend(own, 21)
    #expect(rows[0].fault?.found == "no fleet file that holds in 2025-02; the first holds from 2025-03-01")
    #expect(rows[1].fault?.found.hasPrefix("no on-demand price of m5.xlarge (linux) in us-east-1") == true)
    #expect(rows[2..<19].allSatisfy { $0.gap == .noInstances })
    #expect(rows[19].known != nil && rows[20].known != nil)
  }

  @Test("One study at a time: each is let go before the next is made, so that memory does not grow with months")
  func memory() throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "10")
    let months = [9, 10, 9, 10, 9, 10].map { Month(year: 2026, month: $0) }
    final class Watch { weak var history: History? }
    var watches: [Watch] = []
    let alive = try own.workspace().ofEach(months) { _, study throws(DataError) in
      let earlier = watches.count { $0.history != nil }
      let watch = Watch()
      watch.history = try study.get().inputs.history
      watches.append(watch)
      return earlier
    }
    #expect(alive == [0, 0, 0, 0, 0, 0])
  }

  @Test("A trend has one month to sixty", arguments: [-1, 0, 61])
  func range(count: Int) throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "10")
    let workspace = try own.workspace()
    let error = #expect(throws: DataError.self) { try workspace.review(month: "2026-10", months: count) }
    #expect(error?.kind == .usage)
    #expect(error?.description == "parameter months: found \(count), expected a whole number of months from 1 to 60")
    #expect(try trend(own, 60).count == 60 && trend(own, 1).map(\.month) == [Month("2026-10")!])
    #expect(try workspace.review(month: "2026-10").months == nil)
  }

  private func trend(_ own: OwnFleetStore, _ count: Int) throws -> [MonthTrend.Row] {
    try #require(try own.workspace().review(month: "2026-10", months: count).trend).rows
  }
}

extension MonthTrend.Row {
  fileprivate var gap: MonthGap? { if case .failure(let gap) = figures { gap } else { nil } }
  fileprivate var fault: DataError? { if case .fault(let error) = gap { error } else { nil } }
}

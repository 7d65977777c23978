import Model
import TestSupport
import Testing

@testable import Analytics

@Suite struct FleetFilesTests {
  @Test("Each month is billed by the fleet file in force on its last day, whatever the order of their imports")
  func byDate() throws {
    let files = [("10", nil), ("20", "2026-10-01"), ("30", "2026-11-01")] as [(String, String?)]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
      let own = try OwnFleetStore()
      for index in order { try own.importFleet(support: files[index].0, from: files[index].1) }
      #expect(try own.cost("2026-09") == usd("467.92"))
      #expect(try own.cost("2026-10") == usd("493.184"))
    }
  }

  @Test("A file may come into force on a month's last day; on the day behind it is the next month's, in New York too")
  func lastDay() throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "10") { $0.replacing("timezone: UTC", with: "timezone: America/New_York") }
    try own.importFleet(support: "20", from: "2026-10-31") {
      $0.replacing("timezone: UTC", with: "timezone: America/New_York")
    }
    #expect(try support(own, "2026-10") == usd("20"))
    let other = try OwnFleetStore()
    try other.importFleet(support: "10") { $0.replacing("timezone: UTC", with: "timezone: America/New_York") }
    // October ends there at 2026-11-01T04:00:00Z, on a day on which this file holds in UTC.
    try other.importFleet(support: "20", from: "2026-11-01") {
      $0.replacing("timezone: UTC", with: "timezone: America/New_York")
    }
    #expect(try support(other, "2026-10") == usd("10"))
  }

  @Test("What changed since the month before is told from that month's own bill")
  func comparison() throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "10")
    try own.importFleet(support: "25", from: "2026-10-01")
    guard case .change(let change) = try own.workspace().review(month: "2026-10").comparison else {
      Issue.record("September is there")
      return
    }
    #expect(change.previous.bill.total == usd("467.92"))
    let support = try #require(change.services.first { $0.service == "support" })
    #expect(support.before == usd("10") && support.now == usd("25"))
  }

  @Test("A month before the first date is missing input that names it; the next has nothing to compare with")
  func beforeTheFirst() throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "20", from: "2026-10-01")
    let workspace = try own.workspace()
    let error = failure { () throws(DataError) in _ = try workspace.study(month: "2026-09") }
    #expect(error?.kind == .missingInput)
    #expect(
      error?.description == """
        \(own.store): found no fleet file that holds in 2026-09; the first holds from 2026-10-01, expected an earlier one \
        (plimsoll import fleet FILE with parameter from, or without parameter from for all time before)
        """)
    guard case .noFleet(let month) = try workspace.review(month: "2026-10").comparison else {
      Issue.record("no file holds in September")
      return
    }
    #expect(month == Month("2026-09"))
  }

  @Test("The key of the file dates it as the option does; where both are given they say the same")
  func key() throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "10")
    #expect(
      try own.importFleet(support: "20", keys: "effective_from: 2026-10-01\n").map {
        $0.description.components(separatedBy: ": ")[1]
      }
        == ["fleet \"shop\" with 2 services, from 2026-10-01 on"])
    try own.importFleet(support: "30", from: "2026-10-01", keys: "effective_from: 2026-10-01\n")
    #expect(try own.cost("2026-09") == usd("467.92") && own.cost("2026-10") == usd("503.184"))
    for (day, message) in [
      (
        "2026-10-02",
        "parameter from: found 2026-10-02, where \(own.folder.path)/fleet-40.yaml has effective_from: 2026-10-01, "
          + "expected the same day, or only one of the two"
      ),
      ("1 October", "parameter from: found \"1 October\", expected a date such as 2026-10-01"),
    ] {
      let error = #expect(throws: DataError.self) {
        try own.importFleet(support: "40", from: day, keys: "effective_from: 2026-10-01\n")
      }
      #expect(error?.kind == .usage && error?.description == message)
    }
    #expect(try own.cost("2026-10") == usd("503.184"))
    #expect(try status(store: own.store).fleets.map { $0.effectiveFrom } == [nil, instant("2026-10-01")])
  }

  @Test("A fleet file that is given for a question holds for every month, whatever its date")
  func given() throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "10", from: "2026-10-01")
    let file = try own.write(
      "other.yaml", "effective_from: 2030-01-01\n" + (try OwnFleetStore.fleet(support: "50")))
    let workspace = try own.workspace(fleet: file)
    #expect(try workspace.cost(month: "2026-09").total == usd("507.92"))
    #expect(try workspace.cost(month: "2026-10").total == usd("523.184"))
  }

  @Test("A service that only one of two fleet files has may run in the months of that one")
  func services() throws {
    // A run of `batch`, 0.192 an hour for the 24 hours of a day.
    let own = try OwnFleetStore(
      inventory: "batch,i-20,m5.xlarge,us-east-1a,on-demand,2026-09-10T00:00:00Z,2026-09-11T00:00:00Z\n")
    try own.importFleet(support: "10") { text in
      let web = text.components(separatedBy: "  - name: web").last?.components(separatedBy: "  - name: database").first
      return text.replacing("  - name: database", with: "  - name: batch\(web ?? "")  - name: database")
    }
    try own.importFleet(support: "10", from: "2026-10-01")
    // 457.92 + 24 x 0.192 + 10 = 472.528
    #expect(try own.cost("2026-09") == usd("472.528"))
    #expect(try own.cost("2026-10") == usd("483.184"))
    guard case .change(let change) = try own.workspace().review(month: "2026-10").comparison else {
      Issue.record("September is there")
      return
    }
    #expect(change.services.map(\.service).contains("batch"))
  }

  @Test("A month that was billed in another currency is nothing to compare with")
  func currency() throws {
    let own = try OwnFleetStore()
    try own.importFleet(support: "10") {
      $0.replacing("currency: USD", with: "currency: EUR\nexchange_rates: [{ from: 2026-09-01, per_usd: 0.9 }]")
    }
    try own.importFleet(support: "10", from: "2026-10-01")
    guard case .otherCurrency(_, let code) = try own.workspace().review(month: "2026-10").comparison else {
      Issue.record("September is in euros")
      return
    }
    #expect(code == "EUR")
  }

  private func support(_ own: OwnFleetStore, _ month: String) throws -> Money {
    try own.workspace().cost(month: month).lines.filter { $0.service == "support" }.reduce(.zero) { $0 + $1.cost }
  }
}

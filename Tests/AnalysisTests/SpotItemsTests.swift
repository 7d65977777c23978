import Model
import TestSupport
import Testing

@testable import Analysis

// One m5.large, 0.096 on demand, as spot in us-east-1a on the 1st of October from 0:00 to 4:00.

@Suite struct SpotItemsTests {
  private let day = Period(start: instant("2026-10-01T00:00:00Z"), end: instant("2026-10-01T04:00:00Z"))

  private func bill(_ change: (inout PriceBook) -> Void) throws -> Bill {
    let runs = [run("s", of: "app", "m5.large", day, .spot)]
    let engine = tinyEngine(
      tinyFleet([tinyService("app", ["m5.large"])]), try catalogue(.few, change), [], inventory: runs,
      history: day.start)
    return try engine.bill(FleetPlan(runs: runs, commitments: []), over: day)
  }

  @Test("Each hour costs what the zone cost at its beginning")
  func history() throws {
    let items = try bill { book in
      book.spotPrice("m5.large", "us-east-1a", "0.03", "2026-09-30T22:00:00Z")
      book.spotPrice("m5.large", "us-east-1a", "0.05", "2026-10-01T01:30:00Z")
      book.spotPrice("m5.large", "us-east-1a", "0.04", "2026-10-01T06:00:00Z")
      book.spotPrice("m5.large", "us-east-1b", "0.01", "2026-09-30T22:00:00Z")
    }.items
    // Two hours at 0.03, two at 0.05; 5 % of it is rework.
    #expect(items.map(\.option) == [.spot, .spotRework])
    #expect(items.map(\.cost) == [usd("0.16"), usd("0.008")])
    #expect(items[0].price.item == .spotMean(type: "m5.large", over: .hoursUsed(zone: "us-east-1a")))
    #expect(items[0].price.amount == usd("0.04") && items[0].price.quality == .derived)
  }

  @Test("Hours that the history does not cover are estimated, and the two are lines of their own")
  func partly() throws {
    let bill = try bill { book in
      book.spot("m5.large", savings: 50)
      book.spotPrice("m5.large", "us-east-1a", "0.03", "2026-10-01T01:00:00Z")
      book.spotPrice("m5.large", "us-east-1a", "0.02", "2026-10-01T03:00:00Z")
    }
    // 0:00 is before the history: half of 0.096. 1:00 and 2:00 cost 0.03, 3:00 costs 0.02.
    #expect(Set(bill.items.filter { $0.option == .spot }.map(\.cost)) == [usd("0.048"), usd("0.08")])
  }

  @Test("The last price of a history holds no longer than its source knows")
  func end() throws {
    let bill = try bill { book in
      book.spot("m5.large", savings: 50)
      book.spotPrice("m5.large", "us-east-1a", "0.03", "2026-10-01T00:00:00Z")
    }
    // The hour that it begins in is known, the three behind it are half of 0.096.
    #expect(Set(bill.items.filter { $0.option == .spot }.map(\.cost)) == [usd("0.03"), usd("0.144")])
  }

  @Test("Spot without history and estimate is an error that says what is missing")
  func missing() {
    let error = #expect(throws: DataError.self) { try bill { _ in } }
    #expect(
      error?.description
        == "price book: found no spot estimate of m5.large (linux) in us-east-1, "
        + "expected an imported spot estimate, or the spot prices of the zone it ran in")
  }
}

import Model
import TestSupport
import Testing

@testable import Analysis

/// What instances of other regions and of zones with prices of their own cost.
@Suite struct PlacesTests {
  private let fleet = tinyFleet([tinyService("app", ["m5.large", "m5.xlarge"])])

  @Test("An instance of another region or of a local zone costs what it costs there")
  func ownPrice() throws {
    let bill = try bill(["us-east-1a", "us-east-1-bos-1a", "eu-west-1a"])
    // 744 × (0.096 + 0.125 + 0.11).
    #expect(bill.total == usd("246.264"))
    #expect(bill.items.map(\.region) == ["eu-west-1", "us-east-1", "us-east-1-bos-1"])
    #expect(bill.items.map(\.price.amount) == [usd("0.11"), usd("0.096"), usd("0.125")])
  }

  @Test("A zone without a name of a region is in the fleet's", arguments: ["", "xyz1-az1"])
  func unnamed(zone: String) throws { #expect(try bill([zone]).total == usd("71.424")) }

  @Test("A place without a price is an error that names it: no other place's price stands in")
  func missing() throws {
    let error = failure { () throws(DataError) in _ = try bill(["us-east-1a", "us-west-2-lax-1b"]) }
    #expect(error?.kind == .missingInput)
    #expect(error?.found.contains("m5.large (linux) in us-west-2-lax-1") == true)
  }

  @Test("A reservation of a region covers what runs there and nothing elsewhere")
  func reservations() throws {
    var held = commitment("ri-1", 1, "m5.large", at: "0.05")
    held.price.kind.region = "eu-west-1"
    let plan = FleetPlan(runs: try runs(["us-east-1a", "eu-west-1a"]), commitments: [held])
    let bill = try tinyEngine(fleet, try catalogue()).bill(plan, over: october)
    // 744 × 0.096 on demand in us-east-1, 744 × 0.05 reserved in eu-west-1, none of it unused.
    #expect(bill.items.map(\.option) == [.onDemand, .reserved])
    #expect(bill.items.map(\.region) == ["us-east-1", "eu-west-1"])
    #expect(bill.total == usd("108.624"))
  }

  @Test("The order in which instances stand changes no line of the bill")
  func order() throws {
    let zones = ["us-east-1a", "us-east-1-bos-1a", "eu-west-1a", "eu-west-1b", ""]
    let bill = try bill(zones)
    for shift in 1..<zones.count {
      #expect(try self.bill(Array(zones[shift...] + zones[..<shift])).items == bill.items)
    }
  }

  @Test("What spot cost in a local zone stands under the region of the zone")
  func spot() throws {
    let run = run(
      "app-1", of: "app", "m5.large", period("2026-10-01", "2026-10-01T10:00:00Z"), .spot, zone: "us-east-1-bos-1a")
    var noRework = fleet
    noRework.purchase.spotReworkPercent = 0
    let prices = try Catalogue(
      book {
        $0.spotPrice("m5.large", "us-east-1-bos-1a", "0.04", "2026-09-30")
        $0.spotPrice("m5.large", "us-east-1-bos-1a", "0.05", "2026-10-02")
      })
    let bill = try tinyEngine(noRework, prices).bill(FleetPlan(runs: [run]), over: october)
    // 10 hours × 0.04.
    #expect(bill.total == usd("0.40"))
  }

  private func bill(_ zones: [String]) throws(DataError) -> Bill {
    try tinyEngine(fleet, try catalogue()).bill(FleetPlan(runs: try runs(zones)), over: october)
  }

  private func runs(_ zones: [String]) throws(DataError) -> [InstanceRun] {
    zones.map { run("app-\($0)", of: "app", "m5.large", october, zone: $0) }
  }

  private func catalogue() throws(DataError) -> Catalogue { try Catalogue(book { _ in }) }

  private func book(_ change: (inout PriceBook) -> Void) -> PriceBook {
    var book = PriceBook.few
    for (region, hourly) in [("us-east-1-bos-1", "0.125"), ("eu-west-1", "0.11")] {
      var kind = kind("m5.large")
      kind.region = region
      book.onDemand.append(OnDemandPrice(kind: kind, hourly: usd(hourly), provenance: provenance()))
    }
    change(&book)
    return book
  }
}

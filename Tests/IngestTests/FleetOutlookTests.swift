import Ingest
import Model
import Testing

/// What owners expect of demand, and how they want to buy.
@Suite struct FleetOutlookTests {
  private let expecting =
    shippedFleetText
    + "\noutlook:\n  growth_percent_a_year: 20\n  uncertainty_percent_a_year: 15\n  decommission: 2028-01-31\n"
  private let laddered = shippedFleetText.replacing(
    "\npurchase:\n",
    with: "\npurchase:\n  plan: cautious\n  ladder: { tranches: 4, months_apart: 3 }\n"
      + "  savings_plans: [compute-savings-plan-1yr-no-upfront]\n")

  @Test("Outlook, plan, ladder and savings plans are read as they are written; the shipped fleet has none")
  func read() throws {
    let fleet = try readFleet(text: expecting, file: "fleet.yaml")
    #expect(
      fleet.outlook
        == Outlook(growthPercentAYear: 20, uncertaintyPercentAYear: 15, decommission: CivilDate("2028-01-31")))
    let purchase = try readFleet(text: laddered, file: "fleet.yaml").purchase
    #expect(purchase.plan == .cautious && purchase.ladder == Ladder(tranches: 4, monthsApart: 3))
    #expect(purchase.savingsPlans?.map(\.description) == ["compute-savings-plan-1yr-no-upfront"])
    let shipped = try shippedFleet()
    #expect(shipped.outlook == nil && shipped.purchase.plan == nil && shipped.purchase.ladder == nil)
  }

  @Test("A service's own outlook stands in the fleet's place, point by point")
  func ownOutlook() throws {
    let text = expecting.replacing(
      "    initial_type: c5.large", with: "    outlook: { growth_percent_a_year: -10 }\n    initial_type: c5.large")
    let fleet = try readFleet(text: text, file: "fleet.yaml")
    let worker = try #require(fleet.service("worker"))
    #expect(
      fleet.outlook(of: worker)
        == Outlook(growthPercentAYear: -10, uncertaintyPercentAYear: 15, decommission: CivilDate("2028-01-31")))
    #expect(fleet.outlook(of: fleet.services[0]) == fleet.outlook)
  }

  @Test("Events have a name and days, and do not end before they begin")
  func events() throws {
    func text(_ last: String) -> String {
      shippedFleetText
        + "\nevents:\n  - { name: Thanksgiving, from: 2026-11-26, last: \(last) }\n  - { name: launch, from: 2026-10-13 }\n"
    }
    let events = try readFleet(text: text("2026-11-27"), file: "fleet.yaml").events
    #expect(events.map(\.name) == ["Thanksgiving", "launch"])
    let days = ["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28"].compactMap { CivilDate($0) }
    #expect(days.map { events[0].includes($0) } == [false, true, true, false])
    #expect(CivilDate("2026-10-13").map { events[1].includes($0) } == true)
    let error = #expect(throws: DataError.self) { try readFleet(text: text("2026-11-25"), file: "fleet.yaml") }
    #expect(error?.found == "2026-11-25" && error?.expected == "2026-11-26, its first day, or a later one")
  }

  @Test("Growth and uncertainty have their ranges")
  func ranges() {
    #expect(
      fleetError("growth_percent_a_year: 20", "growth_percent_a_year: -100", of: expecting, line: "-100")
        == "fleet.yaml: outlook.growth_percent_a_year: found -100, expected a whole number from -99 to 1000")
    #expect(
      fleetError("uncertainty_percent_a_year: 15", "uncertainty_percent_a_year: 201", of: expecting, line: "201")
        == "fleet.yaml: outlook.uncertainty_percent_a_year: found 201, expected a whole number from 0 to 200")
    #expect(
      fleetError("decommission: 2028-01-31", "decommission: soon", of: expecting, line: "soon")
        == "fleet.yaml: outlook.decommission: found \"soon\", expected a date such as 2026-10-01")
  }

  @Test("What may be bought stands once, and the cash for it is no less than nothing")
  func purchases() {
    let plan = "compute-savings-plan-1yr-no-upfront"
    #expect(
      fleetError("[\(plan)]", "[\(plan), \(plan)]", of: laddered, line: "[\(plan), \(plan)]")
        == "fleet.yaml: purchase.savings_plans[1]: found \(plan) twice, expected each once")
    #expect(
      fleetError("plan: cautious", "plan: cautious\n  upfront_budget_usd: -1", of: laddered, line: "_usd: -1")
        == "fleet.yaml: purchase.upfront_budget_usd: found -1.00, expected an amount in USD from 0 to 9223372036.854775807"
    )
    #expect(
      fleetError(
        "plan: cautious", "plan: cautious\n  upfront_budget_usd: 10000000000", of: laddered, line: "_usd: 1")
        == "fleet.yaml: purchase.upfront_budget_usd: found \"10000000000\", expected an amount in USD of at most "
        + "9223372036.854775807, with at most nine decimals")
    #expect(throws: Never.self) {
      try readFleet(
        text: laddered.replacing("plan: cautious", with: "plan: cautious\n  upfront_budget_usd: 0"), file: "fleet.yaml")
    }
  }

  @Test("A ladder has two parts or more and is done before its first part ends")
  func ladders() {
    #expect(
      fleetError("tranches: 4", "tranches: 1", of: laddered, line: "tranches: 1")
        == "fleet.yaml: purchase.ladder.tranches: found 1, expected a whole number from 2 to 12")
    #expect(
      fleetError("tranches: 4", "tranches: 5", of: laddered, line: "tranches: 5")
        == "fleet.yaml: purchase.ladder: found 5 parts 3 months apart, expected the last part within 11 months of the first"
    )
    #expect(
      fleetError("plan: cautious", "plan: timid", of: laddered, line: "timid")
        == "fleet.yaml: purchase.plan: found \"timid\", expected one of cautious, expected, bold")
  }
}

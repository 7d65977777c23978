import Model
import TestSupport
import Testing

@testable import Analytics

@Suite struct FleetPurchasesTests {
  @Test("Services are added up plan by plan, in whatever order theirs stand")
  func sums() throws {
    let a = [row(.nothing, "10"), row(.choice(.bold), "8"), row(.hindsight, "7")]
    let b = [row(.hindsight, "1"), row(.nothing, "4"), row(.choice(.bold), "5")]
    let fleet = try #require(FleetPurchases([verdict("a", a), verdict("b", b), verdict("c", nil)]))
    #expect(fleet.rows.map(\.plan) == [.nothing, .choice(.bold), .hindsight])
    // 10 + 4, 8 + 5, 7 + 1.
    #expect(fleet.rows.map(\.expected) == [usd("14"), usd("13"), usd("8")])
    // Beside 8 of hindsight.
    #expect(fleet.rows.map(\.worstRegret) == [usd("6"), usd("5"), .zero])
    #expect(fleet.months == 12 && fleet.chosen == .bold && fleet.missing == ["c"])
    // What is bought, and when it is paid back, differs from service to service.
    #expect(fleet.rows.allSatisfy { $0.buys == nil && $0.paybackMonth == nil })
  }

  @Test("Without a service that was judged there is nothing to add up")
  func none() { #expect(FleetPurchases([verdict("c", nil)]) == nil) }

  private func row(_ plan: ComparedPlan, _ cost: String) -> PurchaseComparison.Row {
    PurchaseComparison.Row(
      plan: plan, buys: .init(now: [CommittedInstances(1, "m5.large", .reservation(oneYear))], later: 0),
      expected: usd(cost), fallen: usd(cost), same: usd(cost), grown: usd(cost), worstRegret: usd("1"), paybackMonth: 3)
  }

  private func verdict(_ service: String, _ rows: [PurchaseComparison.Row]?) -> Verdict {
    var verdict = Verdict(
      step: .mix, service: service, outcome: .kept, conclusion: .buyNothing, reason: .purchase(.nothingAhead),
      confidence: .medium,
      evidence: Evidence(period: october, coverage: Coverage(seen: 744, expected: 744), figures: []))
    verdict.purchases = rows.map { PurchaseComparison(months: 12, chosen: .bold, rows: $0) }
    return verdict
  }
}

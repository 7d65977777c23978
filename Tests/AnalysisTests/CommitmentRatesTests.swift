import Model
import TestSupport
import Testing

@testable import Analysis

@Suite struct CommitmentRatesTests {
  private let fleet = tinyFleet([tinyService("app", ["m5.large"])])
  private let day = period("2026-10-01", "2026-10-02")

  @Test("A reservation of two instances over one that runs, and three on demand")
  func reservations() throws {
    let half = period("2026-10-01T00:00:00Z", "2026-10-01T12:00:00Z")
    let rates = try rates(
      runs(1, of: "app", "m5.large", half) + runs(3, of: "app", "c5.large", half),
      [commitment("ri", 2, "m5.large", at: "0.05")]
    ).reservations
    // 12 of 48 hours; 12 × 0.096 = 1.152 covered of 1.152 + 36 × 0.085 = 4.212; 48 × 0.05 + 3.06 = 5.46 paid.
    #expect(rates.utilisation == ScaledDecimal("0.250000"))
    #expect(rates.coverage == ScaledDecimal("0.273504"))
    #expect(rates.effectiveSavings == ScaledDecimal("-0.296296"))  // 1 - 5.46 / 4.212
  }

  @Test("The usage report of AWS: 9.80 of a commitment of 10.00 is 98 %")
  func utilisation() throws {
    // 24 hours of 98 m5.large at 0.05 are 4.90 an hour, half of AWS's amounts. AWS Savings Plans user guide, utilisation.
    let rates = try rates(runs(98, of: "app", "m5.large", day), plans: [savingsPlan("sp", "5.00")]).savingsPlans
    #expect(rates.utilisation == ScaledDecimal("0.980000"))
    #expect(rates.coverage == ScaledDecimal("1.000000"))
    // 1 - 5.00 / (98 × 0.096) = 1 - 5.00 / 9.408 = 0.468537.
    #expect(rates.effectiveSavings == ScaledDecimal("0.468537"))
  }

  @Test("Savings plans are measured by what reservations leave, both together by everything")
  func both() throws {
    let rates = try rates(
      runs(4, of: "app", "m5.large", day), [commitment("ri", 1, "m5.large", at: "0.06")],
      plans: [savingsPlan("sp", "0.10")])
    // One of 4 is reserved, 2 of 3 are on the plan, one is on demand.
    #expect(rates.reservations.coverage == ScaledDecimal("0.250000"))
    #expect(rates.savingsPlans.coverage == ScaledDecimal("0.666667"))
    #expect(rates.together.coverage == ScaledDecimal("0.750000"))
    #expect(rates.together.utilisation == ScaledDecimal("1.000000"))
    // 0.06 + 0.10 + 0.096 = 0.256 of 4 × 0.096 = 0.384: 1/3 less. Plan: 0.196 of 0.288. Reservation: 0.348 of 0.384.
    #expect(rates.together.effectiveSavings == ScaledDecimal("0.333333"))
    #expect(rates.savingsPlans.effectiveSavings == ScaledDecimal("0.319444"))
    #expect(rates.reservations.effectiveSavings == ScaledDecimal("0.093750"))
  }

  @Test("Where nothing ran and nothing was bought there are no rates")
  func nothing() throws {
    let rates = try rates([]).together
    #expect(rates.utilisation == nil && rates.coverage == nil && rates.effectiveSavings == nil)
  }

  private func rates(
    _ runs: [InstanceRun], _ held: [PricedCommitment] = [], plans: [HeldSavingsPlan] = []
  ) throws -> PlanRates {
    let prices = try catalogue { $0.rate("m5.large", "0.05", computePlan) }
    return try tinyEngine(fleet, prices).rates(
      of: FleetPlan(runs: runs, commitments: held, savingsPlans: plans), over: day)
  }
}

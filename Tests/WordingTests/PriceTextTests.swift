import Model
import TestSupport
import Testing

@testable import Wording

@Suite struct PriceTextTests {
  private static let euro = BillCurrency(
    code: "EUR", rate: ExchangeRate(from: CivilDate("2026-01-01")!, perUsd: decimal("0.9")))
  private static let standard = OfferTerm("standard-1yr-partial-upfront")!

  @Test(
    "A price is told with what it is of, how it is bought, since when, and in which file",
    arguments: [
      (.onDemand(type: "t3.medium"), "0.0416", "t3.medium 0.0416/h on-demand (from 2026-01-01, test.csv)"),
      (
        .reserved(type: "t3.medium", standard, upfront: usd("10")), "0.02",
        "t3.medium 10.00 upfront + 0.02/h standard-1yr-partial-upfront (from 2026-01-01, test.csv)"
      ),
      (
        .savingsPlan(type: "t3.medium", computePlan, twin: oneYear), "0.03",
        "t3.medium 0.03/h compute-savings-plan-1yr-no-upfront, as standard-1yr-no-upfront (from 2026-01-01, test.csv)"
      ),
      (
        .spotEstimate(type: "c5.large", percentBelow: 59), "0.03485",
        "c5.large 0.03485/h spot, derived: on-demand less 59 % (from 2026-01-01, test.csv)"
      ),
      (
        .spotMean(type: "c5.large", over: "30 days in 2 zones"), "0.045",
        "c5.large 0.045/h spot, derived: mean of 30 days in 2 zones (from 2026-01-01, test.csv)"
      ),
      (
        .surplusCredits(type: "t3.large"), "0.05",
        "t3.large surplus credits 0.05/vCPU-hour (from 2026-01-01, test.csv)"
      ),
      (.unit("elb/alb-hour", count: 1, unit: "hour"), "0.0225", "elb/alb-hour 0.0225/hour (from 2026-01-01, test.csv)"),
      (
        .unit("tokens/input", count: 1_000_000, unit: "token"), "3",
        "tokens/input 3.00/1,000,000 tokens (from 2026-01-01, test.csv)"
      ),
    ] as [(PriceNote.Item, String, String)])
  func words(item: PriceNote.Item, amount: String, text: String) {
    #expect(PriceNote(item, usd(amount), provenance()).text(in: .usDollar) == text)
  }

  @Test("What the fleet file states has no date; a derived price says so")
  func origins() {
    let contract = PriceNote(.contract(count: 1, unit: "unit"), usd("0.0004"))
    #expect(contract.text(in: .usDollar) == "0.0004/unit (fleet file)")
    let discount = PriceNote(.discount(percent: decimal("8.5"), service: "ec2", isSupposed: false), .zero)
    #expect(discount.text(in: .usDollar) == "8.5 % off ec2 (fleet file)")
    let commitment = PriceNote(.commitment(computePlan), usd("0.07"), since: instant("2026-02-01"))
    #expect(
      commitment.text(in: .usDollar) == "0.07/h committed, compute-savings-plan-1yr-no-upfront (from 2026-02-01)")
    var derived = PriceNote(.onDemand(type: "m5.large"), usd("0.096"), provenance())
    derived.quality = .derived
    #expect(derived.text(in: .usDollar) == "m5.large 0.096/h on-demand (from 2026-01-01, test.csv, derived)")
  }

  @Test("Beside amounts in another currency a price names the dollar")
  func dollars() {
    let note = PriceNote(.reserved(type: "m5.large", oneYear, upfront: usd("87.60")), usd("0.06"), provenance())
    #expect(
      note.text(in: Self.euro)
        == "m5.large 87.60 USD upfront + 0.06 USD/h standard-1yr-no-upfront (from 2026-01-01, test.csv)")
  }
}

import Model
import Reading

/// Savings plan rates: `region,type,engine,plan,years,payment,usd_per_hour`; the rate holds the upfront part too.
struct SavingsPlanFile: PriceFileKind {
  static let name = "savings-plan"
  static let version = 1
  static let example = """
    # plimsoll-prices: savings-plan 1
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: namratabhatia21/Clarchy@24812aa54b3a:src/clarchy/data/prices/aws.yaml
    region,type,engine,plan,years,payment,usd_per_hour,effective_from,quality,source
    us-east-1,m7g.large,linux,compute,1,no-upfront,0.0599,2026-10-01,published,A
    """
  static let columns = ["region", "type", "engine", "plan", "years", "payment", "usd_per_hour"]

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    let term = SavingsPlanTerm(
      plan: try row.word("plan", SavingsPlanTerm.Plan.allCases), years: try row.termYears("years"),
      payment: try row.word("payment", OfferTerm.Payment.allCases))
    book.savingsPlans.append(
      SavingsPlanRate(
        kind: try row.instanceKind(), term: term, hourly: try row.instancePrice("usd_per_hour"),
        provenance: provenance))
  }
}

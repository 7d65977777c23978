import Clouds
import Model

/// A rate of a savings plan as a price list gives it.
struct ListedSavingsRate {
  /// `EC2InstanceSavingsPlans`, `ComputeSavingsPlans`.
  var family: String
  var purchaseOption: String
  /// `1` or `3`, and `year`.
  var leaseLength: String
  var leaseUnit: String
  var effectiveDate: String
  var service: String
  var usageType: String
  var operation: String
  /// Of what is discounted; empty in lists before 2023, whose plans for a family name the location instead.
  var regionCode: String
  var location: String
  var instanceType: String
  var unit: String
  var amount: String
  var currency: String
}

extension ListedSavingsRate {
  /// The rate as the book has it, or the reason why it has no place there: only instances of EC2 on shared hardware do.
  /// - Throws: ``DataError`` for a row that is kept and cannot be used.
  func rate(_ input: PriceInput, _ source: PriceSource, at place: @autoclosure () -> Place) throws(DataError)
    -> Outcome
  {
    if !regionCode.isEmpty, !input.wants(regionCode) { return .leftOut(otherRegions) }
    guard let plan = plans[family] else { return .leftOut("of product family \(family)") }
    guard service == ListedService.ec2.rawValue else { return .leftOut("of service \(service)") }
    let usage = ListedUsage(usageType)
    guard usage.kind == "BoxUsage", let type = instanceType.isEmpty ? usage.detail : instanceType,
      usage.detail == nil || usage.detail == type
    else { return .leftOut(Self.reasons[usage.kind] ?? "of usage type \(usage.kind)") }
    guard let engine = engine(ofOperation: operation) else { return .leftOut(unknownOperation(operation)) }
    let region = regionCode.isEmpty ? try Pricing.regionCode(ofLocation: location, at: place()) : regionCode
    guard input.wants(region) else { return .leftOut(otherRegions) }
    let term = try term(plan, at: place())
    try expectDollars(currency, at: place())
    guard unit == "Hrs" else {
      throw DataError(place(), found: "unit \"\(unit)\"", expected: "Hrs, the unit of a rate of an instance")
    }
    let hourly = try listedMoney(amount, at: place())
    let date = try listedDate(effectiveDate, at: place())
    guard hourly > .zero else { return .leftOut(priceless) }
    return .kept(
      SavingsPlanRate(
        kind: InstanceKind(region: region, type: type, engine: engine), term: term, hourly: hourly,
        provenance: Provenance(effectiveFrom: date, quality: .published, source: source)))
  }

  /// What becomes of a rate.
  enum Outcome {
    case kept(SavingsPlanRate)
    case leftOut(String)
  }

  private func term(_ plan: SavingsPlanTerm.Plan, at place: Place) throws(DataError) -> SavingsPlanTerm {
    guard leaseUnit == "year", let years = Int(leaseLength), years == 1 || years == 3 else {
      throw DataError(
        place, found: "lease contract length \"\(leaseLength)\" in \"\(leaseUnit)\"", expected: "1 or 3 in year")
    }
    guard let payment = AWSWords.payment(purchaseOption) else {
      throw DataError(
        place, found: "purchase option \"\(purchaseOption)\"", expected: "No Upfront, Partial Upfront or All Upfront")
    }
    return SavingsPlanTerm(plan: plan, years: years, payment: payment)
  }

  private static let reasons = [
    "DedicatedUsage": "of dedicated tenancy", "UnusedDed": "of dedicated tenancy",
    "DedicatedRes": "of dedicated tenancy", "HostUsage": "of dedicated hosts", "HostBoxUsage": "of dedicated hosts",
    "UnusedBox": "of unused capacity reservations", "Reservation": "of allocated capacity reservations",
  ]
}

private let plans: [String: SavingsPlanTerm.Plan] = [
  "EC2InstanceSavingsPlans": .family, "ComputeSavingsPlans": .compute,
]

extension PriceSink {
  /// Adds a rate, or counts it as left out.
  mutating func add(_ outcome: ListedSavingsRate.Outcome) throws {
    switch outcome {
    case .kept(let rate): try add { $0.savingsPlans.append(rate) }
    case .leftOut(let reason): leaveOut(reason)
    }
  }
}

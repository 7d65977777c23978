import Model

/// How something on the bill is bought.
package enum PurchaseOption: String, CaseIterable, Sendable, Comparable {
  case onDemand = "on-demand"
  case reserved = "reserved"
  case reservedUnused = "reserved-unused"
  /// Instances that a savings plan pays for.
  case savingsPlan = "savings-plan"
  case savingsPlanUnused = "savings-plan-unused"
  /// What is paid at once for a commitment that starts in the period. It costs nothing as such: its cost is spread over
  /// the lines of the commitment, month by month.
  case upfront
  case spot = "spot"
  /// Surplus CPU credits of burstable types.
  case surplusCredits = "surplus-credits"
  /// Work lost and done again when spot capacity is taken back.
  case spotRework = "spot-rework"
  /// Load balancers, storage, transfer, tokens, calls.
  case metered = "metered"
  /// A percentage off other lines; negative.
  case negotiatedDiscount = "negotiated-discount"

  package static func < (a: PurchaseOption, b: PurchaseOption) -> Bool {
    allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
  }
}

/// What a line of a bill is paid for: how it is shared among users, and whether it grows with the month.
package enum CostKind: Hashable, Sendable {
  /// Instances that ran.
  case capacity
  case unusedCommitment
  case creditOrRework
  /// Metered by what was used, or by the hour.
  case use
  /// Metered by the month, whatever its length.
  case holding
}

/// One line of a bill: so much of something at a price.
package struct LineItem: Hashable, Sendable {
  package var service: String
  package var option: PurchaseOption
  /// The instance type, or the charge's name.
  package var item: String
  /// Where it ran, as the price book calls it; nil for what is of no region.
  package var region: String?
  /// What runs on the instances, as the price book calls it; nil on lines of anything else.
  package var engine: String?
  /// The account that instances ran in, or that a commitment is of, where accounts share nothing; nil where they do.
  package var account: String?
  /// The zone whose prices it is billed at; nil where those of the region hold.
  package var zone: String?
  /// The part of the period that its price holds in; nil for all of it.
  package var within: Period?
  /// The commitment that pays for it, on lines of reservations and savings plans.
  package var commitment: String?
  /// The amount used: `quantity` in `unit`, four decimals.
  package var quantity: ScaledDecimal
  package var unit: String
  /// What it costs in US dollars, rounded once.
  package var dollars: Money
  /// The same in the bill's currency, rounded once more; nil where that is the dollar.
  package var converted: Money?
  /// What is paid for it within the period, in US dollars; nil where that is what it costs.
  package var cashDollars: Money?
  /// The same in the bill's currency.
  package var convertedCash: Money?
  package var driver: CostDriver
  /// The price row it was priced with.
  package var price: PriceNote
  /// The price book's name of the service that is paid: `ec2`, `ebs`; nil for a price of the fleet file.
  package var priceService: String?
  /// On a discount, the kind of the lines it is off.
  package var discountedKind: CostKind?

  /// What it costs in the bill's currency.
  package var cost: Money { converted ?? dollars }
  /// What is paid for it within the period, in the bill's currency: without parts of upfront payments of other months.
  package var cash: Money { cashDollars == nil ? cost : convertedCash ?? cashDollars! }

  /// What it is paid for; a discount is of the kind of what it is off.
  package var kind: CostKind {
    if let discountedKind { return discountedKind }
    switch option {
    case .onDemand, .reserved, .savingsPlan, .spot, .upfront: return .capacity
    case .reservedUnused, .savingsPlanUnused: return .unusedCommitment
    case .surplusCredits, .spotRework: return .creditOrRework
    case .metered, .negotiatedDiscount: return PricedUnit.isByTheMonth(unit) ? .holding : .use
    }
  }
}

/// An amount over a divisor as a decimal with four places, half-even; with fewer places, at last the largest number,
/// where it is too large for them.
package func quantity(_ numerator: Int128, per divisor: Int128) -> ScaledDecimal {
  for scale in stride(from: 4, through: 0, by: -1) {
    let (scaled, overflow) = numerator.multipliedReportingOverflow(by: Int128(powerOfTen(scale)))
    guard !overflow, let mantissa = Int64(exactly: roundedHalfEven(scaled, dividedBy: divisor)) else { continue }
    return ScaledDecimal(mantissa: mantissa, scale: scale)
  }
  return ScaledDecimal(mantissa: Int64(clamping: roundedHalfEven(numerator, dividedBy: divisor)), scale: 0)
}

/// What could not be known for a bill.
package enum BillGap: Hashable, Sendable {
  /// A price that the book lacks: what it is of is in no line and in no sum.
  case unpriced(MissingPrice)
  /// A charge whose series has gaps: it is billed as measured, so that the true charge is higher.
  case metered(charge: String, Coverage)
  /// Usage that a savings plan applies to, at a rate that no price book has: it is billed on demand.
  case unrated(plan: String, SavingsPlanTerm, InstanceKind, since: Instant)
}

/// What a plan costs in a period. Totals are sums of line items.
package struct Bill: Hashable, Sendable {
  package var period: Period
  /// In the fleet's order of services, then option, then item.
  package var items: [LineItem]
  /// What could not be known.
  package var incomplete: [BillGap]
  /// What all costs are in; the rate is that of the period's last day.
  package var currency = BillCurrency.usDollar

  package var total: Money { items.cost }
  /// The prices that the book lacks: what they are of is in no sum.
  package var missingPrices: [MissingPrice] {
    incomplete.compactMap { if case .unpriced(let price) = $0 { price } else { nil } }
  }
  /// What is paid within the period; as the total, a sum of line items.
  package var cashTotal: Money { items.reduce(.zero) { $0 + $1.cash } }

  /// The prices of all lines, in their order, with repetitions.
  package var prices: [PriceNote] { items.map(\.price) }

  /// The prices of the lines that only one of two bills has: those that their difference rests on.
  package func pricesDiffering(from other: Bill) -> [PriceNote] { items.pricesDiffering(from: other.items) }

  /// Services in the order of the bill.
  package var services: [String] {
    var seen: Set<String> = []
    return items.map(\.service).filter { seen.insert($0).inserted }
  }

  /// The lines of each service, in the bill's order: what is asked of every service is asked of these.
  package var itemsByService: [String: [LineItem]] { Dictionary(grouping: items, by: \.service) }

  package func total(where include: (LineItem) -> Bool) -> Money {
    items.reduce(.zero) { include($1) ? $0 + $1.cost : $0 }
  }
  /// Of one service; of each of many, ask ``itemsByService``.
  package func total(of service: String) -> Money { total { $0.service == service } }
  /// Of one service; of each of many, ask ``itemsByService``.
  package func instanceHours(of service: String) -> ScaledDecimal {
    items.filter { $0.service == service }.instanceHours
  }
}

extension [LineItem] {
  /// What they cost together, in the bill's currency.
  package var cost: Money { reduce(.zero) { $0 + $1.cost } }

  /// Instance-hours that ran: on-demand, reserved, on savings plans and spot; at most what a decimal holds.
  package var instanceHours: ScaledDecimal {
    let used: Set<PurchaseOption> = [.onDemand, .reserved, .savingsPlan, .spot]
    let sum = filter { used.contains($0.option) }
      .reduce(Int128(0)) { $0 + Int128($1.quantity.mantissa) * widePowerOfTen(4 - $1.quantity.scale) }
    return ScaledDecimal(mantissa: Int64(clamping: sum), scale: 4)
  }

  /// The prices of the lines that only one of two lists has.
  func pricesDiffering(from other: [LineItem]) -> [PriceNote] {
    let (own, others) = (Set(self), Set(other))
    return (filter { !others.contains($0) } + other.filter { !own.contains($0) }).map(\.price)
  }
}

// What is negotiated with the provider, as lines of the bill beside its list-price lines.
//
//     discount = -round½even( Σ cost of the lines it is off × percent / 100 )
//
// in nano-dollars, rounded once. There is one line for each service of the fleet, service of the price book, driver and
// kind of cost, so that the allocation can treat each discount as it does what it is off.
// As in AWS's Cost and Usage Report, where usage keeps its price and EdpDiscount and PrivateRateDiscount are line items:
// <https://docs.aws.amazon.com/cur/latest/userguide/Lineitem-columns.html>, lineItem/LineItemType.

import Model

/// The lines that one discount is off.
private struct DiscountKey: Hashable {
  var service: String
  var priceService: String?
  /// What it is said to be off: the service of the price book, or a type.
  var subject: String
  var percent: ScaledDecimal
  var driver: CostDriver
  var kind: CostKind
}

extension Discounts {
  /// What an amount of a service of the price book is reduced by; zero or more, rounded half-even once.
  package func reduction(of amount: Money, from priceService: String?) -> Money {
    guard let percent = priceService.flatMap({ self.percent(off: $0) }) else { return .zero }
    return amount.reduced(by: percent)
  }
}

extension PriceReduction {
  /// The discounts on one service's lines, in the order of the first line that each is off; none of zero. What is paid
  /// is reduced as what it costs is.
  /// - Parameter isSupposed: true for what a what-if supposes, false for what is negotiated.
  func lines(on items: [LineItem], isSupposed: Bool) -> [LineItem] {
    var order: [DiscountKey] = []
    var bases: [DiscountKey: (cost: Money, cash: Money)] = [:]
    for item in items {
      guard let found = reduction(ofItem: item.item, from: item.priceService) else { continue }
      let key = DiscountKey(
        service: item.service, priceService: item.priceService, subject: found.subject, percent: found.percent,
        driver: item.driver, kind: item.kind)
      if bases[key] == nil { order.append(key) }
      bases[key, default: (.zero, .zero)].cost += item.dollars
      bases[key]!.cash += item.cashDollars ?? item.dollars
    }
    return order.map { key in
      let namesakes = order.count { $0.subject == key.subject && $0.kind == key.kind }
      return line(key, off: bases[key]!, isSupposed: isSupposed, namingDriver: namesakes > 1)
    }.filter { $0.dollars != .zero || $0.cashDollars ?? .zero != .zero }
  }

  /// - Parameter namingDriver: true where another discount of the service differs in nothing else.
  private func line(
    _ key: DiscountKey, off base: (cost: Money, cash: Money), isSupposed: Bool, namingDriver: Bool
  ) -> LineItem {
    let name = "\(key.percent) % off \(key.subject)"
    let parts = [name, key.kind.discounted, namingDriver ? "driven by \(key.driver.fileText)" : nil]
    let off = parts.compactMap { $0 }.joined(separator: ", ")
    return LineItem(
      service: key.service, option: .negotiatedDiscount, item: off,
      quantity: quantity(Int128(base.cost.nanoDollars), per: Int128(Money.nanoPerDollar)), unit: "USD",
      dollars: .zero - base.cost.reduced(by: key.percent),
      cashDollars: base.cash == base.cost ? nil : .zero - base.cash.reduced(by: key.percent),
      driver: key.driver,
      price: PriceNote(.discount(percent: key.percent, service: key.subject, isSupposed: isSupposed), .zero),
      priceService: key.priceService, discountedKind: key.kind)
  }
}

extension Money {
  /// A percentage of an amount, rounded half-even once.
  fileprivate func reduced(by percent: ScaledDecimal) -> Money {
    charge(for: Int128(percent.mantissa), per: 100 * widePowerOfTen(percent.scale))
  }
}

extension CostKind {
  /// What tells discounts of one percentage apart; nil where the name of the discounted service is enough.
  fileprivate var discounted: String? {
    switch self {
    case .capacity, .use: nil
    case .unusedCommitment: "unused commitments"
    case .creditOrRework: "credits and rework"
    case .holding: "held by the month"
    }
  }
}

extension BillingEngine {
  /// The discount on what an instance kind costs, as a price to recompute a figure from; empty when nothing is off.
  package func discountNotes(_ kind: InstanceKind) -> [PriceNote] {
    let service = cloud.priceService(of: kind)
    guard let percent = fleet.discounts?.percent(off: service) else { return [] }
    return [PriceNote(.discount(percent: percent, service: service, isSupposed: false), .zero)]
  }
}

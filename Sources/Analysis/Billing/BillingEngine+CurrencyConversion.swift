// A bill in another currency than that of its prices.
//
//     cost = round½even( dollars × rate ),  the rate in force on the last day of the period by the fleet's clock
//
// for each line item, discounts included, once, and so for what is paid; totals are sums of converted lines. As a provider does that bills in
// another currency: with one rate a month, on what it computed in US dollars.

import Model

extension BillingEngine {
  /// The fleet's currency with the rate that a bill of a period is converted at.
  /// - Throws: ``DataError`` when the period ends before the first rate, or the fleet's time zone is none.
  package func currency(over period: Period) throws(DataError) -> BillCurrency {
    guard fleet.currency != BillCurrency.usDollar.code else { return .usDollar }
    guard let clock = LocalClock(identifier: fleet.timezone) else {
      throw DataError(
        Place(file: "fleet file", key: "timezone"), found: fleet.timezone, expected: "an IANA time zone")
    }
    return try fleet.billCurrency(on: clock.date(at: period.end.advanced(by: -1)))
  }

  /// False for a period that ends before the fleet's first exchange rate.
  package func hasRate(over period: Period) -> Bool {
    guard fleet.currency != BillCurrency.usDollar.code, let clock = LocalClock(identifier: fleet.timezone) else {
      return true
    }
    return fleet.exchangeRate(on: clock.date(at: period.end.advanced(by: -1))) != nil
  }

  /// The same lines in a bill's currency.
  /// - Throws: ``DataError`` when a line is more than ``Money`` holds.
  func converted(_ items: [LineItem], to currency: BillCurrency) throws(DataError) -> [LineItem] {
    guard currency.rate != nil else { return items }
    var items = items
    for index in items.indices {
      items[index].converted = try currency.amount(of: items[index].dollars)
      guard let cash = items[index].cashDollars else { continue }
      items[index].convertedCash = try currency.amount(of: cash)
    }
    return items
  }

  /// What a list-price amount of US dollars comes to on a bill: less the discount, then in the bill's currency.
  package func billed(_ dollars: Money, _ priceService: String?, in currency: BillCurrency) throws(DataError) -> Money {
    try currency.amount(of: dollars - (fleet.discounts?.reduction(of: dollars, from: priceService) ?? .zero))
  }

  /// A price with its currency where a bill is in another: `0.096`, or `0.096 USD`.
  package func rate(_ price: Money) -> String {
    "\(price)" + unit
  }

  /// What stands behind dollars where a bill is in another currency.
  private var unit: String { fleet.currency == BillCurrency.usDollar.code ? "" : " USD" }
}

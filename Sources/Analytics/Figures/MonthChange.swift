// What changed since the month before, and what of it comes from the calendar.
//
//     calendar = cost of the month before, charges by the month apart, × (hours now - hours before) / hours before
//     use      = change - calendar
//
// Amounts are exact, rounded half-even once for each service; each month's are in its own exchange rate.

import Analysis
import Model

/// A month beside the one before, or why there is nothing to compare with.
package enum MonthComparison: Sendable {
  case change(MonthChange)
  case noExchangeRate(Month)
  /// No fleet file was in force on the last day of that month.
  case noFleet(Month)
  /// The fleet file of that month bills in another currency.
  case otherCurrency(Month, String)
  case notStored(Month)
  /// It could not be billed.
  case notBilled(Month, DataError)
}

/// What a month's bill has become since the month before.
package struct MonthChange: Sendable {
  package let month: Month
  package let previous: Outcome
  /// Hours of the month and of the one before.
  package let hours, hoursBefore: Int64
  /// The services of either bill, those of the month first.
  package let services: [ServiceChange]
  /// Prices of instances that only the month has, sorted.
  package let newPrices: [PriceNote]
  /// nil where both months were converted at one rate.
  package let exchange: ExchangeChange?

  /// - Throws: ``DataError`` where the other rate makes last month's bill too large.
  init(_ month: Month, from previous: Outcome, to now: Outcome) throws(DataError) {
    self.month = month
    self.previous = previous
    hours = now.bill.period.seconds / 3600
    hoursBefore = previous.bill.period.seconds / 3600
    let (old, new) = (previous.bill.itemsByService, now.bill.itemsByService)
    let (before, length) = (previous.bill.period.seconds, now.bill.period.seconds)
    services = (now.bill.services + previous.bill.services.filter { new[$0] == nil }).map {
      ServiceChange($0, from: old[$0] ?? [], over: before, to: new[$0] ?? [], over: length)
    }
    newPrices = now.bill.instancePrices.subtracting(previous.bill.instancePrices).sorted()
    exchange = try ExchangeChange(from: previous.bill, to: now.bill.currency)
  }
}

/// What the other exchange rate alone made of a bill.
package struct ExchangeChange: Sendable {
  package let before, now: ExchangeRate
  /// Last month's bill in US dollars at the rate of now, less the same at its own.
  package let effect: Money

  fileprivate init?(from bill: Bill, to currency: BillCurrency) throws(DataError) {
    guard let now = currency.rate, let before = bill.currency.rate, now != before else { return nil }
    self.before = before
    self.now = now
    effect = try currency.amount(of: bill.items.reduce(.zero) { $0 + $1.dollars }) - bill.total
  }
}

/// One service's part of a change, and what stands behind it.
package struct ServiceChange: Sendable {
  package enum Cause: Sendable {
    case instanceHours(before: Double, now: Double)
    /// Of each charge, by how much of it was used.
    case amounts([AmountChange])
    /// Nothing of it grows with use or hours.
    case held
  }
  /// How much of a charge was used in either month.
  package struct AmountChange: Sendable {
    package let charge: String
    package let before, now: Double
  }

  package let service: String
  package let before, now: Money
  /// What the other number of hours alone would have changed: everything but charges by the month.
  package let calendar: Money
  package let cause: Cause

  package var change: Money { now - before }
  /// What use and prices changed.
  package var use: Money { change - calendar }

  /// - Parameters:
  ///   - old: its lines in the month before, which has so many seconds.
  ///   - new: its lines in the month.
  fileprivate init(_ service: String, from old: [LineItem], over before: Int64, to new: [LineItem], over now: Int64) {
    self.service = service
    self.before = old.cost
    self.now = new.cost
    calendar = old.filter { $0.kind != .holding }.cost.charge(for: Int128(now - before), per: Int128(before))
    cause = Self.cause(old, new)
  }

  private static func cause(_ old: [LineItem], _ new: [LineItem]) -> Cause {
    let hours = [old, new].map(\.instanceHours.double)
    if hours[0] > 0 || hours[1] > 0 { return .instanceHours(before: hours[0], now: hours[1]) }
    var seen: Set<String> = []
    let charges = new.filter { $0.option == .metered && $0.kind != .holding }.map(\.item)
      .filter { seen.insert($0).inserted }
    guard !charges.isEmpty else { return .held }
    let (before, now) = (old.amounts, new.amounts)
    return .amounts(charges.map { AmountChange(charge: $0, before: before[$0] ?? 0, now: now[$0] ?? 0) })
  }
}

extension [LineItem] {
  /// How much of each charge was used, over all its lines.
  fileprivate var amounts: [String: Double] { reduce(into: [:]) { $0[$1.item, default: 0] += $1.quantity.double } }
}

extension Bill {
  /// The prices of everything but charges and discounts.
  fileprivate var instancePrices: Set<PriceNote> {
    Set(items.filter { ![.metered, .negotiatedDiscount].contains($0.option) }.map(\.price))
  }
}

extension Study {
  /// The month beside the one before, each by the fleet file of its own. That month is no part of this one's review: what
  /// keeps it from being billed is told in its place.
  /// - Throws: ``DataError`` where the other exchange rate makes last month's bill too large.
  func comparison(with now: Outcome) throws(DataError) -> MonthComparison {
    switch inputs.before {
    case .same:
      guard context.engine.hasRate(over: context.clock.period(of: month.previous)) else {
        return .noExchangeRate(month.previous)
      }
    case .none: return .noFleet(month.previous)
    case .other(let fleet, _):
      guard fleet.currency == self.fleet.currency else { return .otherCurrency(month.previous, fleet.currency) }
    }
    let previous: Outcome
    do throws(DataError) {
      guard let before = try previousMonth() else { return .notStored(month.previous) }
      guard before.context.engine.hasRate(over: before.period) else { return .noExchangeRate(month.previous) }
      previous = try before.outcome(Scenario())
    } catch {
      return .notBilled(month.previous, error)
    }
    return .change(try MonthChange(month.previous, from: previous, to: now))
  }
}

import Clouds
import Model

/// What a reservation costs for each of its instances, as AWS's commands print it.
package struct ReservationCharges: Hashable, Sendable {
  /// USD at the start: `FixedPrice`.
  package let upfront: Money
  /// USD for every hour of the term: `UsagePrice` and all recurring charges.
  package let hourly: Money

  /// True when nothing is paid at any time.
  package var areZero: Bool { upfront == .zero && hourly == .zero }
}

extension JSONRecord {
  /// Reads what a reservation costs; ``check(_:for:)`` says whether that can be.
  ///
  /// - Parameters:
  ///   - amount: the key of a recurring charge's amount.
  ///   - frequency: the key of how often it recurs; `Hourly` is the only one there is.
  /// - Throws: ``DataError`` for any other frequency, and for an amount that is no price.
  package func charges(amount: String, frequency: String) throws(DataError) -> ReservationCharges {
    var hourly = try price("UsagePrice", absent: .zero)
    for charge in try records("RecurringCharges") {
      let often = try charge.text(frequency)
      guard often == "Hourly" else { throw charge.wrong(frequency, expected: "Hourly") }
      let (sum, overflow) = hourly.nanoDollars.addingReportingOverflow(try charge.price(amount).nanoDollars)
      guard !overflow, sum <= Money.mostPrice.nanoDollars else {
        throw charge.wrong(amount, expected: mostPriceExpectation)
      }
      hourly = Money(nanoDollars: sum)
    }
    return ReservationCharges(upfront: try price("FixedPrice"), hourly: hourly)
  }

  /// Refuses charges that are not those of a payment: a missing charge is unknown, and never 0.
  ///
  /// - Throws: ``DataError`` for No Upfront with a fee at the start, for No Upfront and Partial Upfront without a
  ///   charge by the hour, and for All Upfront without a fee at the start.
  package func check(_ charges: ReservationCharges, for payment: OfferTerm.Payment) throws(DataError) {
    switch payment {
    case .noUpfront where charges.upfront > .zero: throw wrong("FixedPrice", expected: "0 for No Upfront")
    case .noUpfront where charges.hourly == .zero: throw noHourlyCharge(for: "No Upfront")
    case .partialUpfront where charges.hourly == .zero: throw noHourlyCharge(for: "Partial Upfront")
    case .allUpfront where charges.upfront == .zero:
      throw wrong("FixedPrice", expected: "a fee of more than 0 for All Upfront")
    default: break
    }
  }

  private func noHourlyCharge(for payment: String) -> DataError {
    var error = wrong("RecurringCharges", expected: "one of more than 0 for \(payment)")
    error.found = "no charge by the hour"
    return error
  }

  /// The length of a term in years; nil when it is neither 1 nor 3.
  package func termYears(_ key: String = "Duration") throws(DataError) -> Int? {
    AWSWords.years(seconds: try whole(key))
  }

  /// How a reservation is paid for; nil for the utilisation classes sold before 2014 (`Heavy Utilization` and the
  /// like), which nobody can buy any more.
  package func payment(_ key: String) throws(DataError) -> OfferTerm.Payment? {
    let word = try text(key)
    if let payment = AWSWords.payment(word) { return payment }
    guard word.hasSuffix(" Utilization") else {
      throw wrong(key, expected: "No Upfront, Partial Upfront or All Upfront")
    }
    return nil
  }

  /// `OfferingClass`; reservations from before there were two classes are standard.
  package func offerClass(_ key: String = "OfferingClass") throws(DataError) -> OfferTerm.OfferClass {
    guard let word = try textIfKnown(key) else { return .standard }
    if let offerClass = OfferTerm.OfferClass(rawValue: word) { return offerClass }
    throw wrong(key, expected: "standard or convertible")
  }
}

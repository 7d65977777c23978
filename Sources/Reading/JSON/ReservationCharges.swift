import Model

extension JSONRecord {
  /// What a reservation costs an hour, its upfront payment aside: the price of use and all recurring charges.
  ///
  /// - Parameters:
  ///   - amount: the key of a recurring charge's amount.
  ///   - frequency: the key of how often it recurs; `Hourly` is the only one there is.
  /// - Throws: ``DataError`` for any other frequency, and for an amount that is no price.
  package func hourlyCharges(amount: String, frequency: String) throws(DataError) -> Money {
    var hourly = try price("UsagePrice", absent: .zero)
    for charge in try records("RecurringCharges") {
      let often = try charge.text(frequency)
      guard often == "Hourly" else { throw charge.wrong(frequency, expected: "Hourly") }
      let (sum, overflow) = hourly.nanoDollars.addingReportingOverflow(try charge.price(amount).nanoDollars)
      guard !overflow else { throw charge.wrong(amount, expected: "a price of less than 9 billion USD") }
      hourly = Money(nanoDollars: sum)
    }
    return hourly
  }

  /// The length of a term in years; nil when it is neither 1 nor 3.
  package func termYears(_ key: String = "Duration") throws(DataError) -> Int? {
    AWSWords.years(seconds: try whole(key))
  }

  /// How a reservation is paid for; nil for the utilisation classes sold before 2014 (`Heavy Utilization` and the like),
  /// which nobody can buy any more.
  package func payment(_ key: String) throws(DataError) -> OfferTerm.Payment? {
    let word = try text(key)
    if let payment = AWSWords.payment(word) { return payment }
    guard word.hasSuffix(" Utilization") else {
      throw wrong(key, expected: "No Upfront, Partial Upfront or All Upfront")
    }
    return nil
  }
}

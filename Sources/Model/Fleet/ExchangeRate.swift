/// How many units of the fleet's currency one US dollar is, from a day on until the next rate's.
package struct ExchangeRate: FleetPart, Hashable {
  package var from = CivilDate(day: 0)
  package var perUsd = ScaledDecimal(mantissa: 0, scale: 0)

  package init() {}

  package static let about =
    "How many units of the fleet's currency one US dollar is, from a day on until the next rate's."

  package static let keys: [FleetKey<ExchangeRate>] = [
    .required("from", \.from, "The day from which it holds, on the fleet's clock."),
    .required(
      "per_usd", \.perUsd, "Units of the currency for one US dollar; positive, at most nine decimals.",
      unit: "units a USD"),
  ]

  package init(from: CivilDate, perUsd: ScaledDecimal) {
    self.from = from
    self.perUsd = perUsd
  }
}

/// The currency of a bill, and how it comes from the US dollars that prices are in.
package struct BillCurrency: Hashable, Sendable {
  /// Three capital letters: `EUR`.
  package let code: String
  /// nil for US dollars.
  package let rate: ExchangeRate?

  /// The currency of prices, in which nothing is converted.
  package static let usDollar = BillCurrency(code: "USD", rate: nil)

  package init(code: String, rate: ExchangeRate?) {
    self.code = code
    self.rate = rate
  }

  /// `eur`, as in the names of columns.
  package var suffix: String { code.lowercased() }

  /// An amount of US dollars in this currency: × rate, rounded half-even once to 10⁻⁹.
  ///
  /// - Throws: ``DataError`` where it is beyond what ``Money`` holds, ±9.2 billion.
  package func amount(of dollars: Money) throws(DataError) -> Money {
    guard let rate else { return dollars }
    let product = Int128(dollars.nanoDollars) * Int128(rate.perUsd.mantissa)
    guard let nano = Int64(exactly: roundedHalfEven(product, dividedBy: widePowerOfTen(rate.perUsd.scale))) else {
      throw tooLarge
    }
    return Money(nanoDollars: nano)
  }

  /// The error of an amount that is too large in this currency.
  package var tooLarge: DataError {
    guard rate != nil else {
      return DataError(
        Place(file: "bill"), found: "an amount beyond 9.2 billion \(code)",
        expected: "prices, counts and commitments that come to less")
    }
    return DataError(
      Place(file: "fleet file", key: "exchange_rates"), found: "an amount beyond 9.2 billion \(code)",
      expected: "a currency in which the bill is smaller")
  }
}

extension Fleet {
  /// The rate in force on a day; nil for one before the first rate.
  package func exchangeRate(on date: CivilDate) -> ExchangeRate? { exchangeRates?.last { $0.from <= date } }

  /// The currency of a bill with the rate in force on a day.
  /// - Throws: ``DataError`` for a day before the first rate.
  package func billCurrency(on date: CivilDate) throws(DataError) -> BillCurrency {
    guard currency != BillCurrency.usDollar.code else { return .usDollar }
    if let rate = exchangeRate(on: date) { return BillCurrency(code: currency, rate: rate) }
    let first = exchangeRates?.first.map { " (the first is from \($0.from))" } ?? ""
    throw DataError(
      Place(file: "fleet file", key: "exchange_rates"), found: "no rate in force on \(date)\(first)",
      expected: "units of \(currency) for one USD from that day or earlier", kind: .missingInput)
  }
}

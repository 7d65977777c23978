import Clouds
import Model

/// A currency other than that of the prices comes with exchange rates, and USD with none.
func currencyHasRates(_ fleet: Fleet) -> [FleetFault] {
  let code = fleet.currency
  let path = fleetRoot.key("currency")
  guard code.utf8.count == 3, code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
    return [FleetFault(path, found: "\"\(code)\"", expected: "three capital letters such as EUR")]
  }
  if code == BillCurrency.usDollar.code {
    return fleet.exchangeRates == nil
      ? [] : [FleetFault(ratesPath, found: "exchange rates of USD", expected: "none, since prices are in USD")]
  }
  guard fleet.exchangeRates?.isEmpty ?? true else { return [] }
  return [
    FleetFault(
      path, found: "\"\(code)\" without exchange rates", expected: "USD, or exchange_rates: \(code) for one USD")
  ]
}

/// Exchange rates are positive and come in the order of their dates.
func exchangeRatesAscend(_ fleet: Fleet) -> [FleetFault] {
  let rates = placed(fleet.exchangeRates ?? [], ratesPath)
  return rates.filter { $0.value.perUsd.mantissa <= 0 || $0.value.perUsd.normalised.scale > 9 }.map {
    FleetFault(
      $0.path.key("per_usd"), found: "\($0.value.perUsd)", expected: "a positive number with at most 9 decimals")
  }
    + zip(rates, rates.dropFirst()).filter { $1.value.from <= $0.value.from }.map {
      FleetFault($1.path.key("from"), found: "\($1.value.from)", expected: "a date after \($0.value.from)")
    }
}

private let ratesPath = fleetRoot.key("exchange_rates")

/// A discount is a percentage off something that the fleet buys.
func discountsAreOffWhatIsUsed(_ fleet: Fleet) -> [FleetFault] {
  guard let discounts = fleet.discounts else { return [] }
  let path = fleetRoot.key("discounts")
  let services = (discounts.services ?? [:]).sorted { $0.key < $1.key }
  let known = fleet.priceServices(of: supportedCloud)
  // What runs is for the inventory to say where the file names no services.
  let strangers =
    fleet.services.isEmpty
    ? []
    : services.filter { !known.contains($0.key) }.map { name, _ in
      FleetFault(
        path.key("services").key(name), found: "service \"\(name)\"", expected: choice(among: known, insteadOf: name))
    }
  let given =
    (discounts.percent.map { [(path.key("percent"), $0)] } ?? [])
    + services.map { (path.key("services").key($0.key), $0.value) }
  return strangers + given.compactMap { isPercentage($0.1) ? nil : percentageFault($0.0, $0.1) }
}

/// 0 to 100 with at most four decimals that count.
private func isPercentage(_ number: ScaledDecimal) -> Bool {
  let number = number.normalised
  return number.scale <= 4 && number.mantissa >= 0 && number.mantissa <= 100 * powerOfTen(number.scale)
}

private func percentageFault(_ path: DocumentPath, _ number: ScaledDecimal) -> FleetFault {
  FleetFault(path, found: "\(number)", expected: "a percentage from 0 to 100 with at most 4 decimals")
}

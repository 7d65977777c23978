import Clouds
import Model
import Reading

/// A price of a product as a list gives it: a row of the CSV file, a price dimension of the JSON file.
struct ListedPrice {
  /// `OnDemand`, `Reserved`.
  var termType: String
  /// The code of the offer, the same for the rows that make it up.
  var offerCode: String
  var effectiveDate: String
  var startingRange: String
  var unit: String
  var amount: String
  var currency: String
  /// `1yr`, `Partial Upfront`, `standard`: of a reservation.
  var lease: String
  var purchaseOption: String
  var offeringClass: String
}

/// Makes prices of the book out of listed ones; a reservation comes in two rows, which need not be neighbours.
struct ListedPriceReader {
  private let source: PriceSource
  /// Reservations of which a row is still to come.
  private var halves: [OfferKey: ReservationHalves] = [:]
  /// Those of the product before that are whole: rows of theirs that come again must agree.
  private var whole: [OfferKey: ReservationHalves] = [:]
  private var wholeSKU = ""

  /// - Parameter source: the list that the prices are from.
  init(_ source: PriceSource) { self.source = source }

  /// Adds what a price says; left out is what has no place in the book, each with its reason.
  /// - Throws: ``DataError`` naming the line for what cannot be used, and what the sink throws.
  mutating func add(
    _ price: ListedPrice, of product: ListedProduct, sku: String, at place: @autoclosure () -> Place,
    into sink: inout PriceSink
  ) throws {
    switch product {
    case .leftOut(let reason): sink.leaveOut(reason)
    case .unit(let item, let region):
      guard price.termType == "OnDemand" else { return sink.leaveOut("of other terms than on demand") }
      try add(price, of: item, region, at: place(), into: &sink)
    case .instance(let kind):
      switch price.termType {
      case "OnDemand": try addOnDemand(price, of: kind, at: place(), into: &sink)
      case "Reserved": try addReserved(price, of: kind, sku: sku, at: place(), into: &sink)
      case let other: sink.leaveOut("of term type \(other)")
      }
    }
  }

  /// Leaves out the reservations that lack a row: excerpts of a list may end within one.
  func finish(_ sink: inout PriceSink) {
    for half in halves.values {
      sink.leaveOut("of reservations whose \(half.hourly == nil ? "hourly price" : "upfront fee") is not in the file")
    }
  }

  private func provenance(_ price: ListedPrice, at place: @autoclosure () -> Place) throws(DataError) -> Provenance {
    let date = try listedDate(price.effectiveDate, at: place())
    return Provenance(effectiveFrom: date, quality: .published, source: source)
  }

  private func addOnDemand(
    _ price: ListedPrice, of kind: InstanceKind, at place: @autoclosure () -> Place, into sink: inout PriceSink
  ) throws {
    try expectDollars(price.currency, at: place())
    guard price.unit == "Hrs" else {
      throw DataError(place(), found: "unit \"\(price.unit)\"", expected: "Hrs, the unit of an instance on demand")
    }
    guard price.startingRange == "0" || price.startingRange.isEmpty else {
      throw DataError(
        place(), found: "a price from \"\(price.startingRange)\" hours on", expected: "one price of all hours, from 0")
    }
    let hourly = try listedMoney(price.amount, at: place())
    let provenance = try provenance(price, at: place())
    guard hourly > .zero else { return sink.leaveOut(priceless) }
    try sink.add { $0.onDemand.append(OnDemandPrice(kind: kind, hourly: hourly, provenance: provenance)) }
  }

  private func add(
    _ price: ListedPrice, of item: ListedUnitItem, _ region: String, at place: @autoclosure () -> Place,
    into sink: inout PriceSink
  ) throws {
    try expectDollars(price.currency, at: place())
    guard let units = item.unit.listedUnits(price.unit) else {
      throw DataError(
        place(), found: "unit \"\(price.unit)\"", expected: "\(item.unit.listed), the unit of \(item.name)")
    }
    let text = price.startingRange
    guard let start = text.isEmpty ? 0 : Int64(text), start >= 0, start < Int64.max - item.tierFrom else {
      throw DataError(place(), found: "starting range \"\(text)\"", expected: "a whole number such as 10240")
    }
    let listed = try listedMoney(price.amount, at: place())
    let (nano, overflows) = listed.nanoDollars.multipliedReportingOverflow(by: units)
    guard !overflows, nano <= Money.mostPrice.nanoDollars else {
      throw DataError(place(), found: "price \"\(price.amount)\"", expected: mostPriceExpectation)
    }
    let provenance = try provenance(price, at: place())
    try sink.add {
      $0.units.append(
        UnitPrice(
          region: region, item: item.name, unit: item.unit.rawValue, tierFrom: item.tierFrom + start,
          price: Money(nanoDollars: nano), perUnits: 1, provenance: provenance))
    }
  }

  private mutating func addReserved(
    _ price: ListedPrice, of kind: InstanceKind, sku: String, at place: @autoclosure () -> Place,
    into sink: inout PriceSink
  ) throws {
    guard !price.purchaseOption.hasSuffix(" Utilization") else { return sink.leaveOut("of old purchase options") }
    try expectDollars(price.currency, at: place())
    let term = try offerTerm(of: price, at: place())
    let amount = try listedMoney(price.amount, at: place())
    let provenance = try provenance(price, at: place())
    let key = OfferKey(sku: sku, code: price.offerCode, effectiveFrom: provenance.effectiveFrom)
    if wholeSKU != sku {
      whole.removeAll(keepingCapacity: true)
      wholeSKU = sku
    }
    var offer = whole[key] ?? halves[key] ?? ReservationHalves(key: key, term: term)
    try offer.put(amount, unit: price.unit, term: term, at: place())
    guard whole[key] == nil else { return }
    guard let hourly = offer.hourly, let upfront = offer.upfront ?? (term.payment == .noUpfront ? .zero : nil) else {
      halves[key] = offer
      return
    }
    halves[key] = nil
    whole[key] = offer
    guard hourly > .zero || upfront > .zero else { return sink.leaveOut(priceless) }
    try sink.add {
      $0.reserved.append(
        ReservedPrice(kind: kind, term: term, upfront: upfront, hourly: hourly, provenance: provenance))
    }
  }
}

/// Why a row without a price is left out: the list has them for what is billed otherwise.
let priceless = "priced at 0.00"

/// Which reservation a row belongs to.
private struct OfferKey: Hashable, CustomStringConvertible {
  let sku: String
  let code: String
  let effectiveFrom: Instant

  var description: String { "\(sku).\(code)" }
}

/// A reservation of which perhaps only one row was met so far.
private struct ReservationHalves {
  let key: OfferKey
  let term: OfferTerm
  private(set) var hourly: Money?
  private(set) var upfront: Money?

  init(key: OfferKey, term: OfferTerm) {
    self.key = key
    self.term = term
  }

  /// Puts the amount of a row in its place.
  /// - Throws: ``DataError`` for another unit or term than the offer has, and a second row with another amount.
  mutating func put(_ amount: Money, unit: String, term: OfferTerm, at place: @autoclosure () -> Place)
    throws(DataError)
  {
    guard term == self.term else {
      throw DataError(place(), found: "\(term) for \(key)", expected: "\(self.term) as in its other row")
    }
    let other: Money?
    switch unit {
    case "Hrs": (other, hourly) = (hourly, amount)
    case "Quantity": (other, upfront) = (upfront, amount)
    default:
      throw DataError(
        place(), found: "unit \"\(unit)\"", expected: "Hrs, or Quantity for an upfront fee, the units of a reservation")
    }
    guard other == nil || other == amount else {
      throw DataError(
        place(), found: "\(amount) in \(unit) for \(key)", expected: "\(other!) as in an earlier row of it")
    }
    guard term.payment != .noUpfront || upfront == nil || upfront == .zero else {
      throw DataError(place(), found: "an upfront fee of \(amount) for No Upfront", expected: "none")
    }
  }
}

/// - Throws: ``DataError`` for a length, payment or class that the book does not have.
private func offerTerm(of price: ListedPrice, at place: @autoclosure () -> Place) throws(DataError) -> OfferTerm {
  let years: Int
  switch price.lease {
  case "1yr", "1 yr": years = 1
  case "3yr", "3 yr": years = 3
  default: throw DataError(place(), found: "lease contract length \"\(price.lease)\"", expected: "1yr or 3yr")
  }
  guard let payment = AWSWords.payment(price.purchaseOption) else {
    throw DataError(
      place(), found: "purchase option \"\(price.purchaseOption)\"",
      expected: "No Upfront, Partial Upfront or All Upfront")
  }
  guard let offerClass = price.offeringClass.isEmpty ? .standard : OfferTerm.OfferClass(rawValue: price.offeringClass)
  else {
    throw DataError(
      place(), found: "offering class \"\(price.offeringClass)\"", expected: "standard or convertible")
  }
  return OfferTerm(offerClass: offerClass, years: years, payment: payment)
}

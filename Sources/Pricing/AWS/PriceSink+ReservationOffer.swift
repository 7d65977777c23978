import Model
import Reading

extension PriceSink {
  /// Adds what a reservation on sale costs, or counts why it has no place in the book: a term of another length than one
  /// or three years, a utilisation class, a price of 0 altogether.
  ///
  /// - Parameter keys: where a recurring charge has its amount, and how often it recurs.
  /// - Throws: ``DataError`` naming the line of a charge that is none, or not of the payment.
  mutating func add(
    _ offer: JSONRecord, of kind: @autoclosure () throws -> InstanceKind,
    class offerClass: @autoclosure () throws -> OfferTerm.OfferClass, charges keys: (amount: String, frequency: String),
    _ provenance: Provenance
  ) throws {
    guard let years = try offer.termYears() else { return leaveOut("of neither one nor three years") }
    guard let payment = try offer.payment("OfferingType") else { return leaveOut("of a utilisation class") }
    let charges = try offer.charges(amount: keys.amount, frequency: keys.frequency)
    guard !charges.areZero else { return leaveOut(priceless) }
    try offer.check(charges, for: payment)
    let price = ReservedPrice(
      kind: try kind(), term: OfferTerm(offerClass: try offerClass(), years: years, payment: payment),
      upfront: charges.upfront, hourly: charges.hourly, provenance: provenance)
    try add { $0.reserved.append(price) }
  }
}

/// What is bought: the class, length and payment of a reservation. Written `standard-1yr-no-upfront`.
package struct OfferTerm: Hashable, Sendable, Comparable, LosslessStringConvertible {
  package enum OfferClass: String, CaseIterable, Sendable { case standard, convertible }
  package enum Payment: String, CaseIterable, Sendable {
    case noUpfront = "no-upfront"
    case partialUpfront = "partial-upfront"
    case allUpfront = "all-upfront"
  }
  package var offerClass: OfferClass
  package var years: Int
  package var payment: Payment

  package init(offerClass: OfferClass, years: Int, payment: Payment) {
    self.offerClass = offerClass
    self.years = years
    self.payment = payment
  }

  package init?(_ text: String) {
    for offerClass in OfferClass.allCases {
      for years in [1, 3] {
        for payment in Payment.allCases {
          let term = OfferTerm(offerClass: offerClass, years: years, payment: payment)
          if term.description == text {
            self = term
            return
          }
        }
      }
    }
    return nil
  }

  package var description: String { "\(offerClass.rawValue)-\(years)yr-\(payment.rawValue)" }
  package static func < (a: OfferTerm, b: OfferTerm) -> Bool { a.description < b.description }

  /// What binds least: a year, paid by the hour.
  package static let standardOneYearNoUpfront = OfferTerm(offerClass: .standard, years: 1, payment: .noUpfront)

  /// Every term the price book may hold.
  package static let all: [OfferTerm] = OfferClass.allCases.flatMap { offerClass in
    [1, 3].flatMap { years in
      Payment.allCases.map { OfferTerm(offerClass: offerClass, years: years, payment: $0) }
    }
  }
  /// Hours an upfront payment is spread over.
  package var hours: Int64 { Int64(years * hoursAYear) }
}

/// Hours of a year of a term, as AWS computes effective rates.
package let hoursAYear = 8760
/// Hours of a month, as AWS counts them for rates that are not billed: a twelfth of a year.
package let hoursAMonth = 730

extension OfferTerm: TextDecodable {
  package static let expectation = "an offer such as standard-1yr-no-upfront"
}

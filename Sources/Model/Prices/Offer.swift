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

/// Where a price came from: the file it was read from, what that file was taken from, and when.
package struct PriceSource: Hashable, Sendable {
  /// As the file was called when it was imported.
  package var file: String
  /// The public file or the command it was taken from.
  package var origin: String
  package var retrieved: Instant
  /// When the source was published with its prices, by its own word; nil where it does not say, and its rows do.
  package var published: Instant?
  /// XXH64 of the file's content; nil while it is being read.
  package var contentHash: UInt64?

  package init(
    file: String, origin: String, retrieved: Instant, published: Instant? = nil, contentHash: UInt64? = nil
  ) {
    self.file = file
    self.origin = origin
    self.retrieved = retrieved
    self.published = published
    self.contentHash = contentHash
  }
}

/// Whether a price was published as such or computed from others by a stated rule.
package enum PriceQuality: String, Sendable { case published, derived }

/// The moment a price took effect, its source and its quality; shared by every kind of price.
package struct Provenance: Hashable, Sendable {
  package var effectiveFrom: Instant
  package var quality: PriceQuality
  package var source: PriceSource
  package init(effectiveFrom: Instant, quality: PriceQuality, source: PriceSource) {
    self.effectiveFrom = effectiveFrom
    self.quality = quality
    self.source = source
  }
}

/// What an instance is: the key under which it is priced.
package struct InstanceKind: Hashable, Sendable, Comparable, CustomStringConvertible {
  package var region: String
  package var type: String
  package var engine: String
  package init(region: String, type: String, engine: String) {
    self.region = region
    self.type = type
    self.engine = engine
  }
  package var description: String { "\(type) (\(engine)) in \(region)" }
  package static func < (a: InstanceKind, b: InstanceKind) -> Bool {
    (a.region, a.engine, a.type) < (b.region, b.engine, b.type)
  }
}

/// The on-demand price of an instance kind from a date on.
package struct OnDemandPrice: Hashable, Sendable {
  package var kind: InstanceKind
  package var hourly: Money
  package var provenance: Provenance
  package init(kind: InstanceKind, hourly: Money, provenance: Provenance) {
    self.kind = kind
    self.hourly = hourly
    self.provenance = provenance
  }
}

/// A reservation's price from a date on: an upfront part and an hourly part.
package struct ReservedPrice: Hashable, Sendable {
  package var kind: InstanceKind
  package var term: OfferTerm
  package var upfront: Money
  package var hourly: Money
  package var provenance: Provenance
  package init(
    kind: InstanceKind, term: OfferTerm, upfront: Money, hourly: Money, provenance: Provenance
  ) {
    self.kind = kind
    self.term = term
    self.upfront = upfront
    self.hourly = hourly
    self.provenance = provenance
  }

  /// The cost of holding `unitSeconds` of it out of units that are `units` to one instance, upfront amortised.
  ///
  /// `(hourly × termHours + upfront) × seconds / (3600 × termHours)`, rounded half-even once.
  package func amortised(unitSeconds: Int128, unitsPerInstance: Int128) -> Money {
    let termTotal = Int128(hourly.nanoDollars) * Int128(term.hours) + Int128(upfront.nanoDollars)
    let divisor = 3600 * Int128(term.hours) * unitsPerInstance
    return Money(
      nanoDollars: Int64(roundedHalfEven(termTotal * unitSeconds, dividedBy: divisor)))
  }

  /// The share of hours from which it is cheaper than on demand: its effective rate over the on-demand rate, which is
  /// one less the saving. Six decimals, half-even, from exact amounts; nil without an on-demand price.
  package func breakEven(against onDemand: Money) -> ScaledDecimal? {
    let termTotal = Int128(hourly.nanoDollars) * Int128(term.hours) + Int128(upfront.nanoDollars)
    return millionths(termTotal, of: Int128(onDemand.nanoDollars) * Int128(term.hours))
  }

  /// The effective hourly price, upfront spread over the term.
  package var effectiveHourly: Money { amortised(unitSeconds: 3600, unitsPerInstance: 1) }
}

/// The average saving of spot capacity and how often it is taken back, from a date on.
package struct SpotEstimate: Hashable, Sendable {
  package var kind: InstanceKind
  /// Percent below on-demand, averaged by the provider over the past month.
  package var savingsPercent: Int
  /// Share of instances interrupted in a month, as the provider's bucket: `<5%`, `5-10%`, ...
  package var interruption: String
  package var provenance: Provenance
  package init(
    kind: InstanceKind, savingsPercent: Int, interruption: String, provenance: Provenance
  ) {
    self.kind = kind
    self.savingsPercent = savingsPercent
    self.interruption = interruption
    self.provenance = provenance
  }
}

/// The price of a unit of a service, from a usage tier and a date on.
package struct UnitPrice: Hashable, Sendable {
  package var region: String
  /// `elb/alb-hour`, `tokens/anthropic/claude-sonnet-5/input`.
  package var item: String
  package var unit: String
  /// Units used in the month from which this price applies.
  package var tierFrom: Int64
  package var price: Money
  /// How many units the price buys: 1, or 1,000,000 tokens.
  package var perUnits: Int64
  package var provenance: Provenance
  package init(
    region: String, item: String, unit: String, tierFrom: Int64, price: Money, perUnits: Int64,
    provenance: Provenance
  ) {
    self.region = region
    self.item = item
    self.unit = unit
    self.tierFrom = tierFrom
    self.price = price
    self.perUnits = perUnits
    self.provenance = provenance
  }
}

/// A share as a decimal with six places, half-even; nil of nothing, and of so little that it is no number of 64 bits.
package func millionths(_ part: Int128, of whole: Int128) -> ScaledDecimal? {
  guard whole > 0, let mantissa = Int64(exactly: roundedHalfEven(part * 1_000_000, dividedBy: whole)) else {
    return nil
  }
  return ScaledDecimal(mantissa: mantissa, scale: 6)
}

extension Money {
  /// The fraction of another amount, six decimals, half-even; nil of nothing.
  package func share(of whole: Money) -> ScaledDecimal? {
    millionths(Int128(nanoDollars), of: Int128(whole.nanoDollars))
  }
}

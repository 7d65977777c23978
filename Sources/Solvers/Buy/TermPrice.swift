// What an hour of use costs that a commitment serves, when use may end before the term does.
//
//   price in use = price × (1 + rate × term / 2)
//
// A level of demand that is in use now is lost at a rate in each year; 1 + x / 2 is the term over the expected time in use,
// x / (1 - e^-x), to the first order, for x = rate × term. Of several options, the one of the least price in use is the best:
// those that are shorter may be renewed, as long as the level lives. A level is worth it when
//
//   price in use < on demand × the share of hours in which it is used
//
// The rate is 1/3 a year (bold 1/6, cautious 2/3), so that a level lives for three years; and 1 a year more for a type that
// may be replaced soon, when a plan would go on to serve what replaces it. Exact, in 128 bits.
// Levels by themselves are Arrow, Harris and Marschak's newsvendor, Econometrica 19(3), 1951.

import Model

extension CapacityRisk {
  /// In sixths a year, at which a level of demand is lost.
  fileprivate var lossSixths: Int {
    switch self {
    case .bold: 1
    case .expected: 2
    case .cautious: 4
    }
  }
}

/// A price in use, as a fraction of micro-USD an hour.
struct TermPrice: Hashable, Sendable, Comparable {
  private let numerator: Int128
  private let denominator: Int128

  /// - Parameters:
  ///   - hourly: at most 2^40, as an hour of the term.
  ///   - upfront: at most 2^56, for the whole term.
  ///   - termHours: from 1 to 2^17.
  ///   - mayBeReplaced: whether another type may soon take over what this one does.
  init(hourly: Int, upfront: Int, termHours: Int, mayBeReplaced: Bool, _ risk: CapacityRisk) {
    // rate × term / 2 with the rate in sixths a year, over twelve years of hours.
    let twelveYears = 12 * Self.yearHours
    let rate = risk.lossSixths + (mayBeReplaced ? 6 : 0)
    let term = Int128(termHours)
    numerator = (Int128(hourly) * term + Int128(upfront)) * Int128(twelveYears + rate * termHours)
    denominator = term * Int128(twelveYears)
  }

  static let yearHours = 8_760

  static func < (one: TermPrice, other: TermPrice) -> Bool {
    one.numerator * other.denominator < other.numerator * one.denominator
  }

  static func == (one: TermPrice, other: TermPrice) -> Bool {
    one.numerator * other.denominator == other.numerator * one.denominator
  }

  /// True when a use of every hour is cheaper than at another price.
  func isBelow(_ price: Int) -> Bool { numerator < Int128(price) * denominator }

  /// Over another price.
  func ratio(to price: Int) -> Double { Double(numerator) / (Double(denominator) * Double(max(1, price))) }

  /// The highest level that is used in so many hours that it costs more at another price, of the levels in each hour; 0
  /// when none is.
  /// - Parameter price: above this one.
  func level(of hours: some Collection<Int>, at price: Int) -> Int {
    // In more than this many hours.
    let few = Int128(hours.count) * numerator / (denominator * Int128(price))
    guard few < Int128(hours.count) else { return 0 }
    let rank = hours.count - 1 - Int(few)
    return hours.sorted()[rank]
  }
}

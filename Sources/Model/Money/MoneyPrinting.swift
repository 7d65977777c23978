/// Whole cents of one amount: what is printed. Parts printed together come from ``printedCents(of:)``.
package struct Cents: Hashable, Comparable, Sendable, AdditiveArithmetic {
  package var count: Int64
  package init(_ count: Int64) { self.count = count }

  /// The amount rounded half-even on its own; for a lone figure or a total.
  package init(_ money: Money) {
    self.init(
      Int64(roundedHalfEven(Int128(money.nanoDollars), dividedBy: Int128(Money.nanoPerCent))))
  }

  package static let zero = Cents(0)
  package static func + (a: Cents, b: Cents) -> Cents { Cents(a.count + b.count) }
  package static func - (a: Cents, b: Cents) -> Cents { Cents(a.count - b.count) }
  package static func < (a: Cents, b: Cents) -> Bool { a.count < b.count }

  /// `+12.34`, `-0.05`, `0.00`.
  package var signed: String { count > 0 ? "+\(grouped)" : grouped }

  /// `1,234.56`; `-0.05` for a negative amount.
  package var grouped: String { text(separator: ",") }
  /// `1234.56`, for machines.
  package var plain: String { text(separator: "") }

  private func text(separator: String) -> String {
    let cents = count.magnitude
    var dollars = String(cents / 100)
    if !separator.isEmpty {
      var index = dollars.count - 3
      while index > 0 {
        dollars.insert(
          contentsOf: separator, at: dollars.index(dollars.startIndex, offsetBy: index))
        index -= 3
      }
    }
    let fraction = cents % 100
    return "\(count < 0 ? "-" : "")\(dollars).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

/// Rounds parts to cents so that the printed parts add up to the printed total.
///
/// Largest-remainder method (Hamilton): every part is floored to the cent, and the cents still missing
/// from the total (the exact sum rounded half-even) go to the parts with the largest remainders, ties to
/// the earlier part. No part moves by a whole cent or more.
///
/// A given `total` overrides the rounded sum, so that parts printed in one table add up to what another table printed.
package func printedCents(of parts: [Money], total printed: Cents? = nil) -> [Cents] {
  let unit = Money.nanoPerCent
  let floors = parts.map { part -> Int64 in
    let quotient = part.nanoDollars / unit
    return part.nanoDollars % unit < 0 ? quotient - 1 : quotient
  }
  let total = printed ?? Cents(parts.reduce(.zero, +))
  let remainders = zip(parts, floors).map { Int128($0.nanoDollars - $1 * unit) }
  return completed(floors, to: total.count, by: remainders).map { Cents($0) }
}

/// Floors made to add up to a total: what they lack of it goes, one each, to the largest remainders, ties to the earlier
/// floor; what they have too much comes from the smallest ones.
package func completed(_ floors: [Int64], to total: Int64, by remainders: [Int128]) -> [Int64] {
  var completed = floors
  var missing = Int(total - floors.reduce(0, +))
  let order = floors.indices.sorted { remainders[$0] == remainders[$1] ? $0 < $1 : remainders[$0] > remainders[$1] }
  var position = 0
  while missing != 0, !order.isEmpty {
    let next = missing > 0 ? position : order.count - 1 - position
    completed[order[next]] += Int64(missing.signum())
    missing -= missing.signum()
    position = (position + 1) % order.count
  }
  return completed
}

/// Splits an exact amount in proportion to non-negative weights; the parts add up to the amount.
///
/// Largest remainder at the nano-dollar, ties to the earlier part. Weights are integers so that the split is
/// exact and the same on every machine; all-zero weights give everything to the first part.
package func apportion(_ amount: Money, by weights: [Int128]) -> [Money] {
  precondition(!weights.isEmpty, "apportioning needs at least one weight")
  let weights = fitting(weights, for: amount)
  let total = weights.reduce(0, +)
  guard total > 0 else {
    return weights.indices.map { $0 == 0 ? amount : .zero }
  }
  var parts: [Int64] = []
  var remainders: [Int128] = []
  for weight in weights {
    let (quotient, remainder) = (Int128(amount.nanoDollars) * weight)
      .quotientAndRemainder(dividingBy: total)
    parts.append(Int64(remainder < 0 ? quotient - 1 : quotient))
    remainders.append(remainder < 0 ? remainder + total : remainder)
  }
  return completed(parts, to: amount.nanoDollars, by: remainders).map { Money(nanoDollars: $0) }
}

/// The same weights, halved until an amount times all of them stays within 128 bits; most are small enough as they are.
private func fitting(_ weights: [Int128], for amount: Money) -> [Int128] {
  let most = Int128.max / Int128(max(1, amount.nanoDollars.magnitude)) / Int128(weights.count)
  var weights = weights
  while weights.contains(where: { $0 > most }) { weights = weights.map { $0 >> 1 } }
  return weights
}

/// What a price is for, by its unit as the book or a fleet file spells it: `hour`, `lcu-hour`, `gb-month`, `1m-requests`.
package struct PricedUnit: Hashable, Sendable {
  /// How time comes into it.
  package enum Time: Hashable, Sendable {
    /// What is held is paid for by the hours in which it is.
    case hour
    /// What is held is paid for once a month, in proportion to a part of it.
    case month
    /// What is used is counted; a month has so many.
    case count
  }

  private let word: Word

  package init(_ spelling: String) { word = Word(spelling) }

  package var time: Time { word.time }

  /// True for what is held by the month, so that a longer month costs no more.
  package static func isByTheMonth(_ spelling: String) -> Bool { PricedUnit(spelling).time == .month }

  /// How many of what an amount is per make one of this unit: 1 where the two are the same, by name or as `hour` and
  /// `month` stand for any unit of that time; 1,000,000 for `request` where the unit is `1m-requests`. nil where the
  /// amount is of something else.
  package func multiple(of per: String) -> Int64? {
    let other = Word(per)
    if other == word { return 1 }
    if other.base == "hour" || other.base == "month" { return other.time == word.time && other.multiple == 1 ? 1 : nil }
    return other.base == word.base && other.multiple == 1 ? word.multiple : nil
  }

  /// A unit taken apart: how many of what.
  private struct Word: Hashable, Sendable {
    var multiple: Int64 = 1
    /// In the singular.
    var base: String

    init(_ spelling: String) {
      base = spelling
      if let dash = spelling.firstIndex(of: "-"), let factor = Self.factor(spelling[..<dash]) {
        multiple = factor
        base = String(spelling[spelling.index(after: dash)...])
      }
      if base.count > 1, base.hasSuffix("s") { base.removeLast() }
    }

    /// 10,000 of `10k`; at most a million.
    private static func factor(_ text: Substring) -> Int64? {
      let scale: Int64? = text.last == "k" ? 1_000 : text.last == "m" ? 1_000_000 : nil
      guard let scale, let number = Int64(text.dropLast()), (1...1_000_000 / scale).contains(number) else { return nil }
      return number * scale
    }

    var time: Time {
      if base == "hour" || base.hasSuffix("-hour") { return .hour }
      return base == "month" || base.hasSuffix("-month") ? .month : .count
    }
  }
}

/// A calendar month, `2026-10`.
public struct Month: Hashable, Comparable, Sendable, LosslessStringConvertible {
  /// The year of the calendar.
  public var year: Int
  /// From 1 to 12.
  public var month: Int

  /// - Precondition: the month is from 1 to 12.
  public init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  /// Parses `2026-10`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "-") }), parts.count == 2,
      parts[0].count == 4, parts[1].count == 2, let year = Int(parts[0]),
      let month = Int(parts[1]), (1...12).contains(month)
    else { return nil }
    self.init(year: year, month: month)
  }

  /// `2026-10`.
  public var description: String { "\(year)-\(twoDigits(month))" }

  /// `October 2026`.
  public var name: String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    return "\(names[month - 1]) \(year)"
  }

  /// The month before.
  public var previous: Month {
    month == 1 ? Month(year: year - 1, month: 12) : Month(year: year, month: month - 1)
  }
  /// The month behind.
  public var next: Month {
    month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1)
  }

  /// True when the one comes before the other.
  public static func < (a: Month, b: Month) -> Bool { (a.year, a.month) < (b.year, b.month) }
}

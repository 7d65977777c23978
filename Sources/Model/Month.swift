/// A calendar month, `2026-10`.
package struct Month: Hashable, Comparable, Sendable, LosslessStringConvertible {
  package var year: Int
  package var month: Int

  package init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  /// Parses `2026-10`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "-") }), parts.count == 2,
      parts[0].count == 4, parts[1].count == 2, let year = Int(parts[0]),
      let month = Int(parts[1]), (1...12).contains(month)
    else { return nil }
    self.init(year: year, month: month)
  }

  package var description: String { "\(year)-\(twoDigits(month))" }

  /// `October 2026`.
  package var name: String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    return "\(names[month - 1]) \(year)"
  }

  package var previous: Month {
    month == 1 ? Month(year: year - 1, month: 12) : Month(year: year, month: month - 1)
  }
  package var next: Month {
    month == 12 ? Month(year: year + 1, month: 1) : Month(year: year, month: month + 1)
  }

  package static func < (a: Month, b: Month) -> Bool { (a.year, a.month) < (b.year, b.month) }
}

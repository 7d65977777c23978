import Model

// What the options of several questions say, each read in one way.

/// The moment that an option names.
/// - Parameter example: a date as the option may be given.
/// - Throws: `DataError`, kind `usage`, for a text that is no date.
func moment(_ text: String, option: String, example: String) throws(DataError) -> Instant {
  if let instant = Instant(text) { return instant }
  throw DataError(Place(file: option), found: "\"\(text)\"", expected: "a date such as \(example)", kind: .usage)
}

/// The age in days above which reports name a price.
/// - Throws: `DataError`, kind `usage`, for one out of range.
func permittedAge(_ days: Int) throws(DataError) -> Int {
  if (0...3660).contains(days) { return days }
  throw DataError(
    Place(file: "--stale-after"), found: "\(days)", expected: "a whole number of days from 0 to 3660", kind: .usage)
}

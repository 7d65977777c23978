import Model

// The parameters of several questions, each read in one way.

/// The moment that a parameter names.
/// - Parameter example: a date as it may be stated.
/// - Throws: `DataError`, kind `usage`, for a text that is no date.
func moment(_ text: String, of parameter: Parameter, example: String) throws(DataError) -> Instant {
  if let instant = Instant(text) { return instant }
  throw DataError(
    Place(parameter: parameter), found: "\"\(text)\"", expected: "a date such as \(example)", kind: .usage)
}

/// The age in days above which reports name a price.
/// - Throws: `DataError`, kind `usage`, for one out of range.
func permittedAge(_ days: Int) throws(DataError) -> Int {
  if (0...3660).contains(days) { return days }
  throw DataError(
    Place(parameter: .staleAfter), found: "\(days)", expected: "a whole number of days from 0 to 3660", kind: .usage)
}

import Model

/// Why a problem cannot be solved: the key, what it holds, and what it should.
package struct ProblemFault: Error, Hashable, Sendable {
  package var key: String
  package var found: String
  package var expected: String

  package init(key: String, found: String, expected: String) {
    self.key = key
    self.found = found
    self.expected = expected
  }

  /// The same as an error of what the problem is from.
  package func error(at place: Place) -> DataError {
    var place = place
    place.key = key
    return DataError(place, found: found, expected: expected)
  }
}

/// Refuses a number that is out of a range, and says the range.
func checkNumber(_ key: String, _ value: Int, from least: Int = 0, to most: Int = .max) throws(ProblemFault) {
  guard value < least || value > most else { return }
  let range = most == .max ? "at least \(least)" : least == most ? "\(least)" : "from \(least) to \(most)"
  throw ProblemFault(key: key, found: "\(value)", expected: range)
}

/// Refuses a list that has too few or too many elements, and says how many it may have.
func checkCount(_ key: String, _ count: Int, of elements: String, from least: Int = 0, to most: Int)
  throws(ProblemFault)
{
  guard count < least || count > most else { return }
  throw ProblemFault(key: key, found: "\(count) \(elements)", expected: "from \(least) to \(most)")
}

/// Refuses a name that stands twice.
func checkNames(_ key: String, _ names: [String]) throws(ProblemFault) {
  var seen: Set<String> = []
  for name in names where !seen.insert(name).inserted {
    throw ProblemFault(key: key, found: "\"\(name)\" twice", expected: "a name for each")
  }
}

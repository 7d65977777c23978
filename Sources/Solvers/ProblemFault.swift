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

/// Refuses a number that is out of a range.
func checkNumber(_ key: String, _ value: Int, from least: Int = 0, to most: Int = .max) throws(ProblemFault) {
  if value < least { throw ProblemFault(key: key, found: "\(value)", expected: "at least \(least)") }
  if value > most { throw ProblemFault(key: key, found: "\(value)", expected: "at most \(most)") }
}

/// Refuses a name that stands twice.
func checkNames(_ key: String, _ names: [String]) throws(ProblemFault) {
  var seen: Set<String> = []
  for name in names where !seen.insert(name).inserted {
    throw ProblemFault(key: key, found: "\"\(name)\" twice", expected: "a name for each")
  }
}

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

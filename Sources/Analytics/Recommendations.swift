import Foundation
import Model
import Reading

/// What a review recommends, as data in the order in which it is applied: `recommendations.json`.
package struct Recommendations: Codable, Hashable, Sendable {
  /// One accepted piece of advice.
  package struct Recommendation: Codable, Hashable, Sendable {
    /// `STEP-SERVICE`, or `mix-POOL`, the same every month.
    package var id: String
    package var step: String
    /// The services that it concerns, by name.
    package var services: [String]
    /// What it saved in the month, in the currency: the difference of two bills.
    package var saving: Money
    package var changes: [Change]
  }
  package var fleet: String
  package var month: Month
  package var currency: String
  package var recommendations: [Recommendation]

  /// The recommendations among verdicts that are in the order of the review.
  package init(fleet: Fleet, month: Month, _ verdicts: [Verdict]) {
    self.fleet = fleet.name
    self.month = month
    currency = fleet.currency
    recommendations = verdicts.filter { $0.outcome == .recommended }.map {
      Recommendation(
        id: $0.id, step: $0.step.rawValue, services: $0.services, saving: $0.saving, changes: $0.changes)
    }
  }

  /// The file's text: the same values give the same bytes.
  package func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Reads what ``encoded()`` writes.
  /// - Throws: ``DataError`` naming the key whose value is none.
  package init(bytes: [UInt8], file: String) throws {
    self = try decodedJSON(bytes, file: file)
  }
}

/// The changes of a file, in its order: those of `recommendations.json`, of any month, or a plain list of changes.
/// - Throws: ``DataError`` naming the key whose value is none, and for recommendations of another fleet.
package func readChanges(_ bytes: [UInt8], file: String, of fleet: Fleet) throws -> [Change] {
  let first = bytes.first {
    ![UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t")].contains($0)
  }
  if first == UInt8(ascii: "[") { return try decodedJSON(bytes, file: file) }
  let review = try Recommendations(bytes: bytes, file: file)
  guard review.fleet == fleet.name else {
    throw DataError(
      Place(file: file, key: "fleet"), found: "\"\(review.fleet)\"", expected: "recommendations for \(fleet.name)")
  }
  return review.recommendations.flatMap(\.changes)
}

/// What JSON calls a value that Swift wants of a type.
private func expectation(of type: Any.Type) -> String {
  switch type {
  case is String.Type: "text"
  case is Bool.Type: "true or false"
  case is any BinaryInteger.Type: "a whole number"
  case is any BinaryFloatingPoint.Type, is Decimal.Type: "a number"
  case is [Any].Type: "a list"
  default: "an object"
  }
}

private func decodedJSON<Value: Decodable>(_ bytes: [UInt8], file: String) throws -> Value {
  do {
    return try JSONDecoder().decode(Value.self, from: Data(bytes))
  } catch let error as DecodingError {
    throw DataError(decoding: error, file: file)
  }
}

extension DataError {
  /// A value of a JSON file that is not what its key wants.
  fileprivate init(decoding error: DecodingError, file: String) {
    func place(_ path: [any CodingKey]) -> Place {
      let key = path.reduce(into: "") { text, key in
        if let index = key.intValue {
          text += "[\(index)]"
        } else {
          text += (text.isEmpty ? "" : ".") + key.stringValue
        }
      }
      return Place(file: file, key: key)
    }
    switch error {
    case .keyNotFound(let key, let context):
      self.init(place(context.codingPath + [key]), found: "no such key", expected: "a value")
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      self.init(place(context.codingPath), found: "a value of another kind", expected: expectation(of: type))
    case .dataCorrupted(let context):
      let isWhole = context.codingPath.isEmpty
      self.init(
        place(context.codingPath), found: isWhole ? "what is no JSON" : "a value that is none",
        expected: isWhole ? "recommendations.json of a review, or a list of changes" : context.debugDescription)
    @unknown default: self.init(Place(file: file), found: "what cannot be read", expected: "a list of changes")
    }
  }
}

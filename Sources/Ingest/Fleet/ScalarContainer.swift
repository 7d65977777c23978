import Model
import Yams

/// A single word or phrase: text as it is, numbers and booleans only unquoted and in their plainest spelling.
struct ScalarContainer: SingleValueDecodingContainer {
  let decoder: NodeDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.node.isNull }

  func decode(_ type: String.Type) throws -> String {
    guard let scalar = decoder.node.scalar, !decoder.node.isNull else { throw mismatch(type) }
    return scalar.string
  }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard let value = Bool(try plainText(type)) else { throw mismatch(type) }
    return value
  }

  func decode<T: Decodable & FixedWidthInteger>(_ type: T.Type) throws -> T {
    guard let value = T(try plainText(type), radix: 10) else { throw mismatch(type) }
    return value
  }

  func decode<T: Decodable & BinaryFloatingPoint & LosslessStringConvertible>(_ type: T.Type) throws -> T {
    // ScaledDecimal knows no infinities, hexadecimals or NaN.
    let text = try plainText(type)
    guard ScaledDecimal(text) != nil, let value = T(text) else { throw mismatch(type) }
    return value
  }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.value(type) }

  private func plainText<T>(_ type: T.Type) throws -> String {
    guard let scalar = decoder.node.scalar, !decoder.node.isNull else { throw mismatch(type) }
    guard scalar.style == .plain else {
      throw decoder.error(
        found: "\(decoder.node.foundText) in quotes", expected: "\(expectation(of: type)) without quotes")
    }
    return scalar.string
  }

  private func mismatch<T>(_ type: T.Type) -> DataError { decoder.error(expected: expectation(of: type)) }
}

/// What a value of a type looks like in a file, for the "expected" half of an error.
func expectation<T>(of type: T.Type) -> String {
  if let expected = scalarExpectation(of: type, instead: nil) { return expected }
  return type is any RangeReplaceableCollection.Type ? "a list" : "a mapping"
}

/// The same for types that stand in a file as one word or phrase; nil for the others.
///
/// An enum lists its known values, with the one nearest to what stands there instead.
func scalarExpectation<T>(of type: T.Type, instead found: String?) -> String? {
  if let text = type as? any TextDecodable.Type { return text.expectation }
  if let cases = type as? any CaseIterable.Type, let known = rawTexts(cases) {
    return choice(among: known, insteadOf: found ?? "")
  }
  switch type {
  case is String.Type: return "text"
  case is Bool.Type: return "true or false"
  case is any FixedWidthInteger.Type: return "a whole number"
  case is any BinaryFloatingPoint.Type: return "a number"
  case is any RawRepresentable.Type: return "a known word"
  default: return nil
  }
}

/// `one of a, b, c`, followed by the nearest to a misspelt word when there is one.
func choice(among known: [String], insteadOf word: String) -> String {
  let list = "one of \(known.joined(separator: ", "))"
  return nearestName(to: word, among: known).map { "\(list); did you mean \"\($0)\"?" } ?? list
}

private func rawTexts<Cases: CaseIterable>(_ type: Cases.Type) -> [String]? {
  let texts = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
  return texts.isEmpty ? nil : texts
}

import Model

/// An object of a JSON document, its fields by their keys.
///
/// A member that is `null` is one that is not there.
package struct JSONRecord: Record {
  package let node: JSONNode
  private let file: String
  /// What leads to its keys from the outermost object, such as `pools[0].`; nil where a line is enough to find them.
  private let path: String?

  /// - Parameter path: `""` for an outermost object whose keys errors name with all that leads to them.
  /// - Throws: ``DataError`` when the value is no object.
  package init(_ node: JSONNode, file: String, path: String? = nil) throws(DataError) {
    self.node = node
    self.file = file
    self.path = path
    guard case .object = node.content else { throw DataError(place, found: node.shown, expected: "an object") }
  }

  /// Where the object starts.
  package var place: Place {
    var place = Place(file: file, line: node.line)
    if let path, !path.isEmpty { place.key = String(path.dropLast()) }
    return place
  }

  package func has(_ key: String) -> Bool { node[key] != nil }

  package func written(_ key: String) -> String? { node[key]?.text }

  /// A number, or a text that holds one, as some commands write them; with an exponent too, as programs print them.
  package func number(_ key: String) -> ScaledDecimal? { written(key).flatMap { ScaledDecimal($0)?.normalised } }

  package func wrong(_ key: String, expected: String) -> DataError { wrong(key, expected: Phrase(expected)) }

  /// The same where a parameter is to blame.
  package func wrong(_ key: String, expected: Phrase) -> DataError {
    guard let value = node[key] else {
      return DataError(place, found: "no \"\(key)\"", expected: expected)
    }
    return DataError(
      Place(file: file, line: value.line, key: (path ?? "") + key), found: value.shown, expected: expected)
  }

  /// A text that must not be empty; a number is none.
  package func text(_ key: String) throws(DataError) -> String {
    if case .string(let text)? = node[key]?.content, !text.isEmpty { return text }
    throw wrong(key, expected: "a text")
  }

  /// A text; nil when it is not there or empty.
  package func textIfKnown(_ key: String) throws(DataError) -> String? {
    guard let value = node[key] else { return nil }
    guard case .string(let text) = value.content else { throw wrong(key, expected: "a text") }
    return text.isEmpty ? nil : text
  }

  /// `true` or `false`.
  /// - Parameter absent: what a flag that is not there stands for; nil refuses it.
  package func flag(_ key: String, absent: Bool? = nil) throws(DataError) -> Bool {
    if let flag = node[key]?.boolean { return flag }
    if let absent, !has(key) { return absent }
    throw wrong(key, expected: "true or false")
  }

  /// An object.
  package func record(_ key: String) throws(DataError) -> JSONRecord {
    guard let value = node[key] else { throw wrong(key, expected: "an object") }
    return try JSONRecord(value, file: file, path: path.map { "\($0)\(key)." })
  }

  /// The objects of a list; none when it is not there.
  package func records(_ key: String) throws(DataError) -> [JSONRecord] {
    guard let value = node[key] else { return [] }
    guard case .array(let elements) = value.content else { throw wrong(key, expected: "a list") }
    var records: [JSONRecord] = []
    for (index, element) in elements.enumerated() {
      records.append(try JSONRecord(element, file: file, path: path.map { "\($0)\(key)[\(index)]." }))
    }
    return records
  }

  /// Refuses another currency than ours.
  package func checkCurrency(_ key: String) throws(DataError) {
    guard let currency = try textIfKnown(key), currency != "USD" else { return }
    throw wrong(key, expected: "USD")
  }
}

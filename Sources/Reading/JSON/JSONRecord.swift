import Model

/// An object of a JSON document and the ways to read its members, each with its own error.
///
/// A member that is `null` is one that is not there.
package struct JSONRecord {
  package let node: JSONNode
  private let file: String

  /// - Throws: ``DataError`` when the value is no object.
  package init(_ node: JSONNode, file: String) throws(DataError) {
    guard case .object = node.content else {
      throw DataError(Place(file: file, line: node.line), found: node.shown, expected: "an object")
    }
    self.node = node
    self.file = file
  }

  /// Where the object starts.
  package var place: Place { Place(file: file, line: node.line) }

  /// True when the member is there.
  package func has(_ key: String) -> Bool { node[key] != nil }

  /// The error for a member that holds something else than it should, or that is missing.
  package func wrong(_ key: String, expected: String) -> DataError {
    guard let value = node[key] else {
      return DataError(place, found: "no \"\(key)\"", expected: expected)
    }
    return DataError(Place(file: file, line: value.line, key: key), found: value.shown, expected: expected)
  }

  /// A text that must not be empty.
  package func text(_ key: String) throws(DataError) -> String {
    if case .string(let text)? = node[key]?.content, !text.isEmpty { return text }
    throw wrong(key, expected: "a text \"\(key)\"")
  }

  /// The same; nil when it is not there or empty.
  package func textIfKnown(_ key: String) throws(DataError) -> String? {
    guard let value = node[key] else { return nil }
    guard case .string(let text) = value.content else { throw wrong(key, expected: "a text \"\(key)\"") }
    return text.isEmpty ? nil : text
  }

  /// A price in USD, as a number or as a text, not negative.
  /// - Parameter absent: what a price that is not there stands for; nil refuses it.
  package func price(_ key: String, absent: Money? = nil) throws(DataError) -> Money {
    guard let value = node[key] else {
      if let absent { return absent }
      throw wrong(key, expected: "a price in USD \"\(key)\"")
    }
    if let text = value.text, let money = Money(printedPrice: text) { return money }
    throw wrong(key, expected: "a price in USD such as 0.0416, with at most nine decimals")
  }

  /// A number that is not negative.
  package func decimal(_ key: String) throws(DataError) -> ScaledDecimal {
    if case .number(let text)? = node[key]?.content, let number = ScaledDecimal(text), number.mantissa >= 0 {
      return number
    }
    throw wrong(key, expected: "a number \"\(key)\" that is not negative")
  }

  /// A whole number that is not negative, as a number or, where the command writes it so, as a text.
  package func whole(_ key: String) throws(DataError) -> Int {
    if let text = node[key]?.text, let number = ScaledDecimal(text)?.normalised, number.scale == 0, number.mantissa >= 0
    {
      return Int(number.mantissa)
    }
    throw wrong(key, expected: "a whole number \"\(key)\"")
  }

  /// The same; nil when it is not there.
  package func wholeIfKnown(_ key: String) throws(DataError) -> Int? { has(key) ? try whole(key) : nil }

  /// A timestamp; fractions of a second are cut.
  package func instant(_ key: String) throws(DataError) -> Instant {
    if case .string(let text)? = node[key]?.content, let instant = Instant(text) { return instant }
    throw wrong(key, expected: "a timestamp \"\(key)\" such as 2026-10-01T04:00:00Z")
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
    guard let value = node[key] else { throw wrong(key, expected: "an object \"\(key)\"") }
    return try JSONRecord(value, file: file)
  }

  /// The objects of a list; none when it is not there.
  package func records(_ key: String) throws(DataError) -> [JSONRecord] {
    guard let value = node[key] else { return [] }
    guard case .array(let elements) = value.content else { throw wrong(key, expected: "a list") }
    var records: [JSONRecord] = []
    for element in elements { records.append(try JSONRecord(element, file: file)) }
    return records
  }

  /// Refuses another currency than ours.
  package func checkCurrency(_ key: String) throws(DataError) {
    guard let currency = try textIfKnown(key), currency != "USD" else { return }
    throw wrong(key, expected: "USD")
  }
}

extension JSONStream {
  /// Hands on the elements of the list under a key of the outermost object, one at a time; all else is passed over.
  /// - Throws: ``DataError`` when there is no such list, for a text that is no JSON, and what `body` throws.
  package func forEachRecord(of list: String, _ body: (JSONRecord) throws -> Void) throws {
    let file = place.file
    var isFound = false
    try enterObject()
    while let key = try nextKey() {
      guard key == list else {
        try skip()
        continue
      }
      isFound = true
      try enterArray()
      while try nextElement() { try body(JSONRecord(try node(), file: file)) }
    }
    try expectEnd()
    guard isFound else {
      throw DataError(Place(file: file, line: 1), found: "no list \"\(list)\"", expected: "one in the outermost object")
    }
  }
}

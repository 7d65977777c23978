import Model
import Reading
import Solvers

/// An object of a problem by its keys. Lists that may have ten thousands of numbers are taken out, so that no tree is made
/// of them.
struct ProblemFields {
  /// The members that are nothing else.
  var record: JSONRecord
  /// Lists of whole numbers that are not negative.
  var wholes: [String: [Int]] = [:]
  /// Lists of numbers that are not negative, nil for `null`.
  var decimals: [String: [Double?]] = [:]
  /// Lists of objects, and an object alone as a list of one.
  var objects: [String: [ProblemFields]] = [:]

  /// A list of whole numbers.
  /// - Throws: `DataError` where there is none.
  func wholes(_ key: String) throws(DataError) -> [Int] {
    guard let list = wholes[key] else { throw record.wrong(key, expected: "a list of whole numbers") }
    return list
  }

  /// A list of numbers.
  /// - Throws: `DataError` where there is none.
  func decimals(_ key: String) throws(DataError) -> [Double?] {
    guard let list = decimals[key] else { throw record.wrong(key, expected: "a list of numbers") }
    return list
  }

  /// A list of objects.
  /// - Throws: `DataError` where there is none.
  func objects(_ key: String) throws(DataError) -> [ProblemFields] {
    guard let list = objects[key] else { throw record.wrong(key, expected: "a list of objects") }
    return list
  }

  /// A number that is not negative.
  /// - Throws: `DataError` for anything else.
  func decimal(_ key: String) throws(DataError) -> Double {
    if case .number(let text)? = record.node[key]?.content, let number = Double(text), number.isFinite, number >= 0 {
      return number
    }
    throw record.wrong(key, expected: "a number that is not negative")
  }
}

/// Reads the line of a problem from front to back.
struct ProblemFieldReader {
  /// Which keys are which lists, wherever they stand.
  struct Keys {
    var wholes: Set<String> = []
    var decimals: Set<String> = []
    var objects: Set<String> = []
  }

  private var scanner: JSONScanner
  private let place: Place
  private let keys: Keys

  init(_ line: UnsafeBufferPointer<UInt8>, at place: Place, _ keys: Keys) {
    scanner = JSONScanner(line)
    self.place = place
    self.keys = keys
  }

  /// The object that the line is, and its id as JSON, `null` where it has none.
  /// - Throws: `DataError` for a line that is no such object.
  mutating func read() throws(DataError) -> (fields: ProblemFields, id: String) {
    do {
      let fields = try object("")
      try scanner.expectEnd()
      return (fields, fields.record.node["id"].flatMap(ProblemReader.identity) ?? "null")
    } catch let stop as JSONStop {
      throw scanner.error(stop) { [place] _ in place }
    } catch let error as DataError {
      throw error
    } catch {
      throw DataError(place, found: "\(error)", expected: "a problem")
    }
  }

  /// - Parameter path: what leads to its keys.
  private mutating func object(_ path: String) throws -> ProblemFields {
    let line = place.line ?? 1
    var members: [JSONNode.Member] = []
    var lists = ProblemFields(
      record: try JSONRecord(JSONNode(line: line, content: .object([])), file: place.file, path: path))
    var seen = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &seen).map({ scanner.text($0) }) {
      if keys.wholes.contains(key) {
        let expected = "a whole number from 0 to \(Int.max)"
        lists.wholes[key] = try list(path + key, expected) { $0.kind == .number ? ProblemReader.whole($1) : nil }
      } else if keys.decimals.contains(key) {
        lists.decimals[key] = try list(path + key, "a number that is not negative, or null", Self.decimal)
      } else if keys.objects.contains(key) {
        lists.objects[key] = try objects(path + key)
      } else {
        members.append(JSONNode.Member(key: key, value: try scanner.node { _ in line }))
      }
    }
    lists.record = try JSONRecord(JSONNode(line: line, content: .object(members)), file: place.file, path: path)
    return lists
  }

  private mutating func objects(_ key: String) throws -> [ProblemFields] {
    guard scanner.next() == UInt8(ascii: "[") else { return [try object(key + ".")] }
    var objects: [ProblemFields] = []
    try scanner.enterArray()
    while try scanner.nextElement() { objects.append(try object("\(key)[\(objects.count)].")) }
    return objects
  }

  private mutating func list<Number>(
    _ key: String, _ expected: String, _ parse: (JSONValue, UnsafeBufferPointer<UInt8>) -> Number?
  ) throws -> [Number] {
    var numbers: [Number] = []
    try scanner.enterArray()
    while try scanner.nextElement() {
      let value = try scanner.value()
      guard let number = parse(value, scanner.span(value)) else {
        throw DataError(
          Place(file: place.file, line: place.line, key: "\(key)[\(numbers.count)]"), found: scanner.quoted(value),
          expected: Phrase(expected))
      }
      numbers.append(number)
    }
    return numbers
  }

  /// A number, or nothing for `null`; nil for anything else.
  private static func decimal(_ value: JSONValue, _ bytes: UnsafeBufferPointer<UInt8>) -> Double?? {
    if value.kind == .null { return .some(nil) }
    guard value.kind == .number, let number = Double(Substring(decoding: bytes, as: UTF8.self)) else { return nil }
    return number.isFinite && number >= 0 ? .some(number) : nil
  }
}

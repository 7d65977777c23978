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
  /// Lists of numbers that are not negative.
  var decimals: [String: [Double]] = [:]
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
  func decimals(_ key: String) throws(DataError) -> [Double] {
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
      let fields = try object()
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

  private mutating func object() throws -> ProblemFields {
    let line = place.line ?? 1
    var members: [JSONNode.Member] = []
    var lists = ProblemFields(record: try JSONRecord(JSONNode(line: line, content: .object([])), file: place.file))
    var seen = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &seen).map({ scanner.text($0) }) {
      if keys.wholes.contains(key) {
        lists.wholes[key] = try list(
          key, "whole numbers that are not negative, each at most \(Int.max)", ProblemReader.whole)
      } else if keys.decimals.contains(key) {
        lists.decimals[key] = try list(key, "numbers that are not negative", Self.decimal)
      } else if keys.objects.contains(key) {
        lists.objects[key] = try objects()
      } else {
        members.append(JSONNode.Member(key: key, value: try scanner.node { _ in line }))
      }
    }
    lists.record = try JSONRecord(JSONNode(line: line, content: .object(members)), file: place.file)
    return lists
  }

  private mutating func objects() throws -> [ProblemFields] {
    guard scanner.next() == UInt8(ascii: "[") else { return [try object()] }
    var objects: [ProblemFields] = []
    try scanner.enterArray()
    while try scanner.nextElement() { objects.append(try object()) }
    return objects
  }

  private mutating func list<Number>(
    _ key: String, _ expected: String, _ parse: (UnsafeBufferPointer<UInt8>) -> Number?
  ) throws -> [Number] {
    var numbers: [Number] = []
    try scanner.enterArray()
    while try scanner.nextElement() {
      let value = try scanner.value()
      guard value.kind == .number, let number = parse(scanner.span(value)) else {
        throw DataError(
          Place(file: place.file, line: place.line, key: key), found: scanner.quoted(value), expected: Phrase(expected))
      }
      numbers.append(number)
    }
    return numbers
  }

  private static func decimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    let number = Double(Substring(decoding: bytes, as: UTF8.self))
    return number.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }
}

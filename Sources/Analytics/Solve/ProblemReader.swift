import Model
import Reading
import Solvers

/// An object of a problem: its members, with lists of numbers and of objects taken out.
///
/// Demand may have ten thousands of numbers, of which no tree is made.
struct ProblemObject {
  /// The members that are nothing else.
  var record: JSONRecord
  /// `demand`.
  var demand: [Int]?
  /// `demand_by_factor`: normalised units of a size, and how many of it are needed in each hour.
  var demandByFactor: [(factor: Int, demand: [Int])] = []
  /// `families`.
  var families: [ProblemObject] = []
  /// `stretches`.
  var stretches: [ProblemObject] = []
  /// `weights`, `needs` and `spot_needs`.
  var numbers: [String: [Int]] = [:]
}

/// Reads the line of a problem from front to back.
struct ProblemReader {
  private var scanner: JSONScanner
  private let place: Place
  /// Of the line, as JSON; known as soon as it was passed.
  private(set) var id: String?
  private var kind: JSONNode?
  private var input: ProblemObject?

  init(_ line: UnsafeBufferPointer<UInt8>, at place: Place) {
    scanner = JSONScanner(line)
    self.place = place
  }

  /// The kind and input of the line.
  /// - Throws: `DataError` for a line that is no JSON, and for one without them.
  mutating func read() throws(DataError) -> (kind: String, input: ProblemObject) {
    do {
      try readLine()
    } catch let stop as JSONStop {
      throw scanner.error(stop) { _ in place }
    } catch { throw error as! DataError }
    guard case .string(let kind)? = kind?.content else { throw wrong("kind", kind?.shown, "a text") }
    guard let input else { throw wrong("input", nil, "an object") }
    return (kind, input)
  }

  /// The id of a line that could not be read, also where it stands behind what is wrong; nil when it has none.
  static func id(of line: UnsafeBufferPointer<UInt8>, at place: Place) -> String? {
    var reader = ProblemReader(line, at: place)
    try? reader.readIdentity()
    return reader.id
  }

  private mutating func readIdentity() throws {
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys) {
      if scanner.equals(key, "id") { id = try identity() } else { _ = try scanner.value() }
    }
  }

  /// An error at a key of the line.
  func wrong(_ key: String, _ found: String?, _ expected: String) -> DataError {
    guard let found else { return DataError(place, found: "no \"\(key)\"", expected: expected) }
    return DataError(Place(file: place.file, line: place.line, key: key), found: found, expected: expected)
  }

  private mutating func readLine() throws {
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys) {
      switch scanner.text(key) {
      case "id": id = try identity()
      case "kind": kind = try node()
      case "input": input = try object("")
      default: _ = try scanner.value()
      }
    }
    try scanner.expectEnd()
  }

  private mutating func node() throws(JSONStop) -> JSONNode {
    let line = place.line ?? 1
    return try scanner.node { _ in line }
  }

  private mutating func identity() throws -> String? { Self.identity(try node()) }

  /// As JSON: a text, or a number as it is written; anything else identifies nothing.
  static func identity(_ node: JSONNode) -> String? {
    switch node.content {
    case .string(let text): jsonString(text)
    case .number(let text): text
    default: nil
    }
  }

  /// - Parameter path: what leads to its keys.
  private mutating func object(_ path: String) throws -> ProblemObject {
    var members: [JSONNode.Member] = []
    var object = ProblemObject(record: try record([], path))
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys).map({ scanner.text($0) }) {
      switch key {
      case "demand": object.demand = try wholes(path + key)
      case "demand_by_factor": object.demandByFactor = try factors(path + key)
      case "families": object.families = try objects(path + key)
      case "stretches": object.stretches = try objects(path + key)
      case "weights", "needs", "spot_needs": object.numbers[key] = try wholes(path + key)
      default: members.append(JSONNode.Member(key: key, value: try node()))
      }
    }
    object.record = try record(members, path)
    return object
  }

  private func record(_ members: [JSONNode.Member], _ path: String) throws(DataError) -> JSONRecord {
    try JSONRecord(JSONNode(line: place.line ?? 1, content: .object(members)), file: place.file, path: path)
  }

  private mutating func objects(_ key: String) throws -> [ProblemObject] {
    var objects: [ProblemObject] = []
    try scanner.enterArray()
    while try scanner.nextElement() { objects.append(try object("\(key)[\(objects.count)].")) }
    return objects
  }

  private mutating func factors(_ key: String) throws -> [(factor: Int, demand: [Int])] {
    var factors: [(factor: Int, demand: [Int])] = []
    var keys = SeenKeys()
    try scanner.enterObject()
    while let text = try scanner.nextKey(once: &keys).map({ scanner.text($0) }) {
      guard let factor = Int(text), factor > 0 else {
        throw wrong(key, "\"\(text)\"", "a whole number of normalised units")
      }
      factors.append((factor, try wholes("\(key).\(factor)")))
    }
    return factors
  }

  private mutating func wholes(_ key: String) throws -> [Int] {
    var numbers: [Int] = []
    try scanner.enterArray()
    while try scanner.nextElement() {
      let value = try scanner.value()
      guard value.kind == .number, let number = Self.whole(scanner.span(value)) else {
        throw wrong("\(key)[\(numbers.count)]", scanner.quoted(value), "a whole number from 0 to \(Int.max)")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// `7`, also spelt `7.0` or `7e0`.
  static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var number = 0
    for byte in bytes {
      guard bytes.count <= 18, byte >= 48, byte <= 57 else {
        guard let decimal = ScaledDecimal(bytes: bytes)?.normalised, decimal.scale == 0, decimal.mantissa >= 0 else {
          return nil
        }
        return Int(decimal.mantissa)
      }
      number = 10 * number + Int(byte - 48)
    }
    return number
  }
}

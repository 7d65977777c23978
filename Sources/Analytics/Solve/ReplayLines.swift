import Model
import Reading
import Solvers

/// The answer to a problem of replaying: `{"breach_ticks","desired","events","id","instance_ticks","max_backlog",
/// "serving","unserved"}`, keys sorted; `desired` and `serving` are left out where `"series"` is false.
func replayAnswer(to line: UnsafeBufferPointer<UInt8>, at place: Place) -> AnswerLine {
  do throws(DataError) {
    var reader = ReplayLine(line, at: place)
    let (problem, series) = try reader.read()
    let answer = try faulting(at: place) { () throws(ProblemFault) in
      try ReplayRun.solve(problem, series: series)
    }
    return AnswerLine(text(answer, of: problem, series: series, id: reader.id))
  } catch {
    return AnswerLine(id: ProblemReader.id(of: line, at: place), error: error)
  }
}

private func text(_ answer: ReplayAnswer, of problem: ReplayProblem, series: Bool, id: String?) -> String {
  let breaches = zip(problem.breaches, answer.breachTicks).sorted { $0.0.name < $1.0.name }
    .map { "\(jsonString($0.0.name)):\($0.1)" }
  let events = answer.events.map { "[\($0.tick),\($0.from),\($0.to),\(jsonString($0.name))]" }
  let members = [
    ("breach_ticks", "{\(breaches.joined(separator: ","))}"),
    ("desired", series ? list(answer.desired) : nil),
    ("events", "[\(events.joined(separator: ","))]"),
    ("id", id ?? "null"),
    ("instance_ticks", "\(answer.instanceTicks)"),
    ("max_backlog", thousandthsText(answer.maxBacklog)),
    ("serving", series ? list(answer.serving) : nil),
    ("unserved", thousandthsText(answer.unserved)),
  ]
  return "{\(members.compactMap { key, value in value.map { "\"\(key)\":\($0)" } }.joined(separator: ","))}"
}

/// A year of ticks is a million numbers, so no text is made of each.
private func list(_ numbers: [Int32]) -> String {
  var bytes: [UInt8] = [UInt8(ascii: "[")]
  bytes.reserveCapacity(4 * numbers.count + 2)
  var digits: [UInt8] = []
  for (index, number) in numbers.enumerated() {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    var rest = max(0, number)
    repeat {
      digits.append(48 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    while let digit = digits.popLast() { bytes.append(digit) }
  }
  bytes.append(UInt8(ascii: "]"))
  return String(decoding: bytes, as: UTF8.self)
}

/// Thousandths as a decimal without trailing zeros.
func thousandthsText(_ thousandths: Int) -> String {
  ScaledDecimal(mantissa: Int64(thousandths), scale: 3).normalised.description
}

/// Reads the line of a replay. Of loads, which are many thousand numbers, no tree is made.
struct ReplayLine {
  private var scanner: JSONScanner
  private let place: Place
  private var loads: [ReplayLoad] = []
  private var input: JSONRecord?
  /// As JSON; nil when the line has none.
  private(set) var id: String?

  init(_ line: UnsafeBufferPointer<UInt8>, at place: Place) {
    scanner = JSONScanner(line)
    self.place = place
  }

  /// - Throws: `DataError` for a line that is no problem.
  mutating func read() throws(DataError) -> (problem: ReplayProblem, series: Bool) {
    do {
      try readLine()
    } catch let stop as JSONStop {
      throw scanner.error(stop) { [place] _ in place }
    } catch { throw error as! DataError }
    guard let input else { throw DataError(place, found: "no \"input\"", expected: "an object") }
    let series = try input.flag("series", absent: true)
    var inputs = ReplayReader(input, loads: loads)
    return (try inputs.problem(), series)
  }

  private mutating func readLine() throws {
    let line = place.line ?? 1
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys).map({ scanner.text($0) }) {
      switch key {
      case "id": id = ProblemReader.identity(try scanner.node { _ in line })
      case "input": input = try readInput()
      default: _ = try scanner.value()
      }
    }
    try scanner.expectEnd()
  }

  private mutating func readInput() throws -> JSONRecord {
    let line = place.line ?? 1
    var members: [JSONNode.Member] = []
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys).map({ scanner.text($0) }) {
      if key == "loads" {
        try readLoads()
      } else {
        members.append(JSONNode.Member(key: key, value: try scanner.node { _ in line }))
      }
    }
    return try JSONRecord(JSONNode(line: line, content: .object(members)), file: place.file, path: "")
  }

  private mutating func readLoads() throws {
    var keys = SeenKeys()
    try scanner.enterObject()
    while let name = try scanner.nextKey(once: &keys).map({ scanner.text($0) }) {
      var values: [Int] = []
      try scanner.enterArray()
      while try scanner.nextElement() {
        let value = try scanner.value()
        if value.kind == .null {
          values.append(ReplayLoad.missing)
        } else if value.kind == .number, let number = thousandths(scanner.span(value)), number >= 0 {
          values.append(number)
        } else {
          throw DataError(
            Place(file: place.file, line: place.line, key: "loads"), found: scanner.quoted(value),
            expected: "numbers of at most three decimals that are not negative, or null")
        }
      }
      loads.append(ReplayLoad(name: name, values: values))
    }
  }
}

/// A decimal of at most three places as thousandths; nil for others, and beyond `Int`.
func thousandths(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var number = 0
  for byte in bytes {
    guard bytes.count <= 15, byte >= 48, byte <= 57 else {
      guard let decimal = ScaledDecimal(bytes: bytes)?.normalised, (0...3).contains(decimal.scale) else { return nil }
      let (product, overflow) = Int(decimal.mantissa).multipliedReportingOverflow(
        by: [1000, 100, 10, 1][decimal.scale])
      return overflow ? nil : product
    }
    number = 10 * number + Int(byte - 48)
  }
  return number * 1000
}

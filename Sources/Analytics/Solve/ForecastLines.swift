import Model
import Reading
import Solvers

/// The answer to a problem of forecasting: `{"id","lower","mean","model","upper"}`, keys sorted, numbers to twelve
/// significant digits.
func forecastAnswer(to line: UnsafeBufferPointer<UInt8>, at place: Place) -> AnswerLine {
  do throws(DataError) {
    var reader = ForecastReader(line, at: place)
    let problem = try reader.read()
    let answer = try faulting(at: place) { () throws(ProblemFault) in try problem.forecast() }
    return AnswerLine(text(answer, id: reader.id))
  } catch {
    return AnswerLine(id: ProblemReader.id(of: line, at: place), error: error)
  }
}

private func text(_ answer: ForecastAnswer, id: String?) -> String {
  func limits(_ limit: (ForecastAnswer.Band) -> [Double]) -> String {
    let members = answer.bands.map { (key: "\"\($0.level)\"", value: list(limit($0))) }.sorted { $0.key < $1.key }
    return "{\(members.map { "\($0.key):\($0.value)" }.joined(separator: ","))}"
  }
  return "{\"id\":\(id ?? "null"),\"lower\":\(limits(\.lower)),\"mean\":\(list(answer.mean)),"
    + "\"model\":\(jsonString(answer.model)),\"upper\":\(limits(\.upper))}"
}

private func list(_ numbers: [Double]) -> String { "[\(numbers.map(printed).joined(separator: ","))]" }

/// A number to twelve significant digits, so that the last bits of a sum, which mean nothing, are not printed.
private func printed(_ number: Double) -> String {
  guard number != 0, number.isFinite else { return "0" }
  var (power, size) = (0, abs(number))
  while size >= 1e12, power > -300 {
    size /= 10
    power -= 1
  }
  while size < 1e11, power < 300 {
    size *= 10
    power += 1
  }
  let digits = size.rounded()
  let scale = (0..<abs(power)).reduce(1.0) { scale, _ in scale * 10 }
  let rounded = power > 0 ? digits / scale : digits * scale
  let text = "\(number < 0 ? -rounded : rounded)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// Reads the line of a problem of forecasting. Of the values, which are thousands, no tree is made.
private struct ForecastReader {
  private var scanner: JSONScanner
  private let place: Place
  private var values: [Double?]?
  /// As JSON; nil when the line has none.
  private(set) var id: String?

  init(_ line: UnsafeBufferPointer<UInt8>, at place: Place) {
    scanner = JSONScanner(line)
    self.place = place
  }

  /// - Throws: `DataError` for a line that is no problem.
  mutating func read() throws(DataError) -> ForecastProblem {
    let record: JSONRecord
    do {
      record = try members()
    } catch let stop as JSONStop {
      throw scanner.error(stop) { [place] _ in place }
    } catch let error as DataError {
      throw error
    } catch {
      throw DataError(place, found: "\(error)", expected: "a problem")
    }
    id = record.node["id"].flatMap(ProblemReader.identity)
    guard let values else { throw record.wrong("values", expected: "a list of numbers") }
    return ForecastProblem(
      stepSeconds: try record.whole("step_seconds"), seasons: try record.signedWholes("seasons"), values: values,
      horizon: try record.whole("horizon"), levels: try record.signedWholes("levels"))
  }

  /// The members that are no values; those are kept apart.
  private mutating func members() throws -> JSONRecord {
    var members: [JSONNode.Member] = []
    let line = place.line ?? 1
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys).map({ scanner.text($0) }) {
      if key == "values", scanner.next() == UInt8(ascii: "[") {
        values = try numbers(key)
      } else {
        members.append(JSONNode.Member(key: key, value: try scanner.node { _ in line }))
      }
    }
    try scanner.expectEnd()
    return try JSONRecord(JSONNode(line: line, content: .object(members)), file: place.file, path: "")
  }

  private mutating func numbers(_ key: String) throws -> [Double?] {
    var numbers: [Double?] = []
    try scanner.enterArray()
    while try scanner.nextElement() {
      let value = try scanner.value()
      guard value.kind != .null else {
        numbers.append(nil)
        continue
      }
      guard value.kind == .number, let number = Double(String(decoding: scanner.span(value), as: UTF8.self)) else {
        throw DataError(
          Place(file: place.file, line: place.line, key: key), found: scanner.quoted(value),
          expected: "numbers, or null")
      }
      numbers.append(number)
    }
    return numbers
  }
}

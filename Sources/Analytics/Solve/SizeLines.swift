import Advice
import Model
import Reading
import Solvers

/// The answer to a problem of sizing: `{"binding","id","refused","required_memory_gib","required_vcpu","type"}`, keys
/// sorted, requirements rounded to nine decimals.
func sizeAnswer(to line: UnsafeBufferPointer<UInt8>, at place: Place) -> AnswerLine {
  do throws(DataError) {
    var reader = SizeReader(line, at: place)
    let problem = try reader.read()
    let answer = try faulting(at: place) { () throws(ProblemFault) in try Sizing.solve(problem) }
    return AnswerLine(text(answer, id: reader.id))
  } catch {
    return AnswerLine(id: ProblemReader.id(of: line, at: place), error: error)
  }
}

private func text(_ answer: SizeAnswer, id: String?) -> String {
  let members = [
    ("binding", answer.binding.map { jsonString($0.rawValue) }),
    ("id", id),
    ("refused", answer.refused.map { jsonString($0) }),
    ("required_memory_gib", answer.requiredMemoryGiB?.rounded?.description),
    ("required_vcpu", answer.requiredVCPU?.rounded?.description),
    ("type", answer.type.map { jsonString($0) }),
  ]
  return "{\(members.map { "\"\($0)\":\($1 ?? "null")" }.joined(separator: ","))}"
}

/// Reads the line of a problem of sizing. Of the samples, which are thousands, no tree is made.
private struct SizeReader {
  private var scanner: JSONScanner
  private let place: Place
  private var samples: [String: [ScaledDecimal?]] = [:]
  /// As JSON; nil when the line has none.
  private(set) var id: String?

  init(_ line: UnsafeBufferPointer<UInt8>, at place: Place) {
    scanner = JSONScanner(line)
    self.place = place
  }

  /// - Throws: `DataError` for a line that is no problem.
  mutating func read() throws(DataError) -> SizeProblem {
    let record: JSONRecord
    do {
      record = try members()
    } catch let stop as JSONStop {
      throw scanner.error(stop) { [place] _ in place }
    } catch { throw error as! DataError }
    id = record.node["id"].flatMap(ProblemReader.identity)
    guard let cpu = samples["cpu_percent"] else {
      throw record.wrong("cpu_percent", expected: "a list of numbers")
    }
    return SizeProblem(
      intervalSeconds: try record.whole("interval_seconds"), cpuPercent: cpu, memoryPercent: samples["memory_percent"],
      current: try record.text("current"), catalogue: try offers(record), rules: try rules(record))
  }

  /// The members that are no samples; those are kept apart.
  private mutating func members() throws -> JSONRecord {
    var members: [JSONNode.Member] = []
    let line = place.line ?? 1
    var keys = SeenKeys()
    try scanner.enterObject()
    while let key = try scanner.nextKey(once: &keys).map({ scanner.text($0) }) {
      if key == "cpu_percent" || key == "memory_percent", scanner.next() == UInt8(ascii: "[") {
        samples[key] = try percents(key)
      } else {
        let node = try scanner.node { _ in line }
        if key == "memory_percent", node.content != .null {
          throw DataError(
            Place(file: place.file, line: line, key: key), found: node.shown, expected: "a list of numbers, or nothing")
        }
        members.append(JSONNode.Member(key: key, value: node))
      }
    }
    try scanner.expectEnd()
    return try JSONRecord(JSONNode(line: line, content: .object(members)), file: place.file, path: "")
  }

  private mutating func percents(_ key: String) throws -> [ScaledDecimal?] {
    var percents: [ScaledDecimal?] = []
    try scanner.enterArray()
    while try scanner.nextElement() {
      let value = try scanner.value()
      guard value.kind != .null else {
        percents.append(nil)
        continue
      }
      guard value.kind == .number, let number = exactDecimal(scanner.span(value)) else {
        throw DataError(
          Place(file: place.file, line: place.line, key: key), found: scanner.quoted(value),
          expected: "percentages that are not negative, or null")
      }
      percents.append(number)
    }
    return percents
  }

  private func offers(_ record: JSONRecord) throws(DataError) -> [SizeOffer] {
    var offers: [SizeOffer] = []
    for offer in try record.records("catalogue") {
      offers.append(
        SizeOffer(
          type: try offer.text("type"), vcpu: try decimal(offer, "vcpu"), memoryGiB: try decimal(offer, "memory_gib"),
          usdPerHour: try decimal(offer, "usd_per_hour"),
          relativePerformance: try decimal(
            offer, "relative_performance", absent: ScaledDecimal(mantissa: 1, scale: 0))))
    }
    return offers
  }

  private func rules(_ record: JSONRecord) throws(DataError) -> SizeRules {
    var rules = SizeRules()
    guard record.has("rules") else { return rules }
    let stated = try record.record("rules")
    rules.percentile = try decimal(stated, "percentile", absent: rules.percentile)
    rules.cpuHeadroomPercent = try decimal(stated, "cpu_headroom_percent", absent: rules.cpuHeadroomPercent)
    rules.memoryHeadroomPercent = try decimal(stated, "memory_headroom_percent", absent: rules.memoryHeadroomPercent)
    rules.minimumHours = try decimal(stated, "minimum_hours", absent: rules.minimumHours)
    rules.minimumCoveragePercent = try decimal(
      stated, "minimum_coverage_percent", absent: rules.minimumCoveragePercent)
    return rules
  }

  private func decimal(
    _ record: JSONRecord, _ key: String, absent: ScaledDecimal? = nil
  ) throws(DataError) -> ScaledDecimal {
    guard let value = record.node[key] else {
      if let absent { return absent }
      throw record.wrong(key, expected: "a number")
    }
    if case .number(var text) = value.content, let number = text.withUTF8({ exactDecimal($0) }) { return number }
    throw record.wrong(key, expected: "a number that is not negative")
  }
}

/// A JSON number that is not negative, without trailing zeros; nil for others, beyond `Int64`, and beyond 40 decimals.
///
/// Python prints the doubles below 0.01 with more decimals than the 18 of ``ScaledDecimal/init(bytes:)``.
func exactDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> ScaledDecimal? {
  if let number = ScaledDecimal(bytes: bytes) { return number.mantissa >= 0 ? number.normalised : nil }
  let marker = bytes.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? bytes.count
  let digits = bytes[..<marker].filter { $0 != UInt8(ascii: ".") }
  let decimals = bytes[..<marker].firstIndex(of: UInt8(ascii: ".")).map { marker - $0 - 1 } ?? 0
  let exponent = marker < bytes.count ? Int(String(decoding: bytes[(marker + 1)...], as: UTF8.self)) : 0
  guard var mantissa = Int64(String(decoding: digits, as: UTF8.self)), mantissa >= 0, let exponent,
    (-100...100).contains(exponent)
  else { return nil }
  guard mantissa > 0 else { return ScaledDecimal(mantissa: 0, scale: 0) }
  var scale = decimals - exponent
  while mantissa % 10 == 0, scale > 0 {
    mantissa /= 10
    scale -= 1
  }
  return (0...40).contains(scale) ? ScaledDecimal(mantissa: mantissa, scale: scale) : nil
}

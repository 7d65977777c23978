/// A reader of delimited text that goes character by character and shares nothing with the one it judges.
struct NaiveReader {
  /// A sample: the value is `mantissa` × 10^`exponent`, the mantissa without zeros at its end.
  struct Number: Hashable {
    var seconds: Int64
    var mantissa: Int64
    var exponent: Int
  }

  private(set) var samples: [String: [Number]] = [:]
  /// Lines of rows that cannot be used, from 1.
  private(set) var badLines: [Int] = []

  private let text: [UInt8]
  private var position = 0
  private var line = 1

  init(_ bytes: [UInt8]) {
    text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
    while position < text.count, text[position] == UInt8(ascii: "#") { skipLine() }
    guard let header = row().fields else { return }
    while true {
      let row = row()
      if row.isEnd { break }
      if row.fields.map({ take($0, header) }) != true { badLines.append(row.line) }
    }
  }

  // MARK: - Rows

  /// The next row; without fields when they cannot be told apart.
  private mutating func row() -> (line: Int, fields: [String]?, isEnd: Bool) {
    while position < text.count, text[position] == 10 || text[position] == 13 { advance() }
    let (start, first) = (position, line)
    if position == text.count { return (first, nil, true) }
    var fields: [[UInt8]] = [[]]
    var quoted: Set<Int> = []
    var isWrong = false
    while position < text.count, text[position] != 10, text[position] != 13 {
      if text[position] == UInt8(ascii: ",") {
        fields.append([])
        advance()
      } else if text[position] == UInt8(ascii: "\""), isFieldStart {
        guard let field = quotedField() else { return resume(start, first) }
        fields[fields.count - 1] = field
        quoted.insert(fields.count - 1)
        isWrong = isWrong || (position < text.count && ![10, 13, 44].contains(text[position]))
      } else {
        fields[fields.count - 1].append(text[position])
        advance()
      }
    }
    if isWrong, position == text.count { return resume(start, first) }
    // Blanks beside a separator are no part of a field, those in quotes are.
    let texts = fields.enumerated().map { index, bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      return quoted.contains(index) ? text : withoutSpace(text)
    }
    return (first, isWrong ? nil : texts, false)
  }

  private var isFieldStart: Bool { position == 0 || [10, 13, 44].contains(text[position - 1]) }

  /// After a row that has no end: on the line behind its first.
  private mutating func resume(_ start: Int, _ first: Int) -> (line: Int, fields: [String]?, isEnd: Bool) {
    (position, line) = (start, first)
    skipLine()
    return (first, nil, false)
  }

  private mutating func quotedField() -> [UInt8]? {
    var field: [UInt8] = []
    advance()
    while position < text.count {
      let byte = text[position]
      advance()
      if byte == UInt8(ascii: "\"") {
        if position == text.count || text[position] != byte { return field }
        advance()
      }
      field.append(byte)
    }
    return nil
  }

  private mutating func advance() {
    if text[position] == 10 { line += 1 }
    position += 1
  }

  private mutating func skipLine() {
    while position < text.count, text[position] != 10 { advance() }
    if position < text.count { advance() }
  }

  // MARK: - Fields

  /// Takes the samples of a row; false when it cannot be used.
  private mutating func take(_ fields: [String], _ header: [String]) -> Bool {
    guard fields.count == header.count else { return false }
    let isLong = header.contains("metric")
    var key = ["service": "", "resource": "", "metric": ""]
    var seconds: Int64?
    var values: [(metric: String, text: String)] = []
    for (name, field) in zip(header, fields) {
      if key[name] != nil {
        key[name] = field
      } else if name == "timestamp" {
        seconds = naiveSeconds(withoutSpace(field))
      } else if !isLong || name == "value" {
        values.append((name, withoutSpace(field)))
      }
    }
    guard let seconds, let service = key["service"], !service.isEmpty, let resource = key["resource"] else {
      return false
    }
    var found: [(String, Number)] = []
    for (metric, text) in values {
      let metric = isLong ? key["metric"]! : metric
      if !isLong, text.isEmpty { continue }
      guard !metric.isEmpty, let (mantissa, exponent) = naiveNumber(text) else { return false }
      found.append(
        ("\(service)|\(resource)|\(metric)", Number(seconds: seconds, mantissa: mantissa, exponent: exponent)))
    }
    for (key, number) in found { samples[key, default: []].append(number) }
    return true
  }
}

/// Without spaces and tabs at either end.
private func withoutSpace(_ text: String) -> String {
  var bytes = Array(text.utf8)
  while let last = bytes.last, last == 32 || last == 9 { bytes.removeLast() }
  return String(decoding: bytes.drop { $0 == 32 || $0 == 9 }, as: UTF8.self)
}

/// Seconds of `2026-10-01T04:05:06Z` with any zone, or of a count of them; milliseconds from 12 digits on.
private func naiveSeconds(_ text: String) -> Int64? {
  if let count = Int64(text), text.allSatisfy(\.isNumber) {
    return text.count >= 12 ? count / 1000 : count
  }
  let parts = text.split(whereSeparator: { "-T :Z+".contains($0) }).map(String.init)
  guard text.count >= 20, parts.count == 6 || parts.count == 8 else { return nil }
  let numbers = parts.compactMap(Int64.init)
  guard numbers.count == parts.count, numbers[1] >= 1, numbers[1] <= 12 else { return nil }
  func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
  var days: Int64 = 0
  for year in 1970..<numbers[0] { days += isLeap(year) ? 366 : 365 }
  let months: [Int64] = [31, isLeap(numbers[0]) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  for month in 0..<Int(numbers[1] - 1) { days += months[month] }
  guard numbers[2] >= 1, numbers[2] <= months[Int(numbers[1] - 1)], numbers[3] < 24, numbers[4] < 60, numbers[5] < 60
  else { return nil }
  days += numbers[2] - 1
  var seconds = days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
  if parts.count == 8 {
    let offset = numbers[6] * 3600 + numbers[7] * 60
    seconds -= text.contains("+") ? offset : -offset
  }
  return seconds
}

/// The number a text spells, where it has at most 18 digits that count and at most 40 decimals, and fits 64 bits.
private func naiveNumber(_ text: String) -> (mantissa: Int64, exponent: Int)? {
  var rest = text[...]
  var isNegative = false
  if let sign = rest.first, sign == "-" || sign == "+" {
    isNegative = sign == "-"
    rest = rest.dropFirst()
  }
  let halves = rest.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
  guard let digits = halves.first, digits.allSatisfy({ $0.isNumber || $0 == "." }), digits.contains(where: \.isNumber),
    digits.count(where: { $0 == "." }) <= 1
  else { return nil }
  var exponent = 0
  if halves.count == 2 {
    guard let written = Int(halves[1]) else { return nil }
    exponent = written
  }
  if let point = digits.firstIndex(of: ".") { exponent -= digits.distance(from: point, to: digits.endIndex) - 1 }
  var plain = Array(digits.filter { $0 != "." }.drop { $0 == "0" })
  if plain.isEmpty { return (0, 0) }
  while plain.last == "0" {
    plain.removeLast()
    exponent += 1
  }
  guard plain.count <= 18, exponent >= -40 else { return nil }
  if exponent > 0, Int64(String(plain) + String(repeating: "0", count: exponent)) == nil { return nil }
  return (Int64(String(plain))! * (isNegative ? -1 : 1), exponent)
}

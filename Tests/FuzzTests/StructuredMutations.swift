import TestSupport

/// Changes that keep the shape of a text: a value is replaced, a key is taken out or written twice, a part is emptied. What
/// comes of it gets past the reader of the syntax more often than changed bytes do.
enum StructuredText {
  case rows, json, yaml

  init(_ text: [UInt8]) {
    let first = text.first { !$0.isBlank } ?? 0
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      self = .json
    } else {
      let head = text.prefix { !$0.isLineEnd }
      self = head.contains(UInt8(ascii: ",")) || !head.contains(UInt8(ascii: ":")) ? .rows : .yaml
    }
  }

  /// What may stand in the place of any value: numbers at the edges of types and of rules, and values of other kinds.
  static let edges: [[UInt8]] = [
    "0", "-1", "1", "1e18", "2147483648", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
    "0.000000001", "1e-400", "1e400", "", "null", "nan", "-", "0x", "true", "2026-13-40", "9999-12-31T23:59:59Z",
    "0001-01-01", "-1h", "=1+1", "\u{1}", "é", "e\u{301}", "\u{202E}abc", "a/b", "\"", "99999999999999h",
  ].map { Array($0.utf8) }

  /// The text with one thing done to it.
  func mutated(_ text: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    switch self {
    case .rows: return RowsMutation(text).mutated(&random)
    case .json: return JSONMutation(text).mutated(&random)
    case .yaml: return YAMLMutation(text).mutated(&random)
    }
  }
}

/// Rows of fields between commas. Quotes are not looked at: a comma within them is one of what goes wrong.
private struct RowsMutation {
  private var rows: [[[UInt8]]]

  init(_ text: [UInt8]) {
    rows = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { row in
      row.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(Array.init)
    }
  }

  func mutated(_ random: inout SplitMix64) -> [UInt8] {
    var copy = self
    copy.mutate(&random)
    return Array(copy.rows.map { $0.joined(separator: ",".utf8) }.joined(separator: "\n".utf8))
  }

  private mutating func mutate(_ random: inout SplitMix64) {
    let row = random.number(0...(rows.count - 1))
    let field = random.number(0...max(0, rows[row].count - 1))
    switch random.number(0...9) {
    case 0...4: if !rows[row].isEmpty { rows[row][field] = StructuredText.edges.randomElement(using: &random)! }
    case 5: rows.insert(rows[row], at: random.number(0...rows.count))
    case 6: rows.swapAt(row, random.number(0...(rows.count - 1)))
    // A column of all rows: taken out, written twice, or in another place.
    case 7: change { $0.remove(at: field) }
    case 8: change { $0.insert($0[field], at: $0.count) }
    default:
      let other = random.number(0...max(0, rows[row].count - 1))
      change { if other < $0.count { $0.swapAt(field, other) } }
    }

    func change(_ body: (inout [[UInt8]]) -> Void) {
      for index in rows.indices where field < rows[index].count { body(&rows[index]) }
    }
  }
}

/// The values of a JSON text, from the outside in.
private struct JSONMutation {
  private let text: [UInt8]
  /// Of every value, scalar or not.
  private var values: [Range<Int>] = []
  /// Of every member of an object with the comma behind it, where there is one.
  private var members: [Range<Int>] = []

  init(_ text: [UInt8]) {
    self.text = text
    var position = 0
    _ = scan(&position, depth: 0)
  }

  func mutated(_ random: inout SplitMix64) -> [UInt8] {
    guard let value = values.randomElement(using: &random) else { return text }
    var copy = text
    let member = members.randomElement(using: &random)
    switch random.number(0...9) {
    case 0: if let member { copy.removeSubrange(member) }
    case 1: if let member { copy.insert(contentsOf: Array(text[member]) + Array(",".utf8), at: member.lowerBound) }
    case 2: copy.replaceSubrange(value, with: Array("{}".utf8))
    case 3: copy.replaceSubrange(value, with: Array("[]".utf8))
    case 4: copy.replaceSubrange(value, with: text[values.randomElement(using: &random)!])
    case 5: copy.replaceSubrange(value, with: Array(repeating: UInt8(ascii: "["), count: random.number(1...3_000)))
    case 6: copy.replaceSubrange(value, with: quoted(&random))
    default: copy.replaceSubrange(value, with: StructuredText.edges.randomElement(using: &random)!)
    }
    return copy
  }

  private func quoted(_ random: inout SplitMix64) -> [UInt8] {
    Array("\"".utf8) + StructuredText.edges.randomElement(using: &random)! + Array("\"".utf8)
  }

  /// Goes over one value; false where the text is not sound, which ends the scan.
  private mutating func scan(_ position: inout Int, depth: Int) -> Bool {
    skipBlanks(&position)
    guard position < text.count, depth < 100 else { return false }
    let start = position
    switch text[position] {
    case UInt8(ascii: "{"): guard scanMembers(&position, depth: depth) else { return false }
    case UInt8(ascii: "["): guard scanElements(&position, depth: depth) else { return false }
    case UInt8(ascii: "\""): guard scanString(&position) else { return false }
    default:
      while position < text.count, !",]} \n".utf8.contains(text[position]) { position += 1 }
      guard position > start else { return false }
    }
    values.append(start..<position)
    return true
  }

  private mutating func scanMembers(_ position: inout Int, depth: Int) -> Bool {
    position += 1
    while true {
      skipBlanks(&position)
      guard position < text.count else { return false }
      if text[position] == UInt8(ascii: "}") { break }
      let start = position
      guard scanString(&position) else { return false }
      skipBlanks(&position)
      guard position < text.count, text[position] == UInt8(ascii: ":") else { return false }
      position += 1
      guard scan(&position, depth: depth + 1) else { return false }
      skipBlanks(&position)
      if position < text.count, text[position] == UInt8(ascii: ",") { position += 1 }
      members.append(start..<position)
    }
    position += 1
    return true
  }

  private mutating func scanElements(_ position: inout Int, depth: Int) -> Bool {
    position += 1
    while true {
      skipBlanks(&position)
      guard position < text.count else { return false }
      if text[position] == UInt8(ascii: "]") { break }
      guard scan(&position, depth: depth + 1) else { return false }
      skipBlanks(&position)
      if position < text.count, text[position] == UInt8(ascii: ",") { position += 1 }
    }
    position += 1
    return true
  }

  private func scanString(_ position: inout Int) -> Bool {
    guard position < text.count, text[position] == UInt8(ascii: "\"") else { return false }
    position += 1
    while position < text.count, text[position] != UInt8(ascii: "\"") {
      position += text[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    position += 1
    return position <= text.count
  }

  private func skipBlanks(_ position: inout Int) {
    while position < text.count, text[position].isBlank { position += 1 }
  }
}

/// The lines of a YAML text, with what is indented below each.
private struct YAMLMutation {
  private let lines: [[UInt8]]

  init(_ text: [UInt8]) {
    lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
  }

  func mutated(_ random: inout SplitMix64) -> [UInt8] {
    var copy = lines
    let line = random.number(0...(lines.count - 1))
    let block = block(at: line)
    switch random.number(0...9) {
    case 0: copy.removeSubrange(block)
    case 1: copy.insert(contentsOf: lines[block], at: block.upperBound)
    case 2: copy.insert(contentsOf: lines[block], at: random.number(0...lines.count))
    case 3: empty("")
    case 4: empty(" {}")
    case 5: empty(" []")
    default:
      if let key = key(of: line) {
        copy[line] = key + Array(" ".utf8) + StructuredText.edges.randomElement(using: &random)!
      }
    }
    return Array(copy.joined(separator: "\n".utf8))

    func empty(_ value: String) {
      guard let key = key(of: line) else { return }
      copy.replaceSubrange(block, with: [key + Array(value.utf8)])
    }
  }

  /// A line and those behind it that are indented further.
  private func block(at line: Int) -> Range<Int> {
    let indent = lines[line].prefix { $0 == 32 }.count
    let end = lines[(line + 1)...].firstIndex { line in
      line.contains { !$0.isBlank } && line.prefix { $0 == 32 }.count <= indent
    }
    return line..<(end ?? lines.count)
  }

  /// A line up to its first colon, which is the key's in all but quoted keys.
  private func key(of line: Int) -> [UInt8]? {
    lines[line].firstIndex(of: UInt8(ascii: ":")).map { Array(lines[line][...$0]) }
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 32 || self == 9 || isLineEnd }
  fileprivate var isLineEnd: Bool { self == 10 || self == 13 }
}

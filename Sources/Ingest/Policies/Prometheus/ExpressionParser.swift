// "Querying Prometheus: Expression language data types, Operators, Functions" (prometheus.io): the part of it that compares a
// metric, what becomes of it over a time, or a share of two, with a number.

import Model

/// Reads an alert's expression.
struct ExpressionParser {
  private enum Token: Hashable {
    case word(String), number(ScaledDecimal), text(String), sign(String)

    var shown: String {
      switch self {
      case .word(let word), .sign(let word): word
      case .number(let number): "\(number)"
      case .text(let text): jsonString(text)
      }
    }
  }

  /// As deep as parentheses may stand in each other.
  private static let deepest = 32
  /// More tokens than an expression of this kind has.
  private static let most = 200

  private var tokens: [Token] = []
  private var next = 0

  /// - Throws: ``PolicyFault`` for a text that is none, and refused for one that is not read, with what is not.
  static func read(_ text: String) throws(PolicyFault) -> AlertExpression {
    var parser = ExpressionParser()
    try parser.cut(text)
    return try parser.comparison()
  }

  // MARK: Tokens

  private mutating func cut(_ text: String) throws(PolicyFault) {
    var rest = text[...]
    while true {
      rest = rest.drop(while: \.isWhitespace)
      guard let first = rest.first else { return }
      guard tokens.count < Self.most else { throw .refused("its expression is longer than those that are read") }
      if first == "#" {
        rest = rest.drop { !$0.isNewline }
      } else if first.isASCII, first.isLetter || first == "_" || first == ":" {
        let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
        tokens.append(.word(String(word)))
        rest = rest.dropFirst(word.count)
      } else if first.isASCII, first.isNumber || first == "." {
        try cutNumber(&rest)
      } else if first == "\"" || first == "'" || first == "`" {
        try cutText(&rest, end: first)
      } else {
        let signs = [">=", "<=", "==", "!=", "=~", "!~"]
        let sign = signs.first { rest.hasPrefix($0) } ?? String(first)
        tokens.append(.sign(sign))
        rest = rest.dropFirst(sign.count)
      }
    }
  }

  /// A number, or a time with its units.
  private mutating func cutNumber(_ rest: inout Substring) throws(PolicyFault) {
    var digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    var tail = rest.dropFirst(digits.count)
    if let mark = tail.first, mark == "e" || mark == "E" {
      let exponent = tail.dropFirst().prefix { $0.isASCII && ($0.isNumber || $0 == "-" || $0 == "+") }
      digits = rest.prefix(digits.count + 1 + exponent.count)
      tail = rest.dropFirst(digits.count)
    }
    let unit = tail.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    if !unit.isEmpty {
      tokens.append(.word(String(digits) + unit))
      rest = tail.dropFirst(unit.count)
      return
    }
    guard let number = ScaledDecimal(String(digits))?.normalised, number.double.magnitude <= 1e15 else {
      throw .refused("its number \(excerpt(String(digits))) is none up to 10^15 of at most 18 digits")
    }
    tokens.append(.number(number))
    rest = tail
  }

  private mutating func cutText(_ rest: inout Substring, end: Character) throws(PolicyFault) {
    var text = ""
    var index = rest.index(after: rest.startIndex)
    while index < rest.endIndex, rest[index] != end {
      if rest[index] == "\\", end != "`", rest.index(after: index) < rest.endIndex {
        index = rest.index(after: index)
      }
      text.append(rest[index])
      index = rest.index(after: index)
    }
    guard index < rest.endIndex else { throw .refused("its expression has a text without an end") }
    tokens.append(.text(text))
    rest = rest[rest.index(after: index)...]
  }

  // MARK: Grammar

  private var token: Token? { next < tokens.count ? tokens[next] : nil }

  private func refusal() -> PolicyFault {
    let place = token.map { "at \(excerpt($0.shown))" } ?? "at its end"
    return .refused("its expression is no metric, function over a time or share of two beside a number, \(place)")
  }

  private mutating func take(_ sign: String) -> Bool {
    guard token == .sign(sign) else { return false }
    next += 1
    return true
  }

  private mutating func comparison() throws(PolicyFault) -> AlertExpression {
    if let number = number() {
      let comparison = try sign()
      let (value, divisor) = try share(depth: 0)
      guard token == nil else { throw refusal() }
      return AlertExpression(value, over: divisor, comparison.mirrored, number)
    }
    let (value, divisor) = try share(depth: 0)
    let comparison = try sign()
    guard let number = number(), token == nil else { throw refusal() }
    return AlertExpression(value, over: divisor, comparison, number)
  }

  /// A number with its sign; nil, and nothing taken, for anything else.
  private mutating func number() -> ScaledDecimal? {
    let start = next
    let isNegative = take("-")
    if case .number(let number)? = token {
      next += 1
      return isNegative ? ScaledDecimal(mantissa: -number.mantissa, scale: number.scale) : number
    }
    next = start
    return nil
  }

  private mutating func sign() throws(PolicyFault) -> AlertExpression.Comparison {
    guard case .sign(let sign)? = token, let comparison = AlertExpression.Comparison(rawValue: sign) else {
      throw refusal()
    }
    next += 1
    return comparison
  }

  private typealias Share = (value: AlertExpression.Operand, divisor: AlertExpression.Operand?)

  private mutating func share(depth: Int) throws(PolicyFault) -> Share {
    guard depth < Self.deepest else { throw refusal() }
    if take("(") {
      let inner = try share(depth: depth + 1)
      guard take(")") else { throw refusal() }
      guard inner.divisor == nil, take("/") else { return inner }
      return (inner.value, try operand(depth: depth + 1))
    }
    let value = try operand(depth: depth + 1)
    return (value, take("/") ? try operand(depth: depth + 1) : nil)
  }

  private mutating func operand(depth: Int) throws(PolicyFault) -> AlertExpression.Operand {
    guard depth < Self.deepest else { throw refusal() }
    if take("(") {
      let inner = try operand(depth: depth + 1)
      guard take(")") else { throw refusal() }
      return inner
    }
    guard case .word(let word)? = token else { throw refusal() }
    next += 1
    guard take("(") else { return try selector(word) }
    if let function = AlertExpression.Function(rawValue: word) {
      guard case .word(let metric)? = token else { throw refusal() }
      next += 1
      var operand = try selector(metric)
      guard operand.window == nil, take("["), case .word(let time)? = token, let window = TimeSpan(promText: time)
      else {
        throw refusal()
      }
      next += 1
      guard take("]"), take(")") else { throw refusal() }
      (operand.function, operand.window) = (function, window)
      return operand
    }
    guard let aggregation = AlertExpression.Aggregation(rawValue: word) else {
      next -= 2
      throw refusal()
    }
    var inner = try operand(depth: depth + 1)
    guard inner.aggregation == nil, take(")") else { throw refusal() }
    inner.aggregation = aggregation
    return inner
  }

  /// What stands behind a metric's name in braces.
  private mutating func selector(_ metric: String) throws(PolicyFault) -> AlertExpression.Operand {
    var operand = AlertExpression.Operand(metric)
    guard take("{") else { return operand }
    while !take("}") {
      guard case .word(let label)? = token else { throw refusal() }
      next += 1
      guard case .sign(let sign)? = token, ["=", "!=", "=~", "!~"].contains(sign) else { throw refusal() }
      next += 1
      guard case .text(let value)? = token else { throw refusal() }
      next += 1
      operand.matchers.append(AlertExpression.Matcher(label, sign, value))
      guard take(",") || token == .sign("}") else { throw refusal() }
    }
    return operand
  }
}

/// The first metric of a query, whatever is made of it; nil where there is none.
func firstMetric(ofQuery query: String) -> String? {
  var rest = query.prefix(4_096)
  while let start = rest.firstIndex(where: { $0.isASCII && ($0.isLetter || $0 == "_") }) {
    rest = rest[start...]
    let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
    rest = rest.dropFirst(word.count)
    let behind = rest.drop(while: \.isWhitespace).first
    if behind != "(", !["by", "without"].contains(word) { return String(word) }
    // The labels of an aggregation are no metrics.
    if ["by", "without"].contains(word) { rest = rest.drop { $0 != ")" } }
  }
  return nil
}

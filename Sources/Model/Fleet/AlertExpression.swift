/// A rule that alerts while an expression over metrics holds, as a monitoring server has it.
package struct AlertExpressionRule: Hashable, Sendable {
  package var group: String
  package var name: String
  package var expression: AlertExpression
  /// How long it must hold.
  package var duration: TimeSpan
  package var labels: [String: String] = [:]
  package var annotations: [String: String] = [:]
  /// Where it stands; nil for no file.
  package var place: Place?

  package init(group: String, name: String, expression: AlertExpression, duration: TimeSpan) {
    (self.group, self.name, self.expression, self.duration) = (group, name, expression, duration)
  }
}

/// A comparison of a metric, or of a share of two, with a number: `rate(evictions[5m]) > 100`.
package struct AlertExpression: Hashable, Sendable {
  package enum Comparison: String, CaseIterable, Sendable {
    case above = ">"
    case atLeast = ">="
    case below = "<"
    case atMost = "<="

    /// The same with its sides exchanged.
    package var mirrored: Comparison {
      switch self {
      case .above: .below
      case .atLeast: .atMost
      case .below: .above
      case .atMost: .atLeast
      }
    }
  }

  /// What becomes of the samples within a time.
  package enum Function: String, CaseIterable, Sendable {
    case average = "avg_over_time"
    case most = "max_over_time"
    case least = "min_over_time"
    case sum = "sum_over_time"
    case rate, irate, increase
  }

  /// What becomes of several series.
  package enum Aggregation: String, CaseIterable, Sendable { case sum, avg, min, max, count }

  /// A condition on a label: `service="api"`.
  package struct Matcher: Hashable, Sendable {
    package var label: String
    /// `=`, `!=`, `=~` or `!~`.
    package var sign: String
    package var value: String

    package init(_ label: String, _ sign: String, _ value: String) {
      (self.label, self.sign, self.value) = (label, sign, value)
    }
  }

  /// One side of a share.
  package struct Operand: Hashable, Sendable {
    package var aggregation: Aggregation?
    /// With the time that it looks at.
    package var function: Function?
    package var window: TimeSpan?
    package var metric: String
    package var matchers: [Matcher] = []

    package init(_ metric: String, _ matchers: [Matcher] = []) {
      self.metric = metric
      self.matchers = matchers
    }
  }

  package var value: Operand
  package var divisor: Operand?
  package var comparison: Comparison
  package var threshold: ScaledDecimal

  package init(_ value: Operand, over divisor: Operand? = nil, _ comparison: Comparison, _ threshold: ScaledDecimal) {
    (self.value, self.divisor, self.comparison, self.threshold) = (value, divisor, comparison, threshold)
  }
}

extension AlertExpression: CustomStringConvertible {
  package var description: String {
    let share = divisor.map { " / \($0)" } ?? ""
    return "\(value)\(share) \(comparison.rawValue) \(threshold)"
  }
}

extension AlertExpression.Operand: CustomStringConvertible {
  package var description: String {
    let labels = matchers.map { "\($0.label)\($0.sign)\(jsonString($0.value))" }.joined(separator: ",")
    var text = metric + (matchers.isEmpty ? "" : "{\(labels)}")
    if let window { text += "[\(window.promText)]" }
    if let function { text = "\(function.rawValue)(\(text))" }
    return aggregation.map { "\($0.rawValue)(\(text))" } ?? text
  }
}

extension TimeSpan {
  /// As monitoring servers write it: `90s`, `5m`, `1h`.
  package var promText: String {
    if seconds > 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    return seconds > 0 && seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }

  /// Parses `1h30m`, `15m`, `45s`, `500ms` of whole seconds, `2d`, `1w`; nil for anything else.
  package init?(promText text: String) {
    let units: [(String, Int64)] = [("ms", 0), ("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
    var rest = text[...]
    var (seconds, thousandths) = (Int64(0), Int64(0))
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let count = Int64(digits), count <= 1_000_000_000,
        let unit = units.first(where: { rest.hasPrefix($0.0) })
      else { return nil }
      rest = rest.dropFirst(unit.0.count)
      if unit.1 == 0 { thousandths += count } else { seconds += count * unit.1 }
    }
    guard thousandths % 1000 == 0, let span = TimeSpan("\(seconds + thousandths / 1000)s") else { return nil }
    self = span
  }
}

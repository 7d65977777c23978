/// A threshold as people write it: `> 70% for 5min`, `> 150/s per instance`, `> 1.2s p95 for 5min`, `> 75% of max`.
///
/// Grammar: `(>|<) NUMBER [UNIT] [p95|avg] [per instance|of WORD] [per minute] [for N(s|min|h)|for M of N]
/// [missing (missing|ignore|breaching|notBreaching)]`, white space free. UNIT is `%`, `ms`, `s`, `/s` or `items`;
/// M of N are samples, N at most ``mostSamples``.
package struct Condition: Hashable, Sendable {
  package enum Comparison: String, Sendable { case above = ">", below = "<" }
  package enum Statistic: String, Sendable { case p95, average = "avg" }
  /// What the number is measured against: the service as a whole, each instance, or a declared limit in percent.
  package enum Basis: Hashable, Sendable { case whole, perInstance, percentOf(String) }
  /// What a sample that is not there is taken for, as CloudWatch spells it.
  package enum MissingSamples: String, FleetWord, Sendable { case missing, ignore, breaching, notBreaching }
  /// How many of how many samples must satisfy it: CloudWatch's M out of N.
  package struct SampleCount: Hashable, Sendable {
    package var needed: Int
    package var of: Int

    package init(needed: Int, of all: Int) {
      self.needed = needed
      of = all
    }
  }

  package var comparison: Comparison
  package var value: ScaledDecimal
  package var unit: Metric.Unit
  package var statistic: Statistic?
  package var basis: Basis
  /// How long it must hold; 0 when a single sample is enough.
  package var durationSeconds: Int64
  /// As it was written.
  package var text: String
  /// Of how many samples how many must satisfy it, where it says so in place of a duration; nil otherwise.
  package var samples: SampleCount?
  /// What a sample that is not there is taken for.
  package var missing: MissingSamples = .missing

  /// The most samples that it may look at: a day of minutes less the two before them that an alarm looks at too.
  package static let mostSamples = 1_438

  /// The limit in the unit of `metric`; nil when the units do not fit together.
  package func limit(for metric: Metric) -> Double? {
    if case .percentOf = basis { return unit == .percent ? value.double : nil }
    switch (unit, metric.unit) {
    case (.seconds, .milliseconds): return value.double * 1000
    case (.milliseconds, .seconds): return value.double / 1000
    case (let own, let other) where own == other: return value.double
    case (.count, .perSecond), (.count, .perMinute): return value.double
    default: return nil
    }
  }

  /// True when a measured value, in the metric's unit or in percent of the limit, satisfies the comparison.
  package func holds(_ measured: Double, limit: Double) -> Bool {
    comparison == .above ? measured > limit : measured < limit
  }
}

extension Condition: LosslessStringConvertible {
  package var description: String { text }

  package init?(_ text: String) {
    var rest = text.trimmed[...]
    guard let first = rest.first, let comparison = Comparison(rawValue: String(first)) else {
      return nil
    }
    rest = rest.dropFirst().drop(while: \.isWhitespace)
    let digits = rest.prefix { $0.isNumber || $0 == "." }
    guard let value = ScaledDecimal(String(digits)) else { return nil }
    rest = rest.dropFirst(digits.count)
    self.init(
      comparison: comparison, value: value, unit: .count, statistic: nil, basis: .whole,
      durationSeconds: 0, text: text.trimmed)
    guard readTail(rest.split(whereSeparator: \.isWhitespace).map(String.init)[...]) else {
      return nil
    }
  }

  private mutating func readTail(_ words: ArraySlice<String>) -> Bool {
    var words = words
    while let word = words.popFirst() {
      switch word {
      case "%": unit = .percent
      case "ms": unit = .milliseconds
      case "s": unit = .seconds
      case "/s": unit = .perSecond
      case "items": unit = .count
      case "p95", "avg": statistic = Statistic(rawValue: word)
      case "per":
        guard let next = words.popFirst() else { return false }
        if next == "instance" {
          basis = .perInstance
        } else if next == "minute", unit == .percent {
          unit = .perMinute
        } else {
          return false
        }
      case "of":
        guard let name = words.popFirst() else { return false }
        basis = .percentOf(name)
      case "for":
        // What is written twice would be obeyed once.
        guard let next = words.popFirst(), durationSeconds == 0, samples == nil, readLength(next, &words) else {
          return false
        }
      case "missing":
        guard let next = words.popFirst(), missing == .missing, let treatment = MissingSamples(rawValue: next) else {
          return false
        }
        missing = treatment
      default: return false
      }
    }
    return true
  }
}

extension Condition {
  /// Reads what follows `for`: a span of time, or so many of so many samples.
  private mutating func readLength(_ word: String, _ words: inout ArraySlice<String>) -> Bool {
    if let span = TimeSpan(word) {
      (durationSeconds, samples) = (span.seconds, nil)
      return true
    }
    guard let needed = Int(word), words.popFirst() == "of", let next = words.popFirst(), let all = Int(next),
      (1...Self.mostSamples).contains(all), (1...all).contains(needed)
    else { return false }
    (durationSeconds, samples) = (0, SampleCount(needed: needed, of: all))
    return true
  }

  /// How long it must hold at least, where samples stand for so many seconds.
  package func leastSeconds(ofSamples stepSeconds: Int64) -> Int64 {
    samples.map { Int64($0.needed) * stepSeconds } ?? durationSeconds
  }
}

extension Condition {
  /// Stands where no condition could be read.
  static let unwritten = Condition(
    comparison: .above, value: ScaledDecimal(mantissa: 0, scale: 0), unit: .count, statistic: nil, basis: .whole,
    durationSeconds: 0, text: "")
}

extension Condition: TextDecodable {
  package static let expectation =
    "a condition such as \"> 70% for 5min\", \"> 150/s per instance\" or \"> 75% of max\""
}

/// A span of time as people write it: `300s`, `5min`, `24h`.
package struct TimeSpan: TextDecodable {
  package static let expectation = "a duration such as 300s, 5min or 24h"
  package var seconds: Int64

  package init(seconds: Int64) { self.seconds = seconds }

  /// Ten years: nothing that is waited for takes longer, and no moment that it is added to leaves the calendar.
  private static let longest: Int64 = 10 * 366 * 86_400

  package init?(_ text: String) {
    for (suffix, factor) in [("min", Int64(60)), ("h", 3600), ("s", 1)] where text.hasSuffix(suffix) {
      guard let count = Int64(text.dropLast(suffix.count)), count >= 0 else { return nil }
      let (seconds, overflow) = count.multipliedReportingOverflow(by: factor)
      guard !overflow, seconds <= Self.longest else { return nil }
      self.init(seconds: seconds)
      return
    }
    return nil
  }

  /// The largest unit that fits: `24h`, `5min`, `90s`.
  package var description: String {
    if seconds > 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    return seconds > 0 && seconds % 60 == 0 ? "\(seconds / 60)min" : "\(seconds)s"
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

/// A count or a range of counts as people write it: `2`, `4-6`, `15+`.
package struct CountRange: TextDecodable {
  package static let expectation = "a count or range such as 2, 4-6 or 15+"

  package var lower: Int
  /// nil when open-ended.
  package var upper: Int?

  package init(lower: Int, upper: Int?) {
    self.lower = lower
    self.upper = upper
  }

  package init?(_ text: String) {
    let isOpen = text.hasSuffix("+")
    let parts = (isOpen ? text.dropLast() : text[...]).split(separator: "-", omittingEmptySubsequences: false)
    let counts = parts.compactMap { part in part.allSatisfy(\.isASCIIDigit) ? Int(part) : nil }
    guard counts.count == parts.count, (1...(isOpen ? 1 : 2)).contains(counts.count),
      counts[0] <= counts[counts.count - 1]
    else { return nil }
    self.init(lower: counts[0], upper: isOpen ? nil : counts[counts.count - 1])
  }

  package var description: String {
    guard let upper else { return "\(lower)+" }
    return lower == upper ? "\(lower)" : "\(lower)-\(upper)"
  }
}

extension CountRange {
  /// Both together; without an end where either is.
  package func adding(_ other: CountRange?) -> CountRange {
    guard let other else { return self }
    let upper = upper.flatMap { upper in other.upper.map { upper.clampedSum($0) } }
    return CountRange(lower: lower.clampedSum(other.lower), upper: upper)
  }
}

extension Int {
  fileprivate func clampedSum(_ other: Int) -> Int {
    let (sum, isBeyond) = addingReportingOverflow(other)
    return isBeyond ? .max : sum
  }
}

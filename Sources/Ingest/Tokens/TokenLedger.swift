import Model
import Reading

/// The keys by which a source tells whose calls are, the first of which that says something holds; none for what it does
/// not tell.
struct HolderFields {
  var project: [String]
  var user: [String] = []
  var key: [String] = []

  subscript(holder: TokenHolder) -> [String] {
    switch holder {
    case .project: project
    case .user: user
    case .key: key
    }
  }
}

/// What a log of calls, or an export of usage, says of one call or of a bucket of them. No token is in two of these.
struct TokenEntry {
  /// Whose they are: a project, a team; nil where the source does not say.
  var service: String?
  /// The model, as the source calls it; empty where it does not say.
  var model = ""
  var time: ParsedTimestamp
  var amounts: [Metric: Int64] = [:]
}

/// Tokens and calls added up by service, model and time: a log has several calls in a second, a series one value.
struct TokenLedger {
  /// Calls of a log are added up by the minute, the shortest time that limits are per.
  static let seconds: Int64 = 60

  private struct Key: Hashable {
    var service: String?
    var model: String
    var metric: Metric
  }
  private struct Moment: Hashable, Comparable {
    var seconds: Int64
    var isLocal: Bool
    static func < (a: Moment, b: Moment) -> Bool { a.seconds < b.seconds }
  }

  private var sums: [Key: [Moment: Int64]] = [:]

  /// Adds an entry.
  /// - Parameter bucket: how long the time is that amounts are added up over; nil for a bucket of the source's own.
  mutating func add(_ entry: TokenEntry, by bucket: Int64? = TokenLedger.seconds) {
    let rest = bucket.map { entry.time.seconds % $0 } ?? 0
    let moment = Moment(seconds: entry.time.seconds - rest, isLocal: entry.time.isLocal)
    for (metric, amount) in entry.amounts {
      let key = Key(service: entry.service, model: entry.model, metric: metric)
      let (sum, overflow) = (sums[key]?[moment] ?? 0).addingReportingOverflow(amount)
      sums[key, default: [:]][moment] = overflow ? .max : sum
    }
  }

  /// The series, by name, each with its samples in the order of time.
  var series: [(key: SourceKey, samples: [Sample])] {
    let order = sums.keys.sorted { a, b in
      (a.service ?? "", a.model, a.metric.rawValue) < (b.service ?? "", b.model, b.metric.rawValue)
    }
    return order.enumerated().map { index, key in
      let samples = (sums[key] ?? [:]).sorted { $0.key < $1.key }.map { moment, sum in
        Sample(series: UInt32(index), seconds: moment.seconds, mantissa: sum, scale: 0, isLocal: moment.isLocal)
      }
      let source = SourceKey(service: key.service, resource: key.model, metric: key.metric.rawValue, isCounter: false)
      return (source, samples)
    }
  }
}

extension JSONDocument {
  /// Appends what a ledger has.
  mutating func append(_ ledger: TokenLedger) {
    let series = ledger.series
    for own in series { batch.samples += own.samples }
    number(by: series.map(\.key))
  }

  /// The next value as a tree; the line of a node is the position of its first byte, until more is read.
  func tree() throws(DataError) -> (node: JSONNode, element: Range<Int>) {
    try stream.advance { scanner throws(JSONStop) in
      _ = scanner.next()
      let start = scanner.position
      let node = try scanner.node { $0 }
      return (node, start..<scanner.position)
    }
  }

  /// Reads a record of a log, or adds the bad row.
  /// - Parameter entry: what the record says; throws what is wrong with it.
  mutating func take(
    _ node: JSONNode, _ element: Range<Int>, into ledger: inout TokenLedger, by bucket: Int64? = TokenLedger.seconds,
    _ entry: (TokenRecord) throws(TokenFault) -> TokenEntry?
  ) throws {
    do throws(TokenFault) {
      guard let entry = try entry(TokenRecord(node: node)) else { return }
      batch.timestamps.count(entry.time.form)
      ledger.add(entry, by: bucket)
    } catch {
      try refuse(element, found: error.found, expected: error.expected)
    }
  }

  /// Reads a page of buckets, `data`, each with the moment from which it counts and its `results`.
  /// - Parameters:
  ///   - start: the key of that moment.
  ///   - holder: the keys that may say whose a result is.
  ///   - amounts: of a result, by metric.
  mutating func usage(
    from start: String, holder: [String], _ amounts: (TokenRecord) throws(TokenFault) -> [Metric: Int64]
  ) throws {
    var ledger = TokenLedger()
    let hasMore = try stream.forEachBucket {
      let bucket = try tree()
      for result in bucket.node["results"]?.elements ?? [] {
        try take(result, result.line..<bucket.element.upperBound, into: &ledger, by: nil) { record throws(TokenFault) in
          var entry = TokenEntry(time: try TokenRecord(node: bucket.node).time(start))
          entry.service = record.firstName(of: holder)
          entry.model = record.name("model") ?? ""
          entry.amounts = try amounts(record).present
          return entry
        }
      }
    }
    if hasMore { batch.remarks.append("the page says that more follow it (has_more): import those too") }
    append(ledger)
  }
}

/// Why a record cannot be used.
struct TokenFault: Error {
  var found: String
  var expected: String
}

/// A record of a log, its fields by their names.
struct TokenRecord {
  var node: JSONNode

  /// A count of 0 and more; 0 where it is not there.
  func count(_ key: String) throws(TokenFault) -> Int64 {
    guard let value = node[key] else { return 0 }
    guard let number = value.text.flatMap({ ScaledDecimal($0)?.normalised }), number.scale == 0,
      number.mantissa >= 0, number.mantissa <= Metric.mostMantissa(scale: 0)
    else { throw TokenFault(found: "\(key) \(value.shown)", expected: "a whole number of 0 and more") }
    return number.mantissa
  }

  /// A moment; it must be there.
  func time(_ key: String) throws(TokenFault) -> ParsedTimestamp {
    guard let text = node[key]?.text, let time = parseTimestamp(Array(text.utf8)[...]) else {
      throw TokenFault(found: "\(key) \(node[key]?.shown ?? "that is not there")", expected: expectedTimestamp)
    }
    guard !time.isTooEarly else { throw TokenFault(found: "\(key) \(text)", expected: expectedSampleTime) }
    return time
  }

  /// A text that is not empty; nil for anything else.
  func name(_ key: String) -> String? {
    guard let text = node[key]?.text, !text.isEmpty else { return nil }
    return text
  }

  /// The first text that is not empty, of some keys; nil for none.
  func firstName(of keys: [String]) -> String? { keys.lazy.compactMap { name($0) }.first }

  /// A part of a whole, such as what of a prompt was cached.
  /// - Throws: where the part is more than the whole.
  static func rest(of whole: Int64, without part: Int64, _ names: (whole: String, part: String)) throws(TokenFault)
    -> Int64
  {
    guard part <= whole else {
      throw TokenFault(found: "\(names.part) \(part) of \(names.whole) \(whole)", expected: "a part of the whole")
    }
    return whole - part
  }
}

extension [Metric: Int64] {
  /// The amounts that are there: none of 0, but for calls.
  var present: [Metric: Int64] { filter { $0.value != 0 || $0.key == .calls || $0.key == .inputTokens } }
}

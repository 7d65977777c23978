/// A sample line of OpenMetrics or of Prometheus's text format, cut into its parts.
///
/// `name{label="value"} 0.5 1790827200 # {trace_id="a"} 1`: the series, its value, the timestamp if there is one; what
/// stands behind the hash is an exemplar and no part of the sample. Sources: OpenMetrics 1.0, "ABNF"; Prometheus,
/// "Exposition formats"; there, a name in quotes as the first thing in the braces is that of the metric, and so is the
/// label `__name__` of a dump.
struct OpenMetricsSample {
  /// The name and the labels, braces included.
  let series: Range<Int>
  let value: Range<Int>
  /// nil when the line ends behind the value.
  let time: Range<Int>?

  /// nil when the line has another shape.
  init?(_ line: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < line.count, !isBlank(line[index]), line[index] != UInt8(ascii: "{") { index += 1 }
    var end = index
    while index < line.count, isBlank(line[index]) { index += 1 }
    if index < line.count, line[index] == UInt8(ascii: "{") {
      guard let brace = closingBrace(line, from: index) else { return nil }
      index = brace + 1
      end = index
    }
    series = 0..<end
    guard end > 0, let value = nextWord(line, from: &index) else { return nil }
    self.value = value
    guard let word = nextWord(line, from: &index), line[word.lowerBound] != UInt8(ascii: "#") else {
      time = nil
      return
    }
    time = word
    if let word = nextWord(line, from: &index), line[word.lowerBound] != UInt8(ascii: "#") { return nil }
  }

  /// The key of a series: `name{a="b"}`; nil when its labels are wrong.
  static func key(_ series: UnsafeBufferPointer<UInt8>) -> SourceKey? {
    var key = SourceKey()
    let brace = series.firstIndex(of: UInt8(ascii: "{")) ?? series.count
    let name = series[..<brace].filter { !isBlank($0) }
    if !name.isEmpty { key.metric = String(decoding: name, as: UTF8.self) }
    var index = brace + 1
    while index < series.count {
      passBlanks(series, &index)
      guard index < series.count else { return nil }
      if series[index] == UInt8(ascii: "}") { break }
      guard readLabel(series, &index, into: &key) else { return nil }
      passBlanks(series, &index)
      guard index < series.count, series[index] == UInt8(ascii: ",") || series[index] == UInt8(ascii: "}") else {
        return nil
      }
      if series[index] == UInt8(ascii: ",") { index += 1 }
    }
    key.labels.sort()
    return key.metric == nil && key.labels.isEmpty ? nil : key
  }

  private static func readLabel(
    _ series: UnsafeBufferPointer<UInt8>, _ index: inout Int, into key: inout SourceKey
  ) -> Bool {
    var name = ""
    let isQuoted = series[index] == UInt8(ascii: "\"")
    if isQuoted {
      guard let text = quotedText(series, &index) else { return false }
      name = text
    } else {
      let start = index
      while index < series.count, series[index] != UInt8(ascii: "="), !isBlank(series[index]) { index += 1 }
      name = String(decoding: series[start..<index], as: UTF8.self)
    }
    passBlanks(series, &index)
    guard index < series.count, series[index] == UInt8(ascii: "=") else {
      guard isQuoted, key.metric == nil, !name.isEmpty else { return false }
      key.metric = name
      return true
    }
    index += 1
    passBlanks(series, &index)
    guard !name.isEmpty, let value = quotedText(series, &index) else { return false }
    // A name before the braces, and another one in them: nobody could say which is meant.
    if name == "__name__", let metric = key.metric, metric != value { return false }
    key.addPrometheusLabel(SourceKey.Label(name, value))
    return true
  }

  /// A text in quotes, with `\\`, `\"` and `\n` resolved; any other escape stays as it is.
  private static func quotedText(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> String? {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
    index += 1
    var text: [UInt8] = []
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
        index += 1
        switch bytes[index] {
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): text.append(bytes[index])
        default: text += [UInt8(ascii: "\\"), bytes[index]]
        }
      } else {
        text.append(bytes[index])
      }
      index += 1
    }
    guard index < bytes.count else { return nil }
    index += 1
    return String(decoding: text, as: UTF8.self)
  }

  private static func passBlanks(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
    while index < bytes.count, isBlank(bytes[index]) { index += 1 }
  }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

/// The brace that closes the one at `start`, not counting those in quotes.
private func closingBrace(_ line: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  var isInQuotes = false
  var index = start
  while index < line.count {
    switch line[index] {
    case UInt8(ascii: "\\") where isInQuotes: index += 1
    case UInt8(ascii: "\""): isInQuotes.toggle()
    case UInt8(ascii: "}") where !isInQuotes: return index
    default: break
    }
    index += 1
  }
  return nil
}

private func nextWord(_ line: UnsafeBufferPointer<UInt8>, from index: inout Int) -> Range<Int>? {
  while index < line.count, isBlank(line[index]) { index += 1 }
  let start = index
  while index < line.count, !isBlank(line[index]) { index += 1 }
  return index > start ? start..<index : nil
}

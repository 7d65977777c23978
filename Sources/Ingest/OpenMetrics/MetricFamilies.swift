/// What `# TYPE` and `# UNIT` lines have said about families of metrics.
struct MetricFamilies: Sendable {
  private var types: [String: String] = [:]
  private var units: [String: String] = [:]
  /// True once a line has told a type.
  var hasTypes: Bool { !types.isEmpty }

  /// Takes a line that starts with a hash; one that is only a comment says nothing.
  mutating func take(_ comment: UnsafeBufferPointer<UInt8>) {
    let words = String(decoding: comment, as: UTF8.self).split(separator: " ", maxSplits: 3).map(String.init)
    guard words.count == 4, words[0] == "#" else { return }
    let name = words[2].hasPrefix("\"") ? String(words[2].dropFirst().dropLast()) : words[2]
    if words[1] == "TYPE" { types[name] = words[3].filter { $0 != " " && $0 != "\t" } }
    if words[1] == "UNIT" { units[name] = words[3] }
  }

  /// True for a series that only grows: the total of a counter; bucket, count and sum of a histogram or summary. False
  /// for any other of a known type; nil when the type is unknown.
  func isCounter(_ metric: String) -> Bool? {
    // The older text format declares a counter by the name that its samples have.
    if let type = types[metric] { return Self.isKnown(type) ? type == "counter" : nil }
    guard let (family, suffix) = family(of: metric), let type = types[family], Self.isKnown(type) else { return nil }
    switch suffix {
    case "_total": return type == "counter"
    case "_bucket", "_count", "_sum": return type == "histogram" || type == "summary"
    default: return false
    }
  }

  /// The unit of a metric, nil when none was given.
  func unit(_ metric: String) -> String? { units[metric] ?? family(of: metric).flatMap { units[$0.name] } }

  private static func isKnown(_ type: String) -> Bool { type != "unknown" && type != "untyped" }

  /// The family that a sample's name belongs to by its suffix.
  private func family(of metric: String) -> (name: String, suffix: String)? {
    for suffix in ["_total", "_bucket", "_count", "_sum", "_created", "_gcount", "_gsum", "_info"]
    where metric.hasSuffix(suffix) {
      let name = String(metric.dropLast(suffix.count))
      if types[name] != nil || units[name] != nil { return (name, suffix) }
    }
    return nil
  }
}

import Model

/// A unit in which a source measures, or our metrics are kept.
struct MeasuredUnit: Hashable, Sendable {
  /// Units of one quantity convert into each other.
  enum Quantity: Hashable, Sendable {
    /// Base: percent.
    case share
    /// Base: bits.
    case data
    /// Base: bits a second.
    case dataRate
    /// Base: seconds.
    case time
    /// Base: 1 a second.
    case frequency
    /// Base: percent a minute.
    case growth
    /// Base: 1.
    case count
  }

  var quantity: Quantity
  /// The unit is `numerator` / `divisor` of the base.
  var numerator: Int64 = 1
  var divisor: Int64 = 1

  init(_ quantity: Quantity, _ numerator: Int64 = 1, over divisor: Int64 = 1) {
    self.quantity = quantity
    self.numerator = numerator
    self.divisor = divisor
  }

  /// nil between different quantities.
  func conversion(to other: MeasuredUnit) -> Conversion? {
    guard quantity == other.quantity else { return nil }
    return Conversion(numerator * other.divisor, over: divisor * other.numerator)
  }

  /// What the rate of a counter in this unit is measured in: bytes a second for bytes. The rate of seconds is the share
  /// of the time. A unit that is a rate already is meant as that of the rate; nil where a counter makes no sense.
  var rate: MeasuredUnit? {
    switch quantity {
    case .data: MeasuredUnit(.dataRate, numerator, over: divisor)
    case .count: MeasuredUnit(.frequency, numerator, over: divisor)
    case .time: MeasuredUnit(.share, 100 * numerator, over: divisor)
    case .dataRate, .frequency: self
    case .share, .growth: nil
    }
  }
}

extension MeasuredUnit {
  /// The unit of that spelling; nil for an unknown one.
  static func spelt(_ text: String) -> MeasuredUnit? { bySpelling[text] }

  /// All spellings, in the order of the table.
  static var spellings: [String] { sourceUnits.flatMap(\.spellings) }

  private static let bySpelling = Dictionary(
    uniqueKeysWithValues: sourceUnits.flatMap { row in row.spellings.map { ($0, row.unit) } })

  /// What a metric of ours is measured in: its name says so at its end. A known metric without such an end is a count;
  /// nil for any other.
  static func of(_ metric: Metric) -> MeasuredUnit? {
    if metric == .iops { return MeasuredUnit(.frequency) }
    // Hours of load balancer capacity, not of time.
    if metric == .lcuHours { return MeasuredUnit(.count) }
    if let row = targetUnits.first(where: { metric.rawValue.hasSuffix($0.ending) }) { return row.unit }
    return metric.isKnown ? MeasuredUnit(.count) : nil
  }

  /// The endings of names that say a unit, in the order of the table.
  static var endings: [String] { targetUnits.map(\.ending) }
}

/// Units as sources spell them. Prefixes without an `i` are powers of 1000, those of CloudWatch too, whose documentation
/// does not say; the names with capitals are its `StandardUnit` (docs.aws.amazon.com, API_MetricDatum).
private let sourceUnits: [(spellings: [String], unit: MeasuredUnit)] = [
  (["percent", "%", "Percent"], MeasuredUnit(.share)),
  (["fraction", "ratio"], MeasuredUnit(.share, 100)),
  (["s", "seconds", "Seconds"], MeasuredUnit(.time)),
  (["ms", "milliseconds", "Milliseconds"], MeasuredUnit(.time, over: 1000)),
  (["us", "µs", "microseconds", "Microseconds"], MeasuredUnit(.time, over: 1_000_000)),
  (["ns", "nanoseconds"], MeasuredUnit(.time, over: 1_000_000_000)),
  (["min", "minutes"], MeasuredUnit(.time, 60)),
  (["B", "bytes", "Bytes"], MeasuredUnit(.data, 8)),
  (["KB", "kB", "Kilobytes"], MeasuredUnit(.data, 8000)),
  (["MB", "Megabytes"], MeasuredUnit(.data, 8_000_000)),
  (["GB", "Gigabytes"], MeasuredUnit(.data, 8_000_000_000)),
  (["TB", "Terabytes"], MeasuredUnit(.data, 8_000_000_000_000)),
  (["KiB"], MeasuredUnit(.data, 8 << 10)),
  (["MiB"], MeasuredUnit(.data, 8 << 20)),
  (["GiB"], MeasuredUnit(.data, 8 << 30)),
  (["TiB"], MeasuredUnit(.data, 8 << 40)),
  (["bits", "Bits"], MeasuredUnit(.data)),
  (["kbit", "Kilobits"], MeasuredUnit(.data, 1000)),
  (["Mbit", "Megabits"], MeasuredUnit(.data, 1_000_000)),
  (["Gbit", "Gigabits"], MeasuredUnit(.data, 1_000_000_000)),
  (["Tbit", "Terabits"], MeasuredUnit(.data, 1_000_000_000_000)),
  (["B/s", "bytes_per_second", "Bytes/Second"], MeasuredUnit(.dataRate, 8)),
  (["KB/s", "kB/s", "Kilobytes/Second"], MeasuredUnit(.dataRate, 8000)),
  (["MB/s", "Megabytes/Second"], MeasuredUnit(.dataRate, 8_000_000)),
  (["GB/s", "Gigabytes/Second"], MeasuredUnit(.dataRate, 8_000_000_000)),
  (["TB/s", "Terabytes/Second"], MeasuredUnit(.dataRate, 8_000_000_000_000)),
  (["KiB/s"], MeasuredUnit(.dataRate, 8 << 10)),
  (["MiB/s"], MeasuredUnit(.dataRate, 8 << 20)),
  (["GiB/s"], MeasuredUnit(.dataRate, 8 << 30)),
  (["bit/s", "bits_per_second", "Bits/Second"], MeasuredUnit(.dataRate)),
  (["kbit/s", "kb/s", "Kb/s", "Kilobits/Second"], MeasuredUnit(.dataRate, 1000)),
  (["Mbit/s", "Mb/s", "mbps", "Megabits/Second"], MeasuredUnit(.dataRate, 1_000_000)),
  (["Gbit/s", "Gb/s", "gbps", "Gigabits/Second"], MeasuredUnit(.dataRate, 1_000_000_000)),
  (["Tbit/s", "Terabits/Second"], MeasuredUnit(.dataRate, 1_000_000_000_000)),
  (["/s", "per_second", "Count/Second"], MeasuredUnit(.frequency)),
  (["/min", "per_minute"], MeasuredUnit(.frequency, over: 60)),
  (["/h", "per_hour"], MeasuredUnit(.frequency, over: 3600)),
  (["count", "Count"], MeasuredUnit(.count)),
]

/// Endings of our names, each before those it ends in itself.
private let targetUnits: [(ending: String, unit: MeasuredUnit)] = [
  ("_percent_per_minute", MeasuredUnit(.growth)),
  ("_bytes_per_second", MeasuredUnit(.dataRate, 8)),
  ("_bits_per_second", MeasuredUnit(.dataRate)),
  ("_per_second", MeasuredUnit(.frequency)),
  ("_per_minute", MeasuredUnit(.frequency, over: 60)),
  ("_per_hour", MeasuredUnit(.frequency, over: 3600)),
  ("_percent", MeasuredUnit(.share)),
  ("_fraction", MeasuredUnit(.share, 100)),
  ("_ratio", MeasuredUnit(.share, 100)),
  ("_kbps", MeasuredUnit(.dataRate, 1000)),
  ("_mbps", MeasuredUnit(.dataRate, 1_000_000)),
  ("_gbps", MeasuredUnit(.dataRate, 1_000_000_000)),
  ("_us", MeasuredUnit(.time, over: 1_000_000)),
  ("_ms", MeasuredUnit(.time, over: 1000)),
  ("_seconds", MeasuredUnit(.time)),
  ("_minutes", MeasuredUnit(.time, 60)),
  ("_bytes", MeasuredUnit(.data, 8)),
  ("_kb", MeasuredUnit(.data, 8000)),
  ("_mb", MeasuredUnit(.data, 8_000_000)),
  ("_gb", MeasuredUnit(.data, 8_000_000_000)),
  ("_tb", MeasuredUnit(.data, 8_000_000_000_000)),
  ("_kib", MeasuredUnit(.data, 8 << 10)),
  ("_mib", MeasuredUnit(.data, 8 << 20)),
  ("_gib", MeasuredUnit(.data, 8 << 30)),
  ("_tib", MeasuredUnit(.data, 8 << 40)),
]

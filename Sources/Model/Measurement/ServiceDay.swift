/// What the instances of a service did together on a day (UTC), in slots of five minutes: all that a service's load is
/// made of, so that a month of it need not be made of samples again.
package struct ServiceDay: Hashable, Sendable {
  package static let stepSeconds: Int64 = 300
  package static let slots = 288
  /// Decimals of a sum.
  package static let decimals = 9
  /// What is summed of the instances, in the order in which it is kept.
  package static let metrics: [Metric] = [.cpuPercent, .cpuMaxPercent, .memoryPercent]

  /// A run of an instance, as far as it lies in the day.
  package struct Run: Hashable, Sendable {
    package var resource: String
    package var type: String
    package var period: Period

    package init(resource: String, type: String, period: Period) {
      self.resource = resource
      self.type = type
      self.period = period
    }
  }

  /// The samples of one metric of one run.
  package struct Extent: Hashable, Sendable {
    package var metric: Metric
    /// Place of the run in ``ServiceDay/runs``.
    package var run: Int
    /// The first sample's instant, and that of the last, or of the last slot that it stands for; in seconds since 1970.
    package var first, last: Int64

    package init(metric: Metric, run: Int, first: Int64, last: Int64) {
      self.metric = metric
      self.run = run
      self.first = first
      self.last = last
    }
  }

  /// One metric over all instances of a type. A sum is the value times 10^9, whatever the decimals of the samples and of
  /// their neighbours on other days; it holds 9 × 10⁹. Each instance counts once in a slot, however often it was measured.
  package struct Sums: Hashable, Sendable {
    package var metric: Metric
    package var type: String
    /// Those with a sample, ascending, with as many sums and numbers of instances that they are of.
    package var slots: [Int]
    package var sums: [Int64]
    package var samples: [Int64]

    package init(metric: Metric, type: String, slots: [Int], sums: [Int64], samples: [Int64]) {
      self.metric = metric
      self.type = type
      self.slots = slots
      self.sums = sums
      self.samples = samples
    }
  }

  /// In days since 1970-01-01.
  package var day: Int
  /// Those that touch the day, by resource and start: what the day was worked out from, beside the samples.
  package var runs: [Run]
  package var extents: [Extent]
  package var sums: [Sums]

  package init(day: Int, runs: [Run], extents: [Extent] = [], sums: [Sums] = []) {
    self.day = day
    self.runs = runs
    self.extents = extents
    self.sums = sums
  }

  /// From midnight to midnight.
  package var period: Period { Self.period(of: day) }

  package static func period(of day: Int) -> Period {
    let start = Instant(seconds: Int64(day) * 86_400)
    return Period(start: start, end: start.advanced(by: 86_400))
  }
}

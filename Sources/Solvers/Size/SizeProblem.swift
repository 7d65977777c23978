import Model

/// When a size is enough, and when too little was seen to say so.
package struct SizeRules: Hashable, Sendable {
  package var percentile = ScaledDecimal(mantissa: 995, scale: 1)
  package var cpuHeadroomPercent = ScaledDecimal(mantissa: 20, scale: 0)
  package var memoryHeadroomPercent = ScaledDecimal(mantissa: 20, scale: 0)
  package var minimumHours = ScaledDecimal(mantissa: 30, scale: 0)
  package var minimumCoveragePercent = ScaledDecimal(mantissa: 80, scale: 0)

  package init() {}
}

/// A fixed instance, what was measured of it, and what could be run instead.
package struct SizeProblem: Hashable, Sendable {
  package var intervalSeconds: Int
  /// Percent of the present type, an interval each; nil is an interval without a sample.
  package var cpuPercent: [ScaledDecimal?]
  /// The same; nil when memory is not measured.
  package var memoryPercent: [ScaledDecimal?]?
  /// The present type, which is one of the catalogue.
  package var current: String
  package var catalogue: [SizeOffer]
  package var rules = SizeRules()

  package init(
    intervalSeconds: Int, cpuPercent: [ScaledDecimal?], memoryPercent: [ScaledDecimal?]?, current: String,
    catalogue: [SizeOffer], rules: SizeRules = SizeRules()
  ) {
    self.intervalSeconds = intervalSeconds
    self.cpuPercent = cpuPercent
    self.memoryPercent = memoryPercent
    self.current = current
    self.catalogue = catalogue
    self.rules = rules
  }
}

extension SizeProblem {
  /// The offer of the present type.
  /// - Throws: ``ProblemFault`` for a number that is out of its range, a type that stands twice, and a present type that is not
  ///   in the catalogue.
  func checkedCurrent() throws(ProblemFault) -> SizeOffer {
    guard intervalSeconds > 0 else {
      throw ProblemFault(key: "interval_seconds", found: "\(intervalSeconds)", expected: "at least 1")
    }
    try rules.check()
    if let memoryPercent, memoryPercent.count != cpuPercent.count {
      throw ProblemFault(
        key: "memory_percent", found: "\(memoryPercent.count) intervals",
        expected: "\(cpuPercent.count), as cpu_percent")
    }
    var seen: Set<String> = []
    for offer in catalogue {
      guard seen.insert(offer.type).inserted else {
        throw ProblemFault(key: "catalogue", found: "\"\(offer.type)\" twice", expected: "each type once")
      }
      for (key, number) in [("vcpu", offer.vcpu), ("relative_performance", offer.relativePerformance)]
      where number.mantissa == 0 {
        throw ProblemFault(key: key, found: "0 for \"\(offer.type)\"", expected: "more than 0")
      }
    }
    guard let own = catalogue.first(where: { $0.type == current }) else {
      throw ProblemFault(key: "current", found: "\"\(current)\"", expected: "a type of the catalogue")
    }
    return own
  }
}

extension SizeRules {
  private static let hundred = ScaledDecimal(mantissa: 100, scale: 0)

  fileprivate func check() throws(ProblemFault) {
    for (key, percent) in [("percentile", percentile), ("minimum_coverage_percent", minimumCoveragePercent)]
    where Self.hundred.isLess(than: percent) {
      throw ProblemFault(key: key, found: percent.description, expected: "at most 100")
    }
    // A fraction is meant in percent, and a size for the least of all samples never is.
    let one = ScaledDecimal(mantissa: 1, scale: 0)
    if percentile.mantissa > 0, !one.isLess(than: percentile) {
      throw ProblemFault(
        key: "percentile", found: percentile.description, expected: "a percentile in percent above 1, such as 99.5")
    }
    let headrooms = [("cpu_headroom_percent", cpuHeadroomPercent), ("memory_headroom_percent", memoryHeadroomPercent)]
    for (key, percent) in headrooms where !percent.isLess(than: Self.hundred) || percent.scale > 16 {
      throw ProblemFault(key: key, found: percent.description, expected: "less than 100, with at most 16 decimals")
    }
  }
}

/// What an instance of a service needs of one dimension, and how that was worked out.
package struct DimensionNeed: Hashable, Sendable {
  package let dimension: SizeDimension
  /// The percentile of what was used, in the dimension's unit; nil without a sample.
  package let used: Double?
  package let percentile: ScaledDecimal
  /// What stays free of what is offered.
  package let headroomPercent: Int
  /// The most that was used, which must fit without headroom, of what cannot be throttled; nil for other dimensions.
  package let peak: Peak?
  /// With headroom, in the dimension's unit: used / (1 - headroom), or what the peak needs if that is more; nil when it is
  /// not measured well enough.
  package private(set) var amount: Double?
  /// Why it is not known; nil when it is.
  package let shortfall: CoverageShortfall?
  package let coverage: Coverage
  /// True for what is measured of the service as a whole and taken to be one node's.
  package let isOfWholeService: Bool
  /// True where what was used was all that there was: what is needed is that at least.
  package let isAtLeast: Bool

  /// The highest sample of what cannot be throttled.
  package struct Peak: Hashable, Sendable {
    /// In the dimension's unit.
    package var used: Double
    /// What must be offered for it, without headroom.
    package var amount: Double

    package init(_ used: Double, needing amount: Double) {
      self.used = used
      self.amount = amount
    }
  }

  /// - Parameters:
  ///   - used: nil without a sample.
  ///   - shortfall: why the samples do not carry a judgement; nil when they do.
  package init(
    _ dimension: SizeDimension, used: Double?, headroomPercent: Int, shortfall: CoverageShortfall?, coverage: Coverage,
    percentile: ScaledDecimal, peak: Peak? = nil, isOfWholeService: Bool = false, isAtLeast: Bool = false
  ) {
    self.isAtLeast = isAtLeast
    self.peak = peak
    self.dimension = dimension
    self.used = used
    self.percentile = percentile
    self.headroomPercent = headroomPercent
    self.shortfall = shortfall ?? (used == nil ? CoverageShortfall(dimension, .unmeasured) : nil)
    self.coverage = coverage
    self.isOfWholeService = isOfWholeService
    amount =
      self.shortfall == nil ? used.map { max($0 / (1 - Double(headroomPercent) / 100), peak?.amount ?? 0) } : nil
  }

  /// What must be there for so many times the demand: what was used of it without headroom, which is there for growth, and
  /// no less than for the demand that was measured. Source: AWS Compute Optimizer user guide, "CPU and memory utilization
  /// headroom": additional capacity for future increases in usage.
  package func carrying(_ growth: Double) -> DimensionNeed {
    var copy = self
    copy.amount = amount.map { max($0, max(used ?? 0, peak?.amount ?? 0) * growth) }
    return copy
  }

  /// The same need of more demand, or of less.
  package func scaled(by factor: Double) -> DimensionNeed {
    var copy = self
    copy.amount = amount.map { $0 * factor }
    return copy
  }
}

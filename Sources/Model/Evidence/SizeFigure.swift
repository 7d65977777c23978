/// A figure behind a verdict on a size.
package enum SizeFigure: Hashable, Sendable {
  case cpuSamples(CPUSamples)
  /// Samples of CPU that were all that there was.
  case saturated(SaturatedSamples)
  /// The growth that a size must carry, and what of what runs it outgrows.
  case growth(SizeGrowth, outgrown: [SizeShortfall])
  /// Samples count half for every so many days.
  case halfLife(days: Int)
  case need(DimensionNeed)
  /// How often the use of CPU reached into the headroom of what ran.
  case cpuInHeadroom(PerformanceRisk)
  /// Of an instance, on average.
  case meanCPU(vcpu: Double)
  /// What is judged where it is measured, and is not.
  case unmeasured([SizeDimension])
  case storage(StorageOutlook)
  /// How often what ran would not have carried the load without a zone; nil where it ran in one.
  case zoneLoss(PerformanceRisk?)
  case candidate(CandidateFigure)
  /// Types of the list that could not be looked at, for want of a price or specification.
  case unpriced([String])
  /// So many types and counts were looked at, of which not all are shown.
  case lookedAt(Int)
}

/// What the samples of CPU are.
package enum CPUSamples: Hashable, Sendable {
  /// The highest minute of each interval of so many seconds.
  case peaks(stepSeconds: Int64)
  /// The mean of each interval of so many seconds.
  case means(stepSeconds: Int64)
  /// The same, of intervals so long that they hide peaks and lower the confidence.
  case coarseMeans(stepSeconds: Int64)
}

/// A way to run a service that was held against what it needs.
package struct CandidateFigure: Hashable, Sendable {
  package enum Trial: Hashable, Sendable {
    case nodes(NodeTrial)
    case replay(ReplayTrial)
  }

  package var size: CountedType
  /// False for a type of the price book that may not be proposed.
  package var isPermitted: Bool
  /// On demand, in USD.
  package var hourly: Money
  /// What it is too small in; empty when it fits.
  package var shortfalls: [SizeShortfall]
  /// nil for what could not have started.
  package var trial: Trial?
  package var migration: Migration
  /// What one of its vCPUs does, beside one of the type that runs; nil where that is not measured.
  package var performance: RelativePerformance?
  /// nil for types that do not burst.
  package var breakEven: BurstBreakEven?

  package init(
    _ size: CountedType, isPermitted: Bool, hourly: Money, shortfalls: [SizeShortfall], trial: Trial?,
    _ migration: Migration, performance: RelativePerformance?, breakEven: BurstBreakEven?
  ) {
    self.size = size
    self.isPermitted = isPermitted
    self.hourly = hourly
    self.shortfalls = shortfalls
    self.trial = trial
    self.migration = migration
    self.performance = performance
    self.breakEven = breakEven
  }
}

/// Nodes of a type beside what each node used.
package struct NodeTrial: Hashable, Sendable {
  /// False where memory is not measured well enough to say that it fits.
  package var isMemoryKnown: Bool
  package var cpu: CPUFit
  /// Where a risk is set: what it is expected to lose in percent of what is paid now, and the share of the time in which
  /// its vCPUs are expected to be too few.
  package var expected: Expectation?
  /// How often what was used would have been more than it has.
  package var risk: PerformanceRisk
  /// Surplus credits in the period, at list prices in USD.
  package var surplus: Money
  /// GiB that are left for data where memory is reserved, rounded down; nil where none is.
  package var data: DataMemory?

  /// Whether its vCPUs are enough.
  package enum CPUFit: Hashable, Sendable {
    /// They keep the line of the percentile; where a risk is set, they are short no more often than that lets pass.
    case fits
    /// A risk is set, and they are expected to be short more often.
    case short
    /// What is needed was not measured, or is more than all that there was.
    case unknown
  }

  package struct Expectation: Hashable, Sendable {
    package var lossPercent, shortShare: Double
    package init(lossPercent: Double, shortShare: Double) {
      self.lossPercent = lossPercent
      self.shortShare = shortShare
    }
  }

  package struct DataMemory: Hashable, Sendable {
    package var gib: ScaledDecimal
    package var reservedPercent: Int
    package init(gib: ScaledDecimal, reservedPercent: Int) {
      self.gib = gib
      self.reservedPercent = reservedPercent
    }
  }

  package init(
    isMemoryKnown: Bool, cpu: CPUFit = .fits, expected: Expectation?, risk: PerformanceRisk, surplus: Money,
    data: DataMemory?
  ) {
    self.isMemoryKnown = isMemoryKnown
    self.cpu = cpu
    self.expected = expected
    self.risk = risk
    self.surplus = surplus
    self.data = data
  }
}

/// Instances of a type, replayed as an autoscaler follows the load.
package struct ReplayTrial: Hashable, Sendable {
  package var cost: ReplayedCost
  package var binding: CountBinding
  /// How often the count would have changed.
  package var changes: Int
  /// How often it would have been too small even without headroom.
  package var risk: PerformanceRisk
  /// False where what was used of CPU is all that there was, so that it may have been too small more often.
  package var isCPUKnown: Bool
  /// Of the cost, surplus credits.
  package var surplus: Money
  /// The fleet file's maximum, where what runs goes beyond it; nil where it does not.
  package var exceededMaximum: Int?
  /// What it is expected to lose in percent of what runs, replayed alike; nil where sizes are not chosen by that.
  package var lossPercent: Double?

  package init(
    _ cost: ReplayedCost, for binding: CountBinding, changes: Int, risk: PerformanceRisk, surplus: Money,
    exceededMaximum: Int?, lossPercent: Double? = nil, isCPUKnown: Bool = true
  ) {
    self.isCPUKnown = isCPUKnown
    self.lossPercent = lossPercent
    self.cost = cost
    self.binding = binding
    self.changes = changes
    self.risk = risk
    self.surplus = surplus
    self.exceededMaximum = exceededMaximum
  }
}

/// Up to which mean use a burstable type with surplus credits costs less than one of fixed performance.
package struct BurstBreakEven: Hashable, Sendable {
  /// The cheapest fixed type of as many vCPUs that is dearer by the hour.
  package var fixedType: String
  /// Mean use of all vCPUs, in tenths of a percent; 1,000 and more for any use.
  package var permille: Int

  package init(fixedType: String, permille: Int) {
    self.fixedType = fixedType
    self.permille = permille
  }
}

/// Why a size is moved to, kept, or not judged.
package enum SizeReason: Hashable, Sendable {
  /// What runs is moved to something else.
  case move(SizeMove)
  /// No type that may be proposed carries the need, the one that runs for these reasons.
  case nothingCarries(CandidateRange, [SizeShortfall])
  /// There is no other type to choose: none beside what runs on the service's list, or without one none in the price book
  /// that may stand in its place.
  case nothingElseListed, nothingElsePriced
  /// The others have no price or specification in the price book.
  case unpriced([String])
  /// The next smaller one, or the next best, would not carry what the service did.
  case tooSmall(CountedType, [SizeShortfall])
  /// All others that carry it cost as much or more.
  case nothingCheaper
  /// The next is cheaper by less than the percentage that the effort of moving there counts for.
  case effort(to: CountedType, Migration, percent: Int)
  /// The next has a greater expected loss.
  case expectedLoss(SizeLoss, beside: SizeLoss)
  /// The next would cost more, replayed as an autoscaler follows the load.
  case replay(ReplayedCost, beside: ReplayedCost)
  /// A better one is passed over, and there is none beside it.
  case doubt(SizeDoubt)
  /// One of these, where what was needed of CPU is not known.
  indirect case saturated(SaturatedSamples, SizeReason)
}

/// A service moved from what runs to something else.
package struct SizeMove: Hashable, Sendable {
  package var from, to: CountedType
  package var migration: Migration
  package var gain: SizeGain
  /// What would be better still and may not be taken; nil where nothing is.
  package var passedOver: SizeDoubt?
  /// How long its memory would have been short, where its owner asks for a percentile of it; nil for never.
  package var memoryShort: PerformanceRisk?
  /// The growth that it carries; nil where none is expected.
  package var growth: SizeGrowth?
  /// What of the samples of CPU does not say how much was needed; nil where all do.
  package var saturated: SaturatedSamples?

  package init(
    from: CountedType, to: CountedType, _ migration: Migration, gain: SizeGain, passedOver: SizeDoubt? = nil,
    memoryShort: PerformanceRisk? = nil, growth: SizeGrowth? = nil, saturated: SaturatedSamples? = nil
  ) {
    self.growth = growth
    self.saturated = saturated
    self.memoryShort = memoryShort
    self.from = from
    self.to = to
    self.migration = migration
    self.gain = gain
    self.passedOver = passedOver
  }
}

/// Why a size is better than what runs.
package enum SizeGain: Hashable, Sendable {
  /// It is the cheapest that offers what an instance needs.
  case fits(InstanceNeed, counting: CountedVcpus?)
  /// Of those that fit it has the least expected loss at a risk: short of vCPUs in a share of the time, where it is dearer
  /// in place of a greater share. The memory is what an instance needs, with the growth that it carries too where that asks
  /// for more; nil where it is not known.
  case leastLoss(
    CapacityRisk, shortShare: Double, insteadOf: Double? = nil, memoryGiB: Double?, memoryAheadGiB: Double? = nil)
  /// Replayed as an autoscaler follows the load it is cheaper than what runs.
  case replay(ReplayedCost, beside: ReplayedCost)
  /// It carries the load, which what runs does not.
  case carries(ReplayedCost, failing: CountedType, [SizeShortfall])
}

/// What an instance of a service needs, with headroom.
package struct InstanceNeed: Hashable, Sendable {
  /// nil when CPU is not measured.
  package var vcpu: Double?
  /// nil when memory is not measured well enough.
  package var memoryGiB: Double?
  package var percentile: ScaledDecimal
  /// The same of the demand that is expected while the size stays; nil where none is expected to rise.
  package var ahead: Ahead?

  /// What is needed of more demand; nil for what is not known.
  package struct Ahead: Hashable, Sendable {
    package var vcpu, memoryGiB: Double?
    package init(vcpu: Double?, memoryGiB: Double?) { (self.vcpu, self.memoryGiB) = (vcpu, memoryGiB) }
  }

  package init(vcpu: Double?, memoryGiB: Double?, percentile: ScaledDecimal) {
    self.vcpu = vcpu
    self.memoryGiB = memoryGiB
    self.percentile = percentile
  }
}

/// vCPUs that count as so many of those that were measured.
package struct CountedVcpus: Hashable, Sendable {
  package var vcpus: Int
  package var counted: Double

  package init(_ vcpus: Int, as counted: Double) {
    self.vcpus = vcpus
    self.counted = counted
  }
}

/// What a size is expected to lose.
package struct SizeLoss: Hashable, Sendable {
  package var size: CountedType
  /// In percent of what is paid now.
  package var percent: Double

  package init(_ size: CountedType, percent: Double) {
    self.size = size
    self.percent = percent
  }
}

/// What instances of a type would have cost, replayed as an autoscaler follows the load.
package struct ReplayedCost: Hashable, Sendable {
  package var instances: CountedType
  /// On demand, in USD, surplus credits included.
  package var cost: Money
  /// Days that were replayed, where they are not the month's; nil for the month.
  package var days: Int?
  /// True where the newer intervals count more, all together as many as there are.
  package var isWeighed: Bool

  package init(_ instances: CountedType, cost: Money, days: Int?, isWeighed: Bool = false) {
    self.instances = instances
    self.cost = cost
    self.days = days
    self.isWeighed = isWeighed
  }
}

/// Why a better size may not be put in place of what runs: it has less of what is not measured well enough.
package struct SizeDoubt: Hashable, Sendable {
  package enum Less: Hashable, Sendable {
    /// Each instance has less memory.
    case each(gib: Double, ownGiB: Double)
    /// Each instance has fewer vCPUs, counted as those of what runs, or earns credits for fewer.
    case vcpus(Double, own: Double)
    /// All instances together have less.
    case together(CountedType, own: CountedType)
  }

  package var size: CountedType
  package var unknown: CoverageShortfall
  package var less: Less

  package init(_ size: CountedType, unknown: CoverageShortfall, less: Less) {
    self.size = size
    self.unknown = unknown
    self.less = less
  }
}

/// What it takes to move to a type, and of which architecture that is.
package struct Migration: Hashable, Sendable {
  package var effort: MigrationEffort
  /// `arm64`; nil where the price book does not say.
  package var architecture: String?

  package init(_ effort: MigrationEffort, architecture: String? = nil) {
    self.effort = effort
    self.architecture = architecture
  }
}

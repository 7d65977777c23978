/// A figure that a reader recomputes from how much of a service may be spot, at what cost and risk. Rates are in USD.
package enum SpotFigure: Hashable, Sendable {
  /// Spot is not offered.
  case refused(SpotReason)
  /// What each type is charged, the cheapest first.
  case prices([SpotTypePrice])
  case interruptionRates([SpotInterruptionRate])
  case cost(SpotCost)
  case pools([SpotTypePools])
  case floor(SpotFloorRule)
  case leftOut([SpotLeftOut])
  /// nil where no slot has an instance to spare.
  case use(SpotUse?)
  /// What makes so many spot, and in how many slots the loss of the largest pool would leave too few.
  case policy(SpotPolicy, brokenSlots: Int)
  /// The most interruptions of instances that are expected in these instance-hours.
  case interruptions(Double)
  /// The greatest probability, from 0 to 1, that a pool is lost within a month.
  case poolLoss(Double)
  case worstLoss(SpotLoss)
}

/// What an hour of a type is charged as spot, and how that is known.
package struct SpotTypePrice: Hashable, Sendable {
  package enum Basis: Hashable, Sendable {
    /// The mean of the zones' price history up to a moment.
    case history(PriceNote.SpotSpan, to: Instant)
    /// On demand less the saving that the provider saw on average, by its estimate of a day.
    case estimate(onDemand: Money, percentBelow: Int, from: Instant)
  }
  package var type: String
  package var hourly: Money
  package var basis: Basis

  package init(_ type: String, _ hourly: Money, _ basis: Basis) {
    self.type = type
    self.hourly = hourly
    self.basis = basis
  }
}

/// How many instances of a type are taken back in a month.
package struct SpotInterruptionRate: Hashable, Sendable {
  package var type: String
  /// The provider's bucket, `<5%`; nil where it has none, which is taken as every one.
  package var bucket: String?

  package init(_ type: String, _ bucket: String?) {
    self.type = type
    self.bucket = bucket
  }
}

/// What an hour of needed capacity is expected to cost as spot, part by part, each exact to the nano-dollar.
package struct SpotRate: Hashable, Sendable {
  /// What is charged, the mean over the pools.
  package let price: Money
  /// Work done again after interruptions.
  package let rework: Money
  /// Capacity on demand until an interrupted instance is replaced.
  package let fallback: Money

  package init(price: Money, rework: Money, fallback: Money) {
    self.price = price
    self.rework = rework
    self.fallback = fallback
  }

  package var hourly: Money { price + rework + fallback }
}

/// What a rate follows from, and what it stands beside.
package struct SpotCost: Hashable, Sendable {
  package var rate: SpotRate
  /// Work done again, as a percentage of the price.
  package var reworkPercent: Int
  /// From an interruption until another instance serves.
  package var replacement: TimeSpan
  package var onDemand: Money

  package init(_ rate: SpotRate, reworkPercent: Int, replacement: TimeSpan, onDemand: Money) {
    self.rate = rate
    self.reworkPercent = reworkPercent
    self.replacement = replacement
    self.onDemand = onDemand
  }
}

/// The pools of a type: one in each zone.
package struct SpotTypePools: Hashable, Sendable {
  package var type: String
  /// An empty name is a zone that is not known.
  package var zones: [String]

  package init(_ type: String, _ zones: [String]) {
    self.type = type
    self.zones = zones
  }
}

/// What must be left when the largest pool is lost, and what is never spot.
package struct SpotFloorRule: Hashable, Sendable {
  package var limits: [SpotLimit]
  /// Instances that are never spot.
  package var minimum: Int
  /// The most of what runs that may be spot.
  package var maximumPercent: Int
  /// What has a limit and is not measured.
  package var unmeasured: [SpotDimension]

  package init(limits: [SpotLimit], minimum: Int, maximumPercent: Int, unmeasured: [SpotDimension]) {
    self.limits = limits
    self.minimum = minimum
    self.maximumPercent = maximumPercent
    self.unmeasured = unmeasured
  }
}

/// What an instance carries that a loss of others may bring to its limit.
package enum SpotDimension: Hashable, Sendable {
  case cpu, memory
  /// A rate, a count or a share of a limit for each instance.
  case metric(Metric)
}

/// The most that instances which are left may carry of a dimension.
package enum SpotLimit: Hashable, Sendable {
  /// Percent of the instance.
  case share(SpotDimension, percent: Double)
  /// An amount for each instance.
  case amount(SpotDimension, Double)
  /// Percent of an amount that each instance brings.
  case shareOfAmount(SpotDimension, percent: Double, Double)
  /// Work may wait: the queue must be as short again within a time.
  case queue(within: TimeSpan)
}

/// How much of what runs is spot.
package struct SpotUse: Hashable, Sendable {
  package var spotSeconds: Int64
  /// Instance-seconds of all that runs.
  package var allSeconds: Int64
  /// The most spot instances at once.
  package var most: Int
  /// Slots of which nobody measured what ran in them.
  package var unmeasuredSlots: Int

  package init(spotSeconds: Int64, allSeconds: Int64, most: Int, unmeasuredSlots: Int) {
    self.spotSeconds = spotSeconds
    self.allSeconds = allSeconds
    self.most = most
    self.unmeasuredSlots = unmeasuredSlots
  }

  package var spotHours: Int { Int(spotSeconds / 3600) }
  package var allHours: Int { Int(allSeconds / 3600) }
}

/// The most that is lost at once, and what then comes nearest to its limit.
package struct SpotLoss: Hashable, Sendable {
  package enum Effect: Hashable, Sendable {
    /// What each instance then carries of a dimension, and from where on that is critical: percent of the instance for CPU
    /// and memory, else an amount an instance.
    case load(SpotDimension, reaches: Double, critical: Double)
    /// Whole seconds until the queue is as short again, nil for never.
    case queue(recoversAfter: Int?, deadline: TimeSpan)
  }
  package var instances: Int
  /// nil where nothing was measured in these slots.
  package var nearest: Effect?

  package init(_ instances: Int, _ nearest: Effect?) {
    self.instances = instances
    self.nearest = nearest
  }
}

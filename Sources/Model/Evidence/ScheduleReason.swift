/// Why actions by the clock are proposed, or not.
package enum ScheduleReason: Hashable, Sendable {
  /// On the part of the record that they were not learned on nobody would have missed what they take away.
  case held(Coverage)
  /// Before a load that is known to come, enough would have run: how long too few did without and with the actions.
  case ramp(before: Int64, after: Int64)
  /// Tried with every margin, they left too few for so long, at the best.
  case notHeld(seconds: Int64)
  /// No hour of the week ran more than it needed in every week.
  case nothingSpare
  /// What scales it adds and removes instances itself, and no load comes too fast for it at a known time.
  case followsLoad
  /// In so many weeks nobody used it while it is to be stopped; what of it is paid for all the same, in words of the
  /// bill.
  case unused(weeks: Int, stillPaid: [String])
  /// There is no time of the week at which nobody used it in every week, of two hours or more.
  case neverUnused
  /// So many weeks were measured, of those that it takes to learn on some and judge on the last.
  case tooFewWeeks(Int, required: Int)
  /// It scales vertically, and its instances hold data.
  case holdsData
  /// Each of its instances is judged by itself, and no other does its work.
  case single
  /// Too little is known of what fewer instances would each carry more of.
  case shortfall(CoverageShortfall)
}

/// A figure behind actions by the clock.
package enum ScheduleFigure: Hashable, Sendable {
  /// A time of the week requires what any of its intervals needed in any week, days left out that were like no other.
  case requirement(marginPercent: Int)
  /// What the count follows most often.
  case binding(CountBinding)
  /// How much one instance carries beyond what it has without load.
  case carries([CapacityDimension])
  /// Nobody uses a machine whose busiest minutes are below so many percent of its CPU, and on which as many megabits
  /// a second go at most in and out; nil where its traffic is not measured.
  case unusedBelow(cpuPercent: Int, networkMbps: Int?)
  /// What was learned on.
  case learned(Period)
  /// What was judged on, by actions that were learned on what came before it.
  case judged(Period, learned: Period)
  /// Days that were like no other, and are neither evidence nor judged by.
  case oneOff([CivilDate])
  /// Days that the fleet file names, and that are neither either.
  case events([String])
  /// What each instance has without load, and the share of the variance that the line explains which says so; nil
  /// where the least that was ever seen is taken for it.
  case idle(SizeDimension, each: Double, explained: Double?)
  /// What some actions would have come to in the part that is judged.
  case trial(ScheduleTrial)
}

/// What the actions of one schedule would have come to.
package struct ScheduleTrial: Hashable, Sendable {
  /// Whose actions they are.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// What ran stays.
    case none
    /// Those of the fleet file.
    case own
    /// Those that are advised.
    case advised
  }

  package var kind: Kind
  /// How many recur.
  package var actions: Int
  package var instanceSeconds: Int64
  /// What the bill of the part is lower by than it was, commitments paid; negative where it is higher.
  package var saving: Money
  /// How long too few served for what was needed, and how much of that on days that were like no other.
  package var shortSeconds, oneOffSeconds: Int64
  /// How long a critical condition held.
  package var criticalSeconds: Int64
  /// How often a queue grew beyond its scaling threshold; nil where there is no queue.
  package var queueCrossings: Int?

  package init(
    _ kind: Kind, actions: Int, instanceSeconds: Int64, saving: Money, shortSeconds: Int64, oneOffSeconds: Int64,
    criticalSeconds: Int64, queueCrossings: Int?
  ) {
    self.kind = kind
    self.actions = actions
    self.instanceSeconds = instanceSeconds
    self.saving = saving
    self.shortSeconds = shortSeconds
    self.oneOffSeconds = oneOffSeconds
    self.criticalSeconds = criticalSeconds
    self.queueCrossings = queueCrossings
  }
}

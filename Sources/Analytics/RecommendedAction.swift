import Advice
import Analysis
import Model

/// A recommendation as somebody acts on it: when, for what saving, with what work, risk and signature.
package struct RecommendedAction: Hashable, Sendable {
  /// When it is made.
  package enum Timing: Hashable, Sendable {
    case now
    /// When so many days have shown that what is done before it on its service holds: size before commitment.
    case afterWatch(days: Int)

    /// Days until it is made.
    package var watchDays: Int { if case .afterWatch(let days) = self { days } else { 0 } }
  }

  /// What a commitment holds on to although something cheaper is known.
  package struct LockIn: Hashable, Sendable {
    package var alternative: SizeAlternative
    /// What of the commitment's cost a month of ``hoursAMonth`` the alternative would save, at the ratio of their
    /// on-demand costs, in the bill's currency.
    package var monthly: Money
  }

  package var verdict: Verdict
  package var timing: Timing
  /// What it saves a month of ``hoursAMonth`` of the coming term, in the bill's currency: of purchases the mean of the
  /// futures, of others the reviewed month's saving by its hours.
  package var savingAhead: Money
  /// Its last day is that of a term which begins when it is made; nil where nothing is signed.
  package var signed: SignedCommitment?
  package var effort: ChangeEffort
  package var risk: ChangeRisk
  package var lockIns: [LockIn]
}

/// Days of watching before a commitment follows a change of size, as many as right-sizing wants measured.
package let watchDays = defaultMinimumHoursWithinDays

extension RecommendedAction {
  /// - Parameters:
  ///   - expectedSaving: what a purchase is expected to save a month; nil for what is no purchase.
  ///   - unsignedSaving: what of the month's saving comes of changes that nothing is signed for.
  ///   - plan: what runs before it.
  ///   - sizes: what right-sizing said of its services; none for what comes before that.
  /// - Throws: ``DataError`` for a price or a type that is missing.
  init(
    _ verdict: Verdict, expectedSaving: Money?, unsignedSaving: Money, on plan: FleetPlan, sizes: [Verdict],
    _ context: AdviceContext
  ) throws(DataError) {
    self.verdict = verdict
    var (effort, risk) = (ChangeEffort.purchase, ChangeRisk(.low, .reversible))
    var signed: SignedCommitment?
    var share = 1.0
    for change in verdict.changes {
      let terms = try change.change.terms(on: plan, context)
      effort = max(effort, terms.effort)
      if terms.risk.level >= risk.level { risk = terms.risk }
      signed = terms.signed.map { one in signed.map { $0 + one } ?? one } ?? signed
      share = min(share, terms.activeShare)
    }
    if verdict.confidence == .low { risk.level = max(risk.level, .medium) }
    timing =
      signed != nil && sizes.contains { $0.outcome == .recommended } ? .afterWatch(days: watchDays) : .now
    signed?.lastDay.day += timing.watchDays
    (self.effort, self.risk, self.signed) = (effort, risk, signed)
    savingAhead =
      (expectedSaving ?? .zero) + (verdict.termSaving ?? unsignedSaving.aMonth(of: context.period, share: share))
    lockIns = []
    let currency = try context.engine.currency(over: context.period)
    for (size, share) in zip(sizes, plan.shares(of: sizes, context)) {
      for alternative in size.alternatives {
        guard var lockIn = LockIn(of: alternative, by: signed, share: share, in: context.cloud) else { continue }
        let kind = context.fleet.kind(alternative.insteadOf, of: size.services[0], in: nil)
        lockIn.monthly = try context.engine.billed(lockIn.monthly, context.cloud.priceService(of: kind), in: currency)
        lockIns.append(lockIn)
      }
    }
  }
}

extension FleetPlan {
  /// What part of what runs of several services each runs, by normalised units: what a purchase for all of them is for.
  fileprivate func shares(of sizes: [Verdict], _ context: AdviceContext) -> [(Int128, of: Int128)] {
    let units = sizes.map { size in
      runs(of: size.services[0]).reduce(Int128(0)) { sum, run in
        let seconds = Int128(run.overlap(with: context.period)?.seconds ?? 0)
        return sum + seconds * context.cloud.normalisedUnits(of: context.engine.kind(run))
      }
    }
    let all = max(1, units.reduce(0, +))
    return units.map { ($0, of: all) }
  }
}

extension RecommendedAction.LockIn {
  /// nil where the commitment pays for the alternative too.
  /// - Parameter share: what part of the commitment is for the service of the alternative.
  fileprivate init?(
    of alternative: SizeAlternative, by signed: SignedCommitment?, share: (Int128, of: Int128), in cloud: any TypeNames
  ) {
    guard let signed, let family = signed.family, family == cloud.family(of: alternative.insteadOf),
      family != cloud.family(of: alternative.type), alternative.monthly > .zero
    else { return nil }
    let monthly = signed.effectiveHourly.charge(for: Int128(hoursAMonth), per: 1).charge(for: share.0, per: share.of)
    self.alternative = alternative
    self.monthly = monthly.charge(
      for: Int128(alternative.saving.nanoDollars), per: Int128(alternative.monthly.nanoDollars))
    guard self.monthly > .zero else { return nil }
  }
}

extension Money {
  /// An amount of a share of a period, as it would be in a month of ``hoursAMonth``; rounded half-even.
  fileprivate func aMonth(of period: Period, share: Double) -> Money {
    let seconds = wholeNumber((Double(period.seconds) * share).rounded()) as Int128
    return charge(for: Int128(hoursAMonth) * 3600, per: max(1, seconds))
  }
}

extension Study {
  /// What of a recommendation's saving in the month comes of the changes that nothing is signed for; they come last.
  /// - Parameters:
  ///   - before: the bill without it.
  ///   - after: the bill with all of its changes.
  func unsignedSaving(_ verdict: Verdict, before: BillParts, after: BillParts) throws(DataError) -> Money {
    var bought = before.plan
    var signed = 0
    for change in verdict.changes where try change.change.terms(on: before.plan, context).signed != nil {
      _ = try change.change.apply(to: &bought, context)
      signed += 1
    }
    guard signed > 0 else { return verdict.saving }
    guard signed < verdict.changes.count else { return .zero }
    return try context.engine.parts(of: bought, from: before).total - after.total
  }
}

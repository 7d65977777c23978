import Analysis
import Model

/// Rules and policies with other numbers, where something scales a service.
///
/// Each verdict takes seconds of replaying: it is asked for, and is in a review only where that is.
package struct ScalingTuner: ServiceAdviser {
  package let step = AdviceStep.tune
  package init() {}

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError) -> Proposal {
    let evidence = Evidence(period: context.period, coverage: Coverage(seen: 0, expected: 0), figures: [])
    guard service.approach == .group else {
      return Proposal(
        verdict(.kept, service, .noChange, because: .tuning(.doesNotScale(service.approach)), evidence))
    }
    switch try TuningParts.parts(of: service, in: plan, context) {
    case .failure(let refusal):
      return Proposal(verdict(.refused, service, .notJudged, because: refusal.reason, evidence))
    case .success(let parts): return try proposal(service, parts, evidence, context)
    }
  }

  private func proposal(
    _ service: Service, _ parts: TuningParts, _ start: Evidence, _ context: AdviceContext
  ) throws(DataError) -> Proposal {
    var evidence = start
    evidence.coverage = parts.judged.coverage
    guard parts.learned.simulation.hasScaling else {
      return Proposal(verdict(.kept, service, .noChange, because: .tuning(.noPolicies), evidence))
    }
    let tuning = try ScalingTuning(
      learning: parts.learned, judging: parts.judged, ScalingTuning.Question(monthSeconds: context.period.seconds))
    evidence.figures = tuning.figures.map { .tuning($0) }
    guard tuning.outcome == .holds, let change = tuning.change else {
      return Proposal(verdict(.kept, service, .noChange, because: .tuning(tuning.reason), evidence))
    }
    // A month that is not all measured, or none that comes before it, is less to go by.
    let confidence: Confidence = parts.isWithinMonth ? .low : .medium
    return Proposal(
      verdict(.recommended, service, .change, because: .tuning(tuning.reason), evidence, confidence),
      changes: [Change(change)])
  }
}

extension TuningRefusal {
  fileprivate var reason: VerdictReason {
    switch self {
    case .notReplayed(.nothingRan): .nothingRan
    case .notReplayed(.unspecified(let type)): .unpriced([.specification(type)])
    case .notReplayed(.nothingMeasured): .tuning(.nothingMeasured)
    case .notReplayed(.doesNotScale(let approach)): .tuning(.doesNotScale(approach))
    case .tooFewDays(let days, let required): .tuning(.tooFewDays(days, required: required))
    case .shortfall(let coverage, let percent): .tuning(.shortfall(coverage, requiredPercent: percent))
    }
  }
}

extension ScalingTuning {
  /// Why it is advised, or not.
  package var reason: TuningReason {
    let (critical, most) = (found?.judged.criticalSeconds ?? 0, judgedBudget.criticalSeconds)
    return switch outcome {
    case .holds: .held(criticalSeconds: critical, most: most)
    case .nothingCheaper: .nothingCheaper
    case .noneWithin: .noneWithin(seconds: learnedBudget.criticalSeconds)
    case .critical: .critical(seconds: critical, most: most)
    case .unserved: .unserved
    case .dearer: .dearer
    }
  }

  fileprivate var figures: [TuningFigure] {
    let options = present + usual + (found.map { [$0] } ?? [])
    let trials = [true, false].flatMap { isLearned in options.map { $0.trial(isLearned: isLearned) } }
    return [.learned(learned), .judged(judged), .tried(self.trials)] + trials.map { .trial($0) }
  }
}

extension ScalingTuning.Option {
  fileprivate func trial(isLearned: Bool) -> TuningTrial {
    let result = isLearned ? learned : judged
    let kind: TuningTrial.Kind =
      switch self.kind {
      case .asRun: .asRun
      case .present: .configured
      case .usual(let percent): .usual(percent: percent)
      case .found: .tuned
      }
    return TuningTrial(
      kind, isLearned: isLearned, instanceSeconds: result.figures.instanceSeconds,
      saving: result.cost.map { .zero - $0 }, criticalSeconds: result.criticalSeconds, events: result.figures.events)
  }
}

// The cheapest change that leaves no more than so much critical time. Services are short or not each by itself, so each has a
// list of what may be done to it (a higher minimum, a larger type of its list), with the critical time that stays; one of each
// list is chosen. Choices are weighed by what each costs alone, worse ones dropped as services are added; the cheapest few
// are billed together, because what is held may serve only some of them.

import Advice
import Analysis
import Model

extension GoalSeeker {
  /// One thing that may be done to a service; nothing where it has no change.
  private struct Choice: Sendable {
    var change: Change?
    var criticalSeconds: Int64
    var difference: Money
  }

  /// One choice for each of some services.
  private struct Combination {
    var changes: [Change] = []
    var criticalSeconds: Int64 = 0
    var difference = Money.zero
  }

  /// How many more than ran are tried as a minimum.
  private static let mostMore = 24
  /// How many of the cheapest combinations are billed.
  private static let billed = 24

  func change(within limit: Int64) throws(DataError) -> GoalAnswer.FoundChange {
    let made = try study.played(base)
    let start = try study.context.engine.parts(of: made.plan, from: before.parts)
    let services = study.fleet.services.filter { !$0.thresholds.isEmpty }
    let lists = try services.concurrentMap { service throws(DataError) in
      try choices(for: service, on: made.plan, start)
    }
    var combinations = [Combination()]
    for list in lists where !list.isEmpty {
      combinations = Self.best(
        combinations.flatMap { own in
          list.map { choice in
            Combination(
              changes: own.changes + (choice.change.map { [$0] } ?? []),
              criticalSeconds: own.criticalSeconds + choice.criticalSeconds,
              difference: own.difference + choice.difference)
          }
        })
    }
    let within = combinations.filter { $0.criticalSeconds <= limit }.prefix(Self.billed)
    var best: (cost: Money, changes: [Change])?
    for combination in within {
      let cost = try bill(Scenario(base.changes + combination.changes)).total
      if best.map({ cost < $0.cost }) ?? true { best = (cost, combination.changes) }
    }
    let changes = best?.changes ?? combinations.min { $0.criticalSeconds < $1.criticalSeconds }?.changes ?? []
    return GoalAnswer.FoundChange(
      limitSeconds: limit, isWithin: best != nil,
      answer: try WhatIfAnswer(study, Scenario(base.changes + changes), before: before),
      tried: lists.reduce(0) { $0 + $1.count { $0.change != nil } })
  }

  /// Nothing, and what may be done to a service that is critical at some time; empty where that cannot be known.
  private func choices(
    for service: Service, on plan: FleetPlan, _ start: BillParts
  ) throws(DataError) -> [Choice] {
    guard case .success(let critical) = try study.criticalSeconds(of: service, in: plan) else { return [] }
    var choices = [Choice(change: nil, criticalSeconds: critical, difference: .zero)]
    guard critical > 0 else { return choices }
    for change in tried(for: service, on: plan) {
      var changed = plan
      _ = try change.change.apply(to: &changed, study.context)
      guard case .success(let seconds) = try study.criticalSeconds(of: service, in: changed), seconds < critical else {
        continue
      }
      guard let parts = try? study.context.engine.parts(of: changed, from: start) else { continue }
      choices.append(Choice(change: change, criticalSeconds: seconds, difference: parts.total - start.total))
    }
    return choices
  }

  /// Higher minimums of what scales out, up to its maximum; larger types of its list.
  private func tried(for service: Service, on plan: FleetPlan) -> [Change] {
    let running = runningCounts(plan.runs(of: service.name), on: study.context.grid)
    let least = running.min() ?? 0
    var changes: [Change] = []
    if service.approach == .group, least < service.maximum {
      for count in (least + 1)...min(service.maximum, least + Self.mostMore) {
        changes.append(Change(MinimumCount(service: service.name, count: count)))
      }
    }
    let own = study.context.mainType(of: service.name, in: plan).flatMap(study.inputs.catalogue.specificationIfKnown)
    for type in service.instanceTypes {
      guard let own, let other = study.inputs.catalogue.specificationIfKnown(type),
        (other.vcpu, other.memoryMilliGiB) > (own.vcpu, own.memoryMilliGiB), other.memoryMilliGiB >= own.memoryMilliGiB
      else { continue }
      changes.append(Change(Resize(service: service.name, type: type)))
    }
    return changes
  }

  /// Those of which no other is both cheaper and less critical, the cheapest first.
  private static func best(_ combinations: [Combination]) -> [Combination] {
    var kept: [Combination] = []
    for own in combinations.sorted(by: { ($0.difference, $0.criticalSeconds) < ($1.difference, $1.criticalSeconds) })
    where kept.last.map({ own.criticalSeconds < $0.criticalSeconds }) ?? true { kept.append(own) }
    return kept
  }
}

import Analysis
import Model

/// Instances that are paid for and report nothing, while others of their service do.
package struct SilentInstances: ServiceAdviser {
  package let step = AdviceStep.waste
  package init() {}

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError) -> Proposal {
    let samples = try context.samples(of: service, .cpuPercent)
    var evidence = Evidence(period: context.period, coverage: samples.coverage, figures: [])
    let runs = plan.runs(of: service.name)
    guard runs.contains(where: { $0.overlap(with: context.period) != nil }) else {
      return Proposal(verdict(.refused, service, .notJudged, because: .nothingRan, evidence))
    }
    guard samples.coverage.seen > 0 else {
      let shortfall = CoverageShortfall(.cpu, .unmeasured)
      return Proposal(verdict(.refused, service, .notJudged, because: .shortfall(shortfall), evidence))
    }
    let measured = try context.load(of: service).reported
    let latest = Dictionary(runs.map { ($0.resource, $0.started) }) { max($0, $1) }
    let silent = try silentInstances(runs, history: context.history, on: context.grid) { _, slot in
      measured[slot] != nil
    }.filter { one in
      // An instance that ran again later, as another type, is not to be stopped from then on.
      latest[one.run.resource].map { $0 <= one.run.started } ?? true
    }
    guard !silent.isEmpty else {
      return Proposal(verdict(.kept, service, .nothingToStop, because: .waste(.allReport), evidence))
    }
    evidence.figures = silent.map { one in
      let figure = SilentFigure(
        one.run.resource, type: one.run.type, since: one.since, seconds: one.silentSeconds)
      return .waste(.silent(figure))
    }
    // Evidence alone: what stopping saves is for the two bills to say, and a reserved instance needs no on-demand price.
    evidence.prices = Set(silent.map { context.engine.kind($0.run) }).sorted().compactMap { kind in
      let price = context.catalogue.onDemandIfKnown(kind, at: context.period.start)
      return price.map { context.engine.note($0) }
    }
    return Proposal(
      verdict(
        .recommended, service, .change, because: .waste(.silent(since: silent.map(\.since))), evidence, .medium),
      isUnconditional: true,
      changes: silent.map { one in
        Change(StopInstance(service: service.name, resource: one.run.resource, from: one.since))
      })
  }
}

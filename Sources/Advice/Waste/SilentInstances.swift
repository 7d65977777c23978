import Analysis
import Model

/// Instances that are paid for and report nothing, while others of their service do.
package struct SilentInstances: Adviser {
  package let step = AdviceStep.waste
  package init() {}

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError) -> Advice {
    let samples = context.samples(of: service.name, .cpuPercent)
    var evidence = Evidence(period: context.period, coverage: samples.coverage, figures: [])
    let runs = plan.runs(of: service.name)
    guard runs.contains(where: { $0.overlap(with: context.period) != nil }) else {
      return Advice(verdict(.refused, service, "not judged", because: "no instance ran", evidence))
    }
    guard samples.coverage.seen > 0 else {
      return Advice(verdict(.refused, service, "not judged", because: "CPU is not measured", evidence))
    }
    let silent = silentInstances(runs, series: context.series, on: context.grid) { service, slot in
      context.loads[service]?.meanVcpu[slot] != nil
    }
    guard !silent.isEmpty else {
      return Advice(
        verdict(.kept, service, "nothing to stop", because: "every instance that is paid for reports", evidence))
    }
    evidence.figures = silent.map { one in
      let hours = rounded(Double(one.silentSeconds) / 3600, 1)
      let since = context.clock.text(one.since)
      return .init(
        "silent", "\(one.run.resource) (\(one.run.type)) since \(since), \(hours) hours paid for without a sample")
    }
    for type in Set(silent.map(\.run.type)).sorted() {
      let price = try context.catalogue.onDemand(context.kind(type, of: service), at: context.period.start)
      evidence.prices.append(context.engine.note(price))
    }
    let names = silent.map(\.run.resource).joined(separator: ", ")
    let since = silent.map { context.clock.text($0.since) }.joined(separator: ", ")
    return Advice(
      verdict(
        .recommended, service, "stop \(names), if it still exists",
        because: "paid for by the inventory, silent since \(since)", evidence, .medium),
      isUnconditional: true,
      changes: silent.map { one in
        Change(StopInstance(service: service.name, resource: one.run.resource, from: one.since))
      })
  }
}

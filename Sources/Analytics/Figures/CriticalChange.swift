import Advice
import Analysis
import Model

/// For how long anything critical held of a service, and would hold under a changed plan: its threshold table replayed over
/// what runs, at what each instance carries.
package struct CriticalChange: Sendable {
  package let service: String
  /// Seconds of the month; why they are not known.
  package let before, after: Result<Int64, SimulationRefusal>
}

extension Study {
  /// Of every service with a threshold table, in the fleet's order; what a change does not touch is as it was.
  /// - Throws: ``DataError`` when the samples cannot be read.
  func criticalChanges(_ before: FleetPlan, _ after: FleetPlan) throws(DataError) -> [CriticalChange] {
    let services = fleet.services.filter { !$0.thresholds.isEmpty }
    return try services.concurrentMap { service throws(DataError) in
      var learned = LearnedTraffic()
      let old = try criticalSeconds(of: service, in: before, &learned)
      let isSame =
        before.runs(of: service.name) == after.runs(of: service.name)
        && before.demand.factor(of: service.driver) == after.demand.factor(of: service.driver)
      return CriticalChange(
        service: service.name, before: old,
        after: isSame ? old : try criticalSeconds(of: service, in: after, &learned))
    }
  }

  /// Seconds in which a critical condition of a service holds, with as many instances as a plan runs of it.
  func criticalSeconds(of service: Service, in plan: FleetPlan) throws(DataError) -> Result<Int64, SimulationRefusal> {
    var learned = LearnedTraffic()
    return try criticalSeconds(of: service, in: plan, &learned)
  }

  private func criticalSeconds(
    of service: Service, in plan: FleetPlan, _ learned: inout LearnedTraffic
  ) throws(DataError) -> Result<Int64, SimulationRefusal> {
    let prepared = try context.prepared(
      service, in: plan, tickSeconds: context.grid.stepSeconds, watch: .critical, &learned)
    switch prepared {
    case .failure(let refusal): return .failure(refusal)
    case .success(let prepared):
      let answer = try prepared.simulation.replay(.asRun, initial: prepared.ran.first ?? 0, ran: prepared.ran)
      return .success(prepared.simulation.secondsAtLevels(answer).last ?? 0)
    }
  }
}

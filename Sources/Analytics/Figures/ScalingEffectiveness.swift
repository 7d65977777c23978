// How well scaling works, month by month: how often capacity changes, how soon it follows the load, how busy instances are
// afterwards, and what a user costs. Each month is by its own fleet file and prices, and is let go before the next.

import Advice
import Analysis
import Model
import Solvers

/// What one scaling of a service was good for in a month.
package struct ScalingEffectiveness: Sendable {
  /// Whose scaling it is.
  package enum Kind: Hashable, Sendable {
    case asRun, configured, tuned
  }

  package let month: Month
  package let service: String
  package let kind: Kind
  package let figures: SimulationFigures
  /// What the fleet costs for each average concurrent user; why that is not known.
  package let costPerUser: Result<Money, MonthGap>
}

extension Workspace {
  /// How many months are looked back on.
  private static let mostMonths = 12

  /// The months up to one, oldest first, of some services; those of which the store has no instances are left out.
  /// - Parameter tuned: what else than the fleet file's own scaling is played, by service.
  /// - Throws: ``DataError`` when the store cannot be read.
  func effectiveness(
    upTo month: Month, of services: [String], tuned: [String: TunedScaling] = [:]
  ) throws(DataError) -> [ScalingEffectiveness] {
    var months = [month]
    while months.count < Self.mostMonths { months.append(months[months.count - 1].previous) }
    return try ofEach(months.reversed()) { _, study throws(DataError) in
      guard case .success(let study) = study else { return [ScalingEffectiveness]() }
      return try study.effectiveness(of: services, tuned: tuned)
    }.flatMap(\.self)
  }
}

extension Study {
  fileprivate func effectiveness(
    of names: [String], tuned: [String: TunedScaling]
  ) throws(DataError) -> [ScalingEffectiveness] {
    let services = fleet.services.filter { names.contains($0.name) && $0.approach == .group }
    guard !services.isEmpty else { return [] }
    let plan = try asRun()
    var prepared: [PreparedSimulation] = []
    for service in services {
      guard case .success(let found) = try context.prepared(service, in: plan, tickSeconds: 60),
        found.simulation.traffic.measured != nil
      else { continue }
      prepared.append(found)
    }
    guard !prepared.isEmpty else { return [] }
    let (bill, users) = (try billAsRun(plan), try context.users())
    return try prepared.concurrentMap { prepared throws(DataError) in
      try effectiveness(of: prepared, tuned[prepared.simulation.service.name], bill, users)
    }.flatMap(\.self)
  }

  /// The month's bill; why there is none, where that is the month's own fault.
  private func billAsRun(_ plan: FleetPlan) throws(DataError) -> Result<BillParts, MonthGap> {
    do throws(DataError) {
      return .success(try context.engine.parts(of: plan, over: period))
    } catch {
      return .failure(try MonthGap(error, month))
    }
  }

  private func effectiveness(
    of prepared: PreparedSimulation, _ tuned: TunedScaling?, _ bill: Result<BillParts, MonthGap>, _ users: UserCounts
  ) throws(DataError) -> [ScalingEffectiveness] {
    let simulation = prepared.simulation
    var played: [(ScalingEffectiveness.Kind, ServiceSimulation, SimulatedScaling)] = [(.asRun, simulation, .asRun)]
    if simulation.hasScaling { played.append((.configured, simulation, .configured)) }
    if let tuned { played.append((.tuned, simulation.scaled(as: tuned.applied(to: simulation.service)), .configured)) }
    return try played.map { kind, simulation, scaling throws(DataError) in
      let answer = try simulation.replay(scaling, initial: prepared.ran.first ?? 0, ran: prepared.ran)
      return ScalingEffectiveness(
        month: month, service: simulation.service.name, kind: kind,
        figures: SimulationFigures(answer, of: simulation),
        costPerUser: try costPerUser(bill, kind == .asRun ? nil : answer, prepared, users))
    }
  }

  /// - Parameter answer: what runs in place of what ran; nil for what ran.
  private func costPerUser(
    _ bill: Result<BillParts, MonthGap>, _ answer: ReplayAnswer?, _ prepared: PreparedSimulation, _ users: UserCounts
  ) throws(DataError) -> Result<Money, MonthGap> {
    switch bill {
    case .failure(let gap): return .failure(gap)
    case .success(let base):
      guard let answer else { return costPerUser(base, users) }
      return try replayed(answer, prepared, base).map { costPerUser($0, users) } ?? .failure(.noInstances)
    }
  }

  private func costPerUser(_ parts: BillParts, _ users: UserCounts) -> Result<Money, MonthGap> {
    let allocation = CostAllocation(bill: context.engine.bill(parts), users: users) { _ in nil }
    guard users.unmeasured.isEmpty, let cost = allocation.perUser else { return .failure(.noUsers) }
    return .success(cost)
  }
}

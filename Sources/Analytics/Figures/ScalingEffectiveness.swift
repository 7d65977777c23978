// How well scaling works, month by month: how often capacity changes, how soon it follows the load, how busy instances are
// afterwards, and what a user costs. Each month is by its own fleet file and prices, and is let go before the next.

import Advice
import Analysis
import Model

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
    let base = try context.engine.parts(of: try asRun(), over: period)
    let users = try context.users()
    return try services.concurrentMap { service throws(DataError) in
      try effectiveness(of: service, tuned[service.name], base, users)
    }.flatMap(\.self)
  }

  private func effectiveness(
    of service: Service, _ tuned: TunedScaling?, _ base: BillParts, _ users: UserCounts
  ) throws(DataError) -> [ScalingEffectiveness] {
    guard case .success(let prepared) = try context.prepared(service, in: base.plan, tickSeconds: 60) else { return [] }
    let simulation = prepared.simulation
    var played: [(ScalingEffectiveness.Kind, ServiceSimulation, SimulatedScaling)] = [(.asRun, simulation, .asRun)]
    if simulation.hasScaling { played.append((.configured, simulation, .configured)) }
    if let tuned { played.append((.tuned, simulation.scaled(as: tuned.applied(to: simulation.service)), .configured)) }
    return try played.map { kind, simulation, scaling throws(DataError) in
      let answer = try simulation.replay(scaling, initial: prepared.ran.first ?? 0, ran: prepared.ran)
      let parts = kind == .asRun ? base : try replayed(answer, prepared, base)
      return ScalingEffectiveness(
        month: month, service: service.name, kind: kind, figures: SimulationFigures(answer, of: simulation),
        costPerUser: parts.map { costPerUser($0, users) } ?? .failure(.noInstances))
    }
  }

  private func costPerUser(_ parts: BillParts, _ users: UserCounts) -> Result<Money, MonthGap> {
    let allocation = CostAllocation(bill: context.engine.bill(parts), users: users) { _ in nil }
    guard users.unmeasured.isEmpty, let cost = allocation.perUser else { return .failure(.noUsers) }
    return .success(cost)
  }
}

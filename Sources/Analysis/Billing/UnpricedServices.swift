// Which services a missing price is of: what their lines come to is then not all of it.

import Model

extension BillingEngine {
  /// The services of a plan whose bill lacks one of some prices, in the fleet's order: of instances by what runs, of a
  /// reservation by whom it is for, of anything else by the charge.
  package func services(lacking missing: [MissingPrice], in plan: FleetPlan, over period: Period) -> [String] {
    guard !missing.isEmpty else { return [] }
    let subjects = Set(missing.map(\.subject))
    var found: Set<String> = []
    for service in plan.services where plan.runs(of: service).contains(where: { lacks(subjects, $0, over: period) }) {
      found.insert(service)
    }
    for held in plan.commitments where held.commitment.period.intersection(period) != nil {
      if subjects.contains(.reserved(held.kind, held.commitment.term)) { found.insert(held.commitment.service) }
    }
    let items = Set(subjects.compactMap { if case .unit(let item, _) = $0 { item } else { nil } })
    for charge in fleet.charges where charge.price.map(items.contains) ?? false { found.insert(charge.service) }
    let order = fleet.services.map(\.name) + fleet.charges.map(\.service)
    var seen: Set<String> = []
    return (order + found.sorted()).filter { found.contains($0) && seen.insert($0).inserted }
  }

  /// True where what an instance costs, or what its type offers, is among what is missing.
  package func lacks(_ missing: Set<MissingPrice.Subject>, _ run: InstanceRun, over period: Period) -> Bool {
    guard run.overlap(with: period) != nil else { return false }
    let kind = kind(run)
    return missing.contains { subject in
      switch subject {
      case .onDemand(let own), .spot(let own), .savingsPlan(let own, _): own == kind
      case .specification(let type): type == run.type
      case .reserved, .unit: false
      }
    }
  }
}

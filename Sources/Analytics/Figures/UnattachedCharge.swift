import Analysis
import Model

/// A charge for what is attached to nothing: volumes without a machine, addresses that nobody uses.
package struct UnattachedCharge: Hashable, Sendable {
  package var name: String
  package var service: String
  /// What it costs in the month, without discounts, in the bill's currency.
  package var cost: Money
  /// The owners' remark: of a fleet file that was drafted the ids; empty for none.
  package var note: String
}

extension Bill {
  /// The charges of a fleet for what is attached to nothing, the dearest first; those that cost nothing left out.
  func unattachedCharges(_ fleet: Fleet) -> [UnattachedCharge] {
    let lines = Dictionary(grouping: items.filter { $0.option == .metered }, by: \.item)
    return fleet.charges.filter(\.unattached).map { charge in
      let own = (lines[charge.name] ?? []).filter { $0.service == charge.service }
      return UnattachedCharge(name: charge.name, service: charge.service, cost: own.cost, note: charge.note ?? "")
    }.filter { $0.cost > .zero }.sorted { ($1.cost, $0.name) < ($0.cost, $1.name) }
  }
}

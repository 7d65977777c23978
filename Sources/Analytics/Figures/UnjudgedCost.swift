import Analysis
import Model

/// What a service costs that no adviser looks at.
package struct UnjudgedCost: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// Charges beside instances: no adviser judges them.
    case charges
    /// Tokens and seats, of which ``TokensAnswer`` tells what could be saved.
    case tokens
    /// What commitments cost that serve no service of the fleet.
    case outsideTheFleet
  }
  package let service: String
  package let reason: Reason
  /// The names of its lines on the bill, each once, in the bill's order.
  package let items: [String]
  /// Discounts on the lines included.
  package let cost: Money
}

extension Bill {
  /// The lines that no adviser looks at, by service, the dearest first.
  ///
  /// Every adviser looks at the instances of a service and how they are bought, and at nothing else: an adviser that
  /// judges other lines takes them out here.
  func unjudgedCosts(_ fleet: Fleet, _ tokens: TokensAnswer) -> [UnjudgedCost] {
    let items = itemsByService
    let told = Set(tokens.review.models.map(\.use.service) + tokens.review.seats.map(\.service))
    return services.compactMap { service -> UnjudgedCost? in
      let isKnown = fleet.service(service) != nil
      let lines = (items[service] ?? []).filter { !($0.isOfInstances && isKnown) }
      guard !lines.isEmpty else { return nil }
      var seen: Set<String> = []
      let names = lines.filter { $0.option != .negotiatedDiscount }.map(\.item).filter { seen.insert($0).inserted }
      let charged: UnjudgedCost.Reason = told.contains(service) ? .tokens : .charges
      return UnjudgedCost(
        service: service, reason: lines.contains(where: \.isOfInstances) ? .outsideTheFleet : charged, items: names,
        cost: lines.cost)
    }.sorted { ($1.cost, $0.service) < ($0.cost, $1.service) }
  }
}

extension LineItem {
  /// False for charges that are metered or held, and for discounts on them.
  fileprivate var isOfInstances: Bool { kind != .use && kind != .holding }
}

import Model

#if canImport(Synchronization)
  import Synchronization
#endif

/// The types of the price book beside one that runs, worked out once for all services that run it.
package final class UnlistedOffers: Sendable {
  private let known = Mutex<[InstanceKind: [TypeOffer]]>([:])

  package init() {}

  /// Those beside a kind, by ``TypeOffer/weighted(_:)`` price and name: all that `make` gives the first time.
  func offers(beside kind: InstanceKind, _ make: () -> [TypeOffer]) -> [TypeOffer] {
    if let offers = known.withLock({ $0[kind] }) { return offers }
    let offers = make().sorted { ($0.weighted($0.hourly), $0.type) < ($1.weighted($1.hourly), $1.type) }
    known.withLock { $0[kind] = offers }
    return offers
  }
}

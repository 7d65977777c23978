import Clouds
import Model
import Store

/// What studies of several months share: everything but samples.
struct StudyFacts {
  private let store: Store
  let inventory: [InstanceRun]
  let commitments: [Commitment]
  let savingsPlans: [HeldSavingsPlan]
  /// Of the last fleet: months next to each other mostly need the same prices.
  private var last: (needs: PriceNeeds, catalogue: Catalogue)?

  init(_ store: Store) throws(DataError) {
    self.store = store
    inventory = try store.inventory()
    commitments = try store.commitments()
    savingsPlans = try store.savingsPlans()
  }

  /// The prices of the fleet's region and engines, with the spot history of the types that ran as spot or may be
  /// bought so; of every date, so that each month finds those of then.
  mutating func catalogue(of fleet: Fleet) throws(DataError) -> Catalogue {
    let needs = PriceNeeds(of: fleet, inventory)
    if let last, last.needs == needs { return last.catalogue }
    var book = try store.priceBook(region: needs.region, engines: needs.engines)
    for kind in needs.spotKinds.sorted() { book.spotPrices += try store.spotPrices(kind) }
    let catalogue = try Catalogue(book, of: supportedCloud)
    last = (needs, catalogue)
    return catalogue
  }
}

/// Which prices a fleet needs.
private struct PriceNeeds: Hashable {
  let region: String
  let engines: Set<String>
  let spotKinds: Set<InstanceKind>

  init(of fleet: Fleet, _ inventory: [InstanceRun]) {
    let fleet = fleet.indexed()
    region = fleet.region
    engines = Set(fleet.services.map(\.engine))
    let offered = fleet.services.filter(\.interruptible).flatMap { service in
      service.instanceTypes.map { fleet.kind($0, of: service) }
    }
    let ran = inventory.filter { $0.lifecycle == .spot && fleet.service($0.service) != nil }
      .map { fleet.kind($0.type, of: $0.service) }
    spotKinds = Set(offered + ran)
  }
}

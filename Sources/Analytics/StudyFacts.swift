import Clouds
import Model
import Store

/// Which instances' prices a study holds.
package enum PriceRange: Sendable {
  case all
  /// Of the types that ran, that services list and that commitments are of.
  case ofTypesInQuestion
}

/// What studies of several months share: everything but samples.
struct StudyFacts {
  private let store: FleetStore
  private let prices: PriceRange
  let inventory: [InstanceRun]
  let commitments: [Commitment]
  let savingsPlans: [HeldSavingsPlan]
  /// Of the last fleet: months next to each other mostly need the same prices.
  private var last: (needs: PriceNeeds, catalogue: Catalogue)?

  init(_ store: FleetStore, _ prices: PriceRange = .all) throws(DataError) {
    self.store = store
    self.prices = prices
    inventory = try store.inventory()
    commitments = try store.commitments()
    savingsPlans = try store.savingsPlans()
  }

  /// The prices of the fleet's region and engines, with the spot history of the types that ran as spot or may be
  /// bought so; of every date, so that each month finds those of then.
  mutating func catalogue(of fleet: Fleet) throws(DataError) -> Catalogue {
    // What is held may be of an engine that covers another's instances.
    let held = commitments.compactMap {
      $0.engine ?? (fleet.service($0.service) == nil ? supportedCloud.usualEngine(of: $0.type) : nil)
    }
    var needs = PriceNeeds(of: fleet, inventory, engines: held)
    if prices == .ofTypesInQuestion { needs.types = typesInQuestion(fleet) }
    if let last, last.needs == needs { return last.catalogue }
    var book = try store.priceBook(region: needs.region, engines: needs.engines, types: needs.types)
    for kind in needs.spotKinds.sorted() { book.spotPrices += try store.spotPrices(kind) }
    let catalogue = try Catalogue(book, of: supportedCloud)
    last = (needs, catalogue)
    return catalogue
  }

  /// With the hardware that managed nodes run on, by which their speed is known.
  private func typesInQuestion(_ fleet: Fleet) -> Set<String> {
    let types = Set(inventory.map(\.type) + commitments.map(\.type))
      .union(fleet.services.flatMap { $0.instanceTypes + [$0.initialType] })
    return types.union(types.map(supportedCloud.hardware))
  }
}

/// Which prices a fleet needs.
private struct PriceNeeds: Hashable {
  let region: String
  let engines: Set<String>
  let spotKinds: Set<InstanceKind>
  /// Only instances of these; nil for all.
  var types: Set<String>?

  init(of fleet: Fleet, _ inventory: [InstanceRun], engines held: [String]) {
    let fleet = fleet.indexed()
    region = fleet.region
    engines = Set(fleet.services.map(\.engine) + held)
    let offered = fleet.services.filter(\.interruptible).flatMap { service in
      service.instanceTypes.map { fleet.kind($0, of: service) }
    }
    let ran = inventory.filter { $0.lifecycle == .spot && fleet.service($0.service) != nil }
      .map { fleet.kind($0.type, of: $0.service) }
    spotKinds = Set(offered + ran)
  }
}

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
  /// Where else prices are wanted of.
  private let regions: Set<String>
  let inventory: [InstanceRun]
  let commitments: [Commitment]
  let savingsPlans: [HeldSavingsPlan]
  /// Of the last fleet: months next to each other mostly need the same prices.
  private var last: (needs: PriceNeeds, catalogue: Catalogue)?

  init(_ store: FleetStore, _ prices: PriceRange = .all, alsoIn regions: Set<String> = []) throws(DataError) {
    self.store = store
    self.prices = prices
    self.regions = regions
    inventory = try store.inventory()
    commitments = try store.commitments()
    savingsPlans = try store.savingsPlans()
  }

  /// The prices of the fleet's engines, in its region and wherever its instances and reservations are, with the spot history
  /// of the types that ran as spot or may be bought so; of every date, so that each month finds those of then.
  mutating func catalogue(of fleet: Fleet) throws(DataError) -> Catalogue {
    // What is held may be of an engine that covers another's instances.
    let held = commitments.compactMap {
      $0.engine ?? (fleet.service($0.service) == nil ? supportedCloud.usualEngine(of: $0.type) : nil)
    }
    var needs = PriceNeeds(of: fleet, inventory, commitments, engines: held)
    needs.regions.formUnion(regions)
    // A service without a list may run on any type.
    if prices == .ofTypesInQuestion, fleet.services.allSatisfy({ !$0.instanceTypes.isEmpty }) {
      needs.types = typesInQuestion(fleet)
    }
    if let last, last.needs == needs { return last.catalogue }
    var book = try store.priceBook(regions: needs.regions, engines: needs.engines, types: needs.types)
    for kind in needs.spotKinds.sorted() { book.spotPrices += try store.spotPrices(kind) }
    var catalogue = try Catalogue(
      try fleet.completed(book, of: supportedCloud, running: needs.running), of: supportedCloud)
    let unpriced = needs.running.filter { catalogue.onDemandIfKnown($0, at: .lastDay) == nil }
    if !unpriced.isEmpty {
      catalogue.otherEngines = try store.pricedEngines(of: Set(unpriced.map(\.type)), in: needs.regions)
    }
    last = (needs, catalogue)
    return catalogue
  }

  /// With the hardware that managed nodes run on, by which their speed is known.
  private func typesInQuestion(_ fleet: Fleet) -> Set<String> {
    let types = Set(inventory.map(\.type) + commitments.map(\.type))
      .union(fleet.services.flatMap { $0.instanceTypes + [$0.initialType] })
      .union(fleet.tokenRules.compactMap(\.selfHostedType))
    return types.union(types.map(supportedCloud.hardware))
  }
}

/// Which prices a fleet needs.
private struct PriceNeeds: Hashable {
  var regions: Set<String>
  let engines: Set<String>
  /// Of the fleet file, and the clock of their days.
  let prices: [FleetPrice]
  let timezone: String
  /// What ran.
  let running: Set<InstanceKind>
  let spotKinds: Set<InstanceKind>
  /// Only instances of these; nil for all.
  var types: Set<String>?

  init(of fleet: Fleet, _ inventory: [InstanceRun], _ commitments: [Commitment], engines held: [String]) {
    let fleet = fleet.indexed()
    let ran = inventory.filter { fleet.service($0.service) != nil }
    let places = Set(ran.map(\.zone)).reduce(into: [:]) { $0[$1] = supportedCloud.priceRegion(ofZone: $1) }
    prices = fleet.prices
    timezone = fleet.timezone
    running = Set(ran.map { fleet.kind($0, inPlace: places[$0.zone] ?? nil) })
    regions = Set(places.values).union(running.map(\.region)).union([fleet.region]).union(
      fleet.charges.compactMap(\.region)
    ).union(commitments.compactMap { $0.priceRegion(in: supportedCloud) })
    engines = Set(fleet.services.map(\.engine)).union(held).union(running.map(\.engine))
    var spotKinds = Set(
      fleet.services.filter(\.interruptible).flatMap { service in
        service.instanceTypes.map { fleet.kind($0, of: service.name, in: nil) }
      })
    let interruptible = Set(fleet.services.filter(\.interruptible).map(\.name))
    let mayBeSpot = ran.filter { $0.lifecycle == .spot || interruptible.contains($0.service) }
    for use in Set(mayBeSpot.map { SpotUse(service: $0.service, zone: $0.zone, type: $0.type) }) {
      let types = interruptible.contains(use.service) ? fleet.service(use.service)?.instanceTypes ?? [] : []
      // Spot history stands under the region of a zone, which has another name where its prices are its own.
      for place in Set([places[use.zone], supportedCloud.region(ofZone: use.zone)]) {
        for type in types + [use.type] { spotKinds.insert(fleet.kind(type, of: use.service, in: place)) }
      }
    }
    self.spotKinds = spotKinds
  }
}

/// What of a service may be bought as spot, and in which zone.
private struct SpotUse: Hashable {
  var service, zone, type: String
}

extension Commitment {
  /// Where its prices are, as the price book calls it; nil for the fleet's region.
  func priceRegion(in places: any Places) -> String? { zone.flatMap { places.priceRegion(ofZone: $0) } ?? region }
}

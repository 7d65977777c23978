import Clouds
import Ingest
import Model
import Reading
import Store

/// What may be said of a file of commitments.
public struct CommitmentOptions: Hashable, Sendable {
  /// The service that reservations were bought for, where the file does not say; nil takes the fleet's word.
  public var service: String?
  /// The account of what the file says of no account; nil for not known.
  public var account: String?
  /// The regions that are kept, and the region of what names none; empty for those that the fleet's instances run in, or
  /// for all while the store has no fleet.
  public var regions: [String] = []

  /// Nothing said.
  public init() {}
}

extension Importer {
  /// Imports one file of held reservations or savings plans, and says in a line what it brought; further lines are what
  /// was left out.
  ///
  /// A reservation is bought for the service that was said, else for the one service of the fleet that runs its engine
  /// on its type, else for none in particular. One of a region in which nothing of the fleet runs, or that was not asked
  /// for, is left out.
  /// - Throws: `DataError` that names the place; the store is then as it was.
  public func importCommitments(_ path: String, _ options: CommitmentOptions = CommitmentOptions()) throws -> [Phrase] {
    let file = try InputFile.read(path: path, most: mostOfCommitments)
    var held = try readCommitments(file)
    if let account = options.account { held.setAccount(account) }
    let inventory = try store.inventory()
    let fleet = (try store.latestFleet()?.read()).map { FleetCompletion($0, by: inventory, in: .ever).fleet }
    try held.keep(
      in: options.regions, home: fleet?.region,
      fleetRunsIn: fleet.map { fleet in
        let zones = Set(inventory.map(\.zone))
        return zones.reduce(into: fleet.region.isEmpty ? [] : [fleet.region]) { regions, zone in
          if let region = supportedCloud.region(ofZone: zone) { regions.insert(region) }
          if let place = supportedCloud.priceRegion(ofZone: zone) { regions.insert(place) }
        }
      })
    let buyer = try Buyer(said: options.service, fleet: fleet)
    var commitments: [Commitment] = []
    for reservation in held.reservations {
      commitments.append(reservation.commitment(of: try buyer.service(of: reservation)))
    }
    let summary = try store.importCommitments(commitments, held.savingsPlans, from: source(file, .commitments))
    let leftOut = held.leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    // A service that has instances need not be in the fleet file.
    let services = Set(commitments.map(\.service)).subtracting([Commitment.unassigned])
      .subtracting(inventory.map(\.service))
    let unassigned = commitments.filter { $0.service == Commitment.unassigned }
    return ["\(file.name): \(importWords(summary, held.noun))"]
      + unassigned.map {
        "  of no one service: \($0.id), \($0.count) x \($0.type); \(parameter: .service) says whose it is"
      }
      + leftOut.map { leftOutLine($0.value, held.noun, $0.key) } + held.notes.map { "  \($0)" }
      + (try strangerNotes(services, in: file.name))
  }
}

extension HeldCommitments {
  /// Leaves out what is of none of the regions that were asked for; where none was, of none that the fleet runs in.
  ///
  /// A reservation that names no region is of the one that was asked for, else of the fleet's. A savings plan that
  /// names none holds in all.
  /// - Parameters:
  ///   - regions: those that were asked for; empty when none was.
  ///   - home: the fleet's region; nil without a fleet, empty where its file says none.
  ///   - own: the regions that the fleet runs in; empty where nobody knows them yet, nil without a fleet.
  /// - Throws: ``DataError`` for a reservation that names no region, where several were asked for.
  fileprivate mutating func keep(in regions: [String], home: String?, fleetRunsIn own: Set<String>?) throws(DataError) {
    func reasonToLeaveOut(_ region: String?) -> String? {
      guard let region else { return nil }
      guard regions.isEmpty else { return regions.contains(region) ? nil : "of other regions" }
      return own.map { $0.isEmpty || $0.contains(region) } ?? true ? nil : "of other regions"
    }
    var kept: [HeldReservation] = []
    for reservation in reservations {
      guard reservation.region != nil || regions.count < 2 else {
        throw DataError(
          reservation.place, found: "a reservation that names no region", expected: "one \(parameter: .region)",
          kind: .usage)
      }
      let currency = reservation.currency(in: regions.first ?? home)
      if let reason = reasonToLeaveOut(reservation.region ?? regions.first) {
        leftOut[reason, default: 0] += 1
      } else if currency != "USD", reservation.hasPrice {
        leftOut["priced in \(currency)", default: 0] += 1
      } else {
        kept.append(reservation.within(regions.first))
      }
    }
    reservations = kept
    for plan in savingsPlans {
      if let reason = reasonToLeaveOut(plan.region) { leftOut[reason, default: 0] += 1 }
    }
    savingsPlans.removeAll { reasonToLeaveOut($0.region) != nil }
  }
}

/// Says for which service a reservation was bought.
private struct Buyer {
  private let said: String?
  private let fleet: Fleet?

  /// - Throws: ``DataError`` for a service that the fleet does not have.
  init(said: String?, fleet: Fleet?) throws(DataError) {
    self.said = said
    self.fleet = fleet
    guard let said, let fleet, fleet.service(said) == nil else { return }
    throw DataError(
      Place(parameter: .service), found: "\"\(said)\"",
      expected: "a service of the fleet: \(fleet.services.map(\.name).joined(separator: ", "))", kind: .usage)
  }

  func service(of reservation: HeldReservation) throws(DataError) -> String {
    if let service = reservation.service {
      try checkEngine(of: reservation, boughtFor: service, expected: "a service that runs", kind: .badData)
      return service
    }
    if let said {
      try checkEngine(
        of: reservation, boughtFor: said, expected: "\(parameter: .service) with one that runs", kind: .usage)
      return said
    }
    let able = (fleet?.services ?? []).filter { service in
      covers(reservation, service)
        && (service.instanceTypes + [service.initialType]).contains(reservation.type)
    }
    return able.count == 1 ? able[0].name : Commitment.unassigned
  }

  /// True where a reservation is of an engine that covers what a service runs.
  private func covers(_ reservation: HeldReservation, _ service: Service) -> Bool {
    guard let engine = reservation.engine, let fleet else { return true }
    return supportedCloud.coveringEngines(of: fleet.kind(reservation.type, of: service.name, in: nil)).contains(engine)
  }

  /// Refuses a reservation of another engine than covers what the service runs.
  private func checkEngine(
    of reservation: HeldReservation, boughtFor name: String, expected: Phrase, kind: DataError.Kind
  ) throws(DataError) {
    guard let engine = reservation.engine, let service = fleet?.service(name), !covers(reservation, service) else {
      return
    }
    throw DataError(
      place(of: reservation),
      found: "a reservation of \(reservation.type) (\(engine)) for \(name), which runs \(service.engine)",
      expected: "\(phrase: expected) \(engine)", kind: kind)
  }

  private func place(of reservation: HeldReservation) -> Place {
    var place = reservation.place
    place.key = reservation.id
    return place
  }
}

/// The most bytes of a file of commitments, 64 MiB: some 100,000 of them, which no account holds.
private let mostOfCommitments = 64 << 20

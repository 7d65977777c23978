import Ingest
import Model
import Reading
import Store

/// What may be said of a file of commitments.
public struct CommitmentOptions: Hashable, Sendable {
  /// The service that reservations were bought for, where the file does not say; nil takes the fleet's word.
  public var service: String?
  /// The regions that are kept; empty for the fleet's, or for all while the store has no fleet.
  public var regions: [String] = []

  /// Nothing said.
  public init() {}
}

extension Importer {
  /// Imports one file of held reservations or savings plans, and says in a line what it brought; further lines are what
  /// was left out.
  ///
  /// A reservation is bought for the service that was said, else for the one service of the fleet that runs its engine on
  /// its type, else for none in particular. One that is known to be of another region is left out.
  /// - Throws: `DataError` that names the place; the store is then as it was.
  public func importCommitments(_ path: String, _ options: CommitmentOptions = CommitmentOptions()) throws -> [String] {
    let file = try InputFile.read(path: path)
    var held = try readCommitments(file)
    let fleet = try store.storedFleet().map { try readFleet(text: $0.text, file: $0.file) }
    let regions = options.regions.isEmpty ? fleet.map { [$0.region] } : options.regions
    held.keep(in: regions)
    let buyer = try Buyer(said: options.service, fleet: fleet)
    var commitments: [Commitment] = []
    for reservation in held.reservations {
      commitments.append(reservation.commitment(of: try buyer.service(of: reservation)))
    }
    let summary = try store.importCommitments(commitments, held.savingsPlans, from: source(file, .commitments))
    let leftOut = held.leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let unassigned = commitments.filter { $0.service == Commitment.unassigned }
    return ["\(file.name): \(importWords(summary, held.noun))"]
      + unassigned.map { "  of no one service: \($0.id), \($0.count) x \($0.type); --service says whose it is" }
      + leftOut.map { "  left out: \(counted($0.value, held.noun)) \($0.key)" }
  }
}

extension HeldCommitments {
  /// Leaves out what is known to be of none of the regions; nil keeps all.
  fileprivate mutating func keep(in regions: [String]?) {
    guard let regions else { return }
    func isElsewhere(_ region: String?) -> Bool { region.map { !regions.contains($0) } ?? false }
    let elsewhere =
      reservations.count { isElsewhere($0.region) } + savingsPlans.count { isElsewhere($0.region) }
    reservations.removeAll { isElsewhere($0.region) }
    savingsPlans.removeAll { isElsewhere($0.region) }
    if elsewhere > 0 { leftOut["of other regions", default: 0] += elsewhere }
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
      Place(file: "--service"), found: "\"\(said)\"",
      expected: "a service of the fleet: \(fleet.services.map(\.name).joined(separator: ", "))", kind: .usage)
  }

  func service(of reservation: HeldReservation) throws(DataError) -> String {
    if let service = reservation.service { return service }
    if let said {
      try checkEngine(of: reservation, boughtFor: said)
      return said
    }
    let able = (fleet?.services ?? []).filter { service in
      (reservation.engine ?? service.engine) == service.engine
        && (service.instanceTypes + [service.initialType]).contains(reservation.type)
    }
    return able.count == 1 ? able[0].name : Commitment.unassigned
  }

  private func checkEngine(of reservation: HeldReservation, boughtFor name: String) throws(DataError) {
    guard let engine = reservation.engine, let service = fleet?.service(name), service.engine != engine else { return }
    throw DataError(
      place(of: reservation),
      found: "a reservation of \(reservation.type) (\(engine)) for \(name), which runs \(service.engine)",
      expected: "--service with one that runs \(engine)", kind: .usage)
  }

  private func place(of reservation: HeldReservation) -> Place {
    var place = reservation.place
    place.key = reservation.id
    return place
  }
}

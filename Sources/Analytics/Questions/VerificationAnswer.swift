import Model
import Store

/// What was read of a store that turned out to be sound.
public struct VerificationAnswer: Hashable, Sendable {
  /// The path as given.
  public let store: String
  /// How many days of samples there are, each with a checksum.
  public let sampleDays: Int
  /// How many days of services were worked out, each with a checksum.
  public let serviceDays: Int
  /// How many rows all other tables have.
  public let rows: Int
}

/// Reads everything that a store holds.
/// - Throws: `DataError` that names what is damaged, all of it, of very much the first twenty; and when the store is missing
///   or unusable.
public func verify(store path: String) throws -> VerificationAnswer {
  let store = try FleetStore.open(path: path, mode: .readOnly)
  try store.hold()
  var found = try store.verification()
  if found.damages.isEmpty {
    do { _ = try store.everythingRead() } catch { found.damages.append("\(error.found)") }
  }
  let errors = found.damages.prefix(mostNamed).enumerated().map { index, damage in
    let more = found.damages.count - mostNamed
    let rest = index == mostNamed - 1 && more > 0 ? ", and \(more) more" : ""
    return DataError(
      Place(file: path), found: "damage: \(damage)\(rest)", expected: "a sound store; remove it and import again")
  }
  guard var error = errors.first else {
    return VerificationAnswer(
      store: path, sampleDays: found.sampleDays, serviceDays: found.serviceDays, rows: found.rows)
  }
  error.further = Array(errors.dropFirst())
  throw error
}

private let mostNamed = 20

extension FleetStore {
  /// Reads what rows say, as questions do: offers that are none, fleet files that mean nothing.
  fileprivate func everythingRead() throws(DataError) -> Int {
    let stated = try inventory().count + commitments().count + savingsPlans().count
    let fleets = try storedFleets()
    for fleet in fleets { _ = try fleet.read() }
    let prices = try priceBook(regions: Set(try pricedRegions() + [""]))
    return stated + fleets.count + prices.onDemand.count
  }
}

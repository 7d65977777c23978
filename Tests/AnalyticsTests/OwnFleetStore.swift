import Foundation
import Model
import TestSupport

@testable import Analytics

/// A store with the guide's own fleet in September and October 2026, whose bills are known by heart:
/// 2 m5.xlarge x 0.192 + 1 r5.xlarge x 0.252 = 0.636 USD an hour, so 457.92 in 720 hours and 473.184 in 744, and what the
/// fleet file has as `Support`.
final class OwnFleetStore {
  let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)")
  let importer: Importer
  var store: String { folder.appending(path: "store.sqlite").path }

  /// - Parameters:
  ///   - inventory: more rows of it.
  ///   - users: how many, and the day at whose midnight they were counted.
  init(
    inventory: String = "", users: [(day: String, count: Int)] = [("2026-09-02", 100), ("2026-10-02", 200)]
  ) throws {
    importer = try Importer(store: folder.appending(path: "store.sqlite").path)
    for name in ["ec2-on-demand", "ec2-specifications", "ec2-reserved", "ec2-performance"] {
      _ = try importer.importFile(packageFolder.appending(path: "pricing/aws/\(name).csv").path, as: .prices)
    }
    let runs = try String(contentsOf: packageFolder.appending(path: "guide/own-fleet/inventory.csv"), encoding: .utf8)
    _ = try importer.importFile(try write("inventory.csv", runs + inventory), as: .inventory)
    for (day, count) in users { try importUsers(on: day, count) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// So many users at midnight of a day, which is all that is known of its month.
  func importUsers(on day: String, _ count: Int) throws {
    let text =
      "timestamp,service,resource,metric,value\n\(day)T00:00:00Z,users,customer,concurrent_users,\(count)\n"
    _ = try importer.importFile(try write("users-\(day).csv", text), as: .utilisation)
  }

  /// Imports the fleet file with a charge of so many USD a month; `keys` are lines at its top.
  @discardableResult
  func importFleet(
    support: String, from day: String? = nil, keys: String = "", change: (String) -> String = { $0 }
  ) throws -> [Phrase] {
    try importer.importFleet(
      try write("fleet-\(support).yaml", keys + change(try Self.fleet(support: support))), from: day)
  }

  static func fleet(support: String) throws -> String {
    let text = try String(contentsOf: packageFolder.appending(path: "guide/own-fleet/fleet.yaml"), encoding: .utf8)
    let charge =
      "{ name: Support, service: support, fixed_usd: \(support), quantity: { gb_months: 1 }, driver: shared }"
    return text.replacing("charges: []", with: "charges: [\(charge)]")
  }

  /// Writes a file and gives its path.
  func write(_ name: String, _ text: String) throws -> String {
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  func workspace(fleet: String? = nil) throws -> Workspace { try Workspace(store: store, fleet: fleet) }
  func cost(_ month: String) throws -> Money { try workspace().cost(month: month).total }
}

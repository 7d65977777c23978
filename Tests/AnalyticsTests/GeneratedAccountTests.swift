import Foundation
import Model
import TestSupport
import Testing

@testable import Analytics

/// A stranger's account: what its command line prints, and no file written by hand.
@Suite struct GeneratedAccountTests {
  @Test("The bill of an account by every key is that of its machines added up another way, and adds up to the bill")
  func addsUp() throws {
    let account = GeneratedAccount(seed: 22)
    let place = try AccountPlace(account.files)
    let draft = try place.draft()
    #expect(draft.outcome == .new && draft.services.count == 12)
    try place.importAll()
    let workspace = try Workspace(store: place.store, fleet: nil)
    let total = try workspace.cost(month: "2026-10").total
    var volumes: Int64 = 0
    for machine in account.machines {
      volumes += Int64(machine.size) * (GeneratedAccount.gigabyte[machine.region] ?? 0)
    }
    let machines = account.machines.reduce(Int128(0)) { $0 + account.cost($1) }
    // Rounded once a line: 12 groups are of one type and region each.
    #expect(isNear(total.nanoDollars, machines + Int128(volumes) * 3600, lines: 12))
    let keys: [(String, (GeneratedAccount.Machine) -> String)] = [
      ("service", \.group), ("account", \.account), ("tag:team", { $0.team ?? "" }),
    ]
    for (key, word) in keys {
      let answer = try workspace.cost(by: key, month: "2026-10")
      #expect(answer.total == total && answer.billed == total, "\(key)")
      for (value, own) in Dictionary(grouping: account.machines, by: word) {
        let row = answer.rows.first { ($0.value ?? "") == value }
        let held = own.reduce(Int64(0)) { $0 + Int64($1.size) * (GeneratedAccount.gigabyte[$1.region] ?? 0) }
        // A volume is of the service and the account of its machine, and has no tag.
        let charged = key == "tag:team" ? (value.isEmpty ? volumes : 0) : held
        let cost = own.reduce(Int128(0)) { $0 + account.cost($1) } + Int128(charged) * 3600
        #expect(row.map { isNear($0.cost.nanoDollars, cost, lines: 300) } == true, "\(key) \(value)")
      }
    }
    for key in ["type", "region"] { #expect(try workspace.cost(by: key, month: "2026-10").total == total) }
    let regions = try workspace.cost(by: "region", month: "2026-10").rows.compactMap(\.value)
    #expect(Set(regions) == Set(GeneratedAccount.hourly.keys))
  }

  @Test("What is limited to each value of a key adds up to the bill")
  func conditions() throws {
    let place = try AccountPlace(GeneratedAccount(seed: 23).files)
    _ = try place.draft()
    try place.importAll()
    let workspace = try Workspace(store: place.store, fleet: nil)
    let total = try workspace.cost(month: "2026-10").total
    for (key, values) in [
      ("tag:team", ["shop", "search", ""]), ("account", ["111111111111", "222222222222", ""]),
    ] {
      let parts = try values.map { try workspace.cost(by: "type", where: ["\(key)=\($0)"], month: "2026-10").total }
      #expect(parts.reduce(.zero, +) == total, "\(key)")
    }
    let both = try workspace.cost(
      by: "service", where: ["tag:team=shop", "account=111111111111"], month: "2026-10")
    #expect(both.rows.allSatisfy { ($0.value ?? "").hasPrefix("group-") } && both.total > .zero && both.total < total)
  }

  @Test("Files under other names, in another order, make the same fleet file and the same bill")
  func renamed() throws {
    let files = GeneratedAccount(seed: 24).files
    let turned = Dictionary(
      uniqueKeysWithValues: files.keys.sorted().enumerated().map { ("z\(100 - $0).txt", files[$1] ?? "") })
    let places = [try AccountPlace(files), try AccountPlace(turned)]
    let texts = try places.map { try $0.draft().text }
    #expect(texts[0] == texts[1])
    for place in places { try place.importAll() }
    let bills = try places.map { try Workspace(store: $0.store, fleet: nil).cost(by: "account", month: "2026-10").rows }
    #expect(bills[0] == bills[1])
  }

  @Test("From the folder to the first right-sizing takes less than two seconds")
  func firstAnswer() throws {
    let place = try AccountPlace(GeneratedAccount(seed: 25).files)
    let clock = ContinuousClock()
    let elapsed = try clock.measure {
      _ = try place.draft()
      try place.importAll(prices: false)
      place.importPrices()
      _ = try Workspace(store: place.store, fleet: nil).advice("rightsize", month: "2026-10")
    }
    // A debug build on a busy machine is allowed five times as long.
    #expect(elapsed < .seconds(10))
  }

  /// Whether an amount is a sum of nano-dollars × 3600 but for rounding half a nano-dollar a line.
  private func isNear(_ amount: Int64, _ exact: Int128, lines: Int128) -> Bool {
    abs(Int128(amount) * 3600 - exact) <= 1800 * lines
  }
}

/// A folder with what the cloud printed, and a store.
final class AccountPlace {
  let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)")
  var dump: String { folder.appending(path: "dump").path }
  var store: String { folder.appending(path: "store.sqlite").path }

  init(_ files: [String: String]) throws {
    try FileManager.default.createDirectory(atPath: dump, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: "dump/\(name)"))
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: "dump/\(name)"), encoding: .utf8)
  }

  /// Makes the fleet file and writes what is to be written, as the command does.
  @discardableResult
  func draft(groupedBy tag: String? = nil, updating: Bool = false) throws -> AccountDraft {
    let draft = try accountDraft(dump, groupedBy: tag, updating: updating)
    if let text = draft.text { try Data(text.utf8).write(to: URL(filePath: draft.path)) }
    if let record = draft.record { try Data(record.text.utf8).write(to: URL(filePath: record.path)) }
    return draft
  }

  @discardableResult
  func importAll(prices: Bool = true) throws -> [String] {
    var lines: [String] = []
    try Importer(store: store).importDataset(dump) { lines += $0.map(\.description) }
    if prices { importPrices() }
    return lines
  }

  /// Those of the shipped book that the account needs.
  func importPrices() {
    for name in ["ec2-on-demand", "ec2-specifications", "services"] {
      _ = try? Importer(store: store).importFile(
        packageFolder.appending(path: "pricing/aws/\(name).csv").path, as: .prices)
    }
  }
}

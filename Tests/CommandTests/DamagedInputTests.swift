import Foundation
import Testing

/// Inputs with something taken out: the place is named, and files and store are as they were.
@Suite struct DamagedInputTests {
  @Test("A fleet file without a key is refused with file, line and key, on import and for a review")
  func fleetKey() throws {
    let folder = try TemporaryFolder()
    let shared = try SharedStore.made.get()
    var lines = try text(shared.dataset + "/fleet.yaml").split(separator: "\n", omittingEmptySubsequences: false)
    // The first service without its name: the mapping starts at what is then its first key, lines counted from 1.
    let line = try #require(lines.firstIndex { $0.hasPrefix("  - name: ") })
    lines.remove(at: line)
    lines[line] = "  - " + lines[line].dropFirst(4)
    let fleet = try folder.file("fleet.yaml", lines.joined(separator: "\n"))
    let message = "plimsoll: \(fleet):\(line + 1): services[0]: found no key \"name\", expected \"name\" with text"
    try expectUntouched(shared.store, folder) { out in
      try expectFailure(shared.ask(["review", "--fleet", fleet, "--out", out]), 65, message)
    }
    try expectUntouched(try folder.copy(of: shared.store), folder) { _ in
      try expectFailure(["import", "--store", folder.path("store.sqlite"), "fleet", fleet], 65, message)
    }
  }

  @Test("A price that is taken out is missing, never zero: the key and the three nearest are named")
  func priceRow() throws {
    let folder = try TemporaryFolder()
    let shared = try SharedStore.made.get()
    let rows = try text(packageFolder.appendingPathComponent("pricing/aws/ec2-on-demand.csv").path)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let kept = rows.filter { !$0.hasPrefix("us-east-1,t3.medium,linux,") }
    // Its prices of 2025-04-05 and of 2026-07-20.
    #expect(kept.count == rows.count - 2)
    let prices = try folder.file("ec2-on-demand.csv", kept.joined(separator: "\n"))
    let store = folder.path("store.sqlite")
    for name in ["fleet.yaml", "inventory.csv", "commitments.csv"] {
      _ = try succeeding(["import", "--store", store, kind(of: name), "\(shared.dataset)/\(name)"])
    }
    let others = try priceFiles().filter { !$0.hasSuffix("/ec2-on-demand.csv") }
    _ = try succeeding(["import", "--store", store, "prices", prices] + others)
    try expectUntouched(store, folder) { out in
      try expectFailure(
        ["review", "--store", store, "--month", SharedStore.month, "--out", out], 66,
        "plimsoll: price book: found no on-demand price of t3.medium (linux) in us-east-1 in force on 2026-10-01, "
          + "expected an imported price; nearest: m3.medium, t2.medium, t3a.medium; plimsoll prices --missing prints the "
          + "rows to fill in, --allow-unpriced answers the rest")
    }
  }

  @Test(
    "A file without one of its columns is refused with its name and line, and the store keeps what it held",
    arguments: [
      ("inventory.csv", "type", "service,resource,zone,lifecycle,started,stopped"),
      ("commitments.csv", "offer", "id,service,type,count,started"),
      // What names a series may come from options; an instant and a value cannot.
      ("utilisation/users.csv", "timestamp", "service,resource,metric,value"),
      ("utilisation/users.csv", "value", "timestamp,service,resource,metric"),
    ])
  func column(name: String, column: String, rest: String) throws {
    let folder = try TemporaryFolder()
    let shared = try SharedStore.made.get()
    let source = "\(shared.dataset)/\(name)"
    let header = try text(source).prefix { $0 != "\n" }.split(separator: ",").map(String.init)
    let fields = header.indices.filter { header[$0] != column }.map { "\($0 + 1)" }
    let damaged = folder.path("damaged.csv")
    try shell("cut -d, -f\(fields.joined(separator: ",")) '\(source)' > '\(damaged)'")
    try expectUntouched(try folder.copy(of: shared.store), folder) { _ in
      try expectFailure(
        ["import", "--store", folder.path("store.sqlite"), kind(of: name), damaged], 65,
        "plimsoll: \(damaged):1: found columns \(rest), expected a column \"\(column)\"")
    }
  }

  @Test("A file that is cut short is refused whole, with its name")
  func cutShort() throws {
    let folder = try TemporaryFolder()
    let shared = try SharedStore.made.get()
    let damaged = folder.path("users.csv.gz")
    try shell("gzip -c '\(shared.dataset)/utilisation/users.csv' | head -c 2000 > '\(damaged)'")
    let store = try folder.copy(of: shared.store)
    try expectUntouched(store, folder) { _ in
      let run = try plimsoll(["import", "--store", store, "utilisation", damaged])
      #expect(run.status == 65)
      #expect(run.firstError.hasPrefix("plimsoll: \(damaged): found gzip data cut short after "))
    }
  }

  @Test("A dataset with a damaged inventory does not get as far as a report")
  func dataset() throws {
    let folder = try TemporaryFolder()
    let shared = try SharedStore.made.get()
    let dataset = folder.path("dataset")
    try shell("cp -r '\(shared.dataset)' '\(dataset)' && sed -i.before '1s/,type,/,kind,/' '\(dataset)/inventory.csv'")
    let store = folder.path("store.sqlite")
    let run = try plimsoll(["import", "--store", store, "dataset", dataset])
    #expect(run.status == 65)
    #expect(run.firstError.hasPrefix("plimsoll: \(dataset)/inventory.csv:1: found columns service,resource,kind,"))
    try expectUntouched(store, folder) { out in
      let run = try plimsoll(["review", "--store", store, "--month", SharedStore.month, "--out", out])
      #expect(run.status == 66)
    }
  }
}

/// Expects that a body leaves a store and a folder of reports as they were, byte for byte.
private func expectUntouched(
  _ store: String, _ folder: TemporaryFolder, _ body: (_ out: String) throws -> Void
) throws {
  let out = folder.url.appendingPathComponent("reports")
  try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
  let report = out.appendingPathComponent("report.md")
  try Data("last month's\n".utf8).write(to: report)
  let before = try Data(contentsOf: URL(fileURLWithPath: store))
  try body(out.path)
  #expect(try FileManager.default.contentsOfDirectory(atPath: out.path) == ["report.md"])
  #expect(try String(contentsOf: report, encoding: .utf8) == "last month's\n")
  #expect(try Data(contentsOf: URL(fileURLWithPath: store)) == before, "the store has changed")
}

extension TemporaryFolder {
  /// A copy of a store that nobody writes to, as `store.sqlite`.
  fileprivate func copy(of store: String) throws -> String {
    try Data(contentsOf: URL(fileURLWithPath: store)).write(to: url.appendingPathComponent("store.sqlite"))
    return path("store.sqlite")
  }
}

private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

/// The word for `import` for a file of a dataset.
private func kind(of name: String) -> String {
  name.hasPrefix("utilisation/") ? "utilisation" : String(name.prefix { $0 != "." })
}

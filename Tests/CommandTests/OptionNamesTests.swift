import Foundation
import TestSupport
import Testing

/// Options are the command's: everything below it names parameters, which the command spells.
@Suite struct OptionNamesTests {
  /// Of another program's command line, which an error quotes.
  private static let foreign: Set = ["--metric-data-queries", "--start-time", "--end-time"]

  /// Where whole commands of another program stand, which the command prints.
  private static let foreignCommands: Set = [
    "Clouds/AWS/AWS+PriceSources.swift", "Clouds/AWS/AWS+AccountSources.swift", "Export/CrontabExport.swift",
  ]

  /// Where changes become such commands.
  private static let changesInCommands = "Clouds/AWS/Commands/"

  @Test("No source below the command spells an option, nor makes one of a name")
  func stay() throws {
    let files = swiftFiles(under: "Sources").filter { path in
      !["plimsoll/", Self.changesInCommands].contains { path.hasPrefix($0) } && !Self.foreignCommands.contains(path)
    }
    #expect(files.count > 200)
    var seen: Set<String> = []
    for path in files {
      let text = try String(contentsOf: packageFolder.appendingPathComponent("Sources/\(path)"), encoding: .utf8)
      let options = text.matches(of: /--(?:[a-z][a-z-]*|\\\()/).map { String($0.output) }
      #expect(options.filter { !Self.foreign.contains($0) } == [], "\(path)")
      seen.formUnion(options)
    }
    #expect(seen == Self.foreign, "an exception that nothing needs")
  }

  @Test("A parameter of a question is spelled as the option that states it")
  func questions() throws {
    let shared = try SharedStore.made.get()
    let store = ["--store", shared.store]
    for (arguments, start) in [
      (["prices", "m5.large", "--on", "soon"], "--on: found \"soon\", expected a date such as 2026-10-01"),
      (["prices", "--diff", "soon", "2026-10-01"], "--diff: found \"soon\", expected a date such as 2026-10-01"),
      (
        ["prices", "--diff", "2026-10-01", "2025-10-01"],
        "--diff: found 2026-10-01 2025-10-01, expected the earlier date first"
      ),
    ] { try expectFailure(arguments + store, 64, "plimsoll: \(start)") }
    let region = try plimsoll(["prices", "m5.large", "--region", "mars-1"] + store)
    #expect(
      region.firstError.hasPrefix("plimsoll: --region: found \"mars-1\", of which the store has no prices, expected "))
  }

  @Test("So is one that an import lacks, with what stands for its value")
  func imports() throws {
    let workplace = try Workplace()
    try workplace.file("long.csv", "timestamp,service,value\n2026-10-01T00:00:00Z,web,1\n")
    try workplace.expectRefused(
      "long.csv", saying: "plimsoll: long.csv: found no metric (line 2), expected a column \"metric\", or --metric NAME"
    )
    let spot = try workplace.file("spot.csv", "time_utc,instance_type,region,az_id,spot_usd_per_hour\n")
    for (arguments, message) in [
      (
        ["spot", spot],
        "spot.csv: found no day of retrieval in the file, expected --retrieved with the day it was taken, 2026-11-24"
      ),
      (["prices", spot, "--retrieved", "soon"], "--retrieved: found \"soon\", expected a date such as 2026-11-24"),
    ] {
      let run = try workplace.run(["import", "--store", workplace.store] + arguments)
      #expect(run.status == 64)
      #expect(run.firstError == "plimsoll: \(message)")
    }
  }
}

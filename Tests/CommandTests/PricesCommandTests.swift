import Foundation
import GRDB
import Model
import Testing

/// Prices of the shipped book, as `plimsoll prices` prints them.
@Suite struct PricesCommandTests {
  private let shared: SharedStore
  init() throws { shared = try SharedStore.made.get() }

  @Test(
    "The on-demand prices of the four best known types are AWS's",
    arguments: [("t3.medium", "0.0416"), ("c5.large", "0.085"), ("m5.large", "0.096"), ("cache.m5.large", "0.156")])
  func onDemand(type: String, hourly: String) throws {
    let row = try #require(try offers([type]).first { $0["offer"] == "on-demand" })
    #expect(row["usd_per_hour"] == hourly)
    #expect(row["since"]?.isEmpty == false && row["source"]?.isEmpty == false)
  }

  @Test("A type has every offer the book holds, each with break-even, date, quality and source")
  func everyOffer() throws {
    let rows = try offers(["m5.large"])
    // Twelve reservations, all of EC2's; savings plans from them: six for the family, two Compute without upfront.
    #expect(rows.filter { ["standard", "convertible"].contains($0["offer"]) }.count == 12)
    #expect(rows.filter { $0["offer"] == "ec2-instance savings plan" && $0["quality"] == "derived" }.count == 6)
    #expect(rows.filter { $0["offer"] == "compute savings plan" && $0["quality"] == "derived" }.count == 2)
    let spot = try #require(rows.first { $0["offer"] == "spot" })
    #expect(spot["term"] == "interrupted 15-20% a month" && spot["quality"] == "derived")
    let priced = rows.filter { !["on-demand", "spot"].contains($0["offer"]) }
    #expect(priced.allSatisfy { $0["break_even"]?.wholeMatch(of: /0\.[0-9]{6}/) != nil })
    #expect(rows.allSatisfy { $0["since"]?.isEmpty == false && $0["source"]?.isEmpty == false })
  }

  @Test("The book holds what AWS's calculator printed, and shows the break-evens it printed")
  func calculator() throws {
    let rows = try offers(["c5.xlarge"], "--region", "ap-northeast-1", "--engine", "windows")
    let compute = rows.filter { $0["offer"] == "compute savings plan" }.map { $0["break_even"] }
    // The published figures, from six decimals on rounded: 0.907035175..., 0.884422110..., 0.876884422..., 0.778894472...,
    // 0.756281407..., 0.751256281...
    #expect(compute == ["0.907035", "0.884422", "0.876884", "0.778894", "0.756281", "0.751256"])
  }

  @Test("A price has its source with file, retrieval date and hash of the content")
  func sources() throws {
    let text = try succeeding(["prices", "--store", shared.store, "--format", "csv", "t3.medium"])
    let sources = try #require(try tables(text).first { $0.columns.contains("xxh64") })
    let source = try #require(sources.rows.first { $0["file"]?.hasSuffix("/ec2-on-demand.csv") == true })
    #expect(source["retrieved"] == "2026-11-23" && source["origin"]?.isEmpty == false)
    #expect(source["xxh64"] == (try storedHash("ec2-on-demand.csv")))
  }

  @Test("A type without a price is refused with the three nearest")
  func unknownType() throws {
    let run = try plimsoll(["prices", "--store", shared.store, "m5.lagre", "--on", "2026-10-01"])
    #expect(run.status == 66 && run.output.isEmpty)
    #expect(
      run.firstError
        == "plimsoll: price book: found no on-demand price of m5.lagre (linux) in us-east-1 in force on 2026-10-01, "
        + "expected an imported price; nearest: m5.large, c5.large, m1.large")
  }

  @Test("A difference of two dates lists what became known, and one date twice nothing")
  func difference() throws {
    let run = try plimsoll(["prices", "--store", shared.store, "--diff", "2025-04-04", "2026-10-01", "t3.medium"])
    #expect(run.status == 0)
    #expect(run.output.contains("unknown") && run.output.contains("not known on the first date"))
    #expect(run.output.contains("0.0416"))
    let same = try succeeding(["prices", "--store", shared.store, "--diff", "2026-10-01", "2026-10-01"])
    #expect(same.contains("Nothing the book knows changed"))
  }

  @Test(
    "Questions that make no sense are refused",
    arguments: [
      (["prices"], 64), (["prices", "--diff", "2026-10-01"], 64),
      (["prices", "--diff", "2026-10-01", "2025-10-01"], 64), (["prices", "m5.large", "--on", "soon"], 64),
      (["prices", "m5.large", "--region", "mars-1"], 66), (["prices", "m5.large", "--engine", "zx81"], 66),
      (["prices", "m5.large", "--stale-after", "10"], 64),
      (["prices", "m5.large", "--on", "2026-10-01", "--stale-after", "-1"], 64),
      (["prices", "m5.large", "--on", "2010-01-01"], 66),
      (["prices", "--diff", "2025-10-01", "2026-10-01", "m5.lagre"], 66),
    ] as [([String], Int32)])
  func refused(arguments: [String], status: Int32) throws {
    #expect(try plimsoll(arguments + ["--store", shared.store]).status == status)
  }

  private func offers(_ types: [String], _ options: String...) throws -> [[String: String]] {
    let text = try succeeding(["prices", "--store", shared.store, "--format", "csv"] + types + options)
    return try tables(text)[0].rows
  }

  /// The XXH64 of a shipped price file, as the store's own table of files has it.
  private func storedHash(_ name: String) throws -> String {
    let signed = try DatabaseQueue(path: shared.store).read { db in
      try Int64.fetchOne(db, sql: "SELECT xxh64 FROM source_file WHERE name LIKE ?", arguments: ["%/\(name)"])
    }
    let digits = String(UInt64(bitPattern: try #require(signed)), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

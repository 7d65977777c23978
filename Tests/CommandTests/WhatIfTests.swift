import Foundation
import Model
import TestSupport
import Testing

/// What-ifs of the shared store through the command. October 2026 in New York has 744 hours.
@Suite struct WhatIfTests {
  @Test("With nothing changed every difference is 0.00 and the total is the bill")
  func nothing() throws {
    let (bill, perUser, capacity) = try whatIf([])
    #expect(bill.rows.allSatisfy { $0["difference_usd"] == "0.00" && $0["before_usd"] == $0["after_usd"] })
    #expect(perUser.rows.allSatisfy { $0["difference_usd"] == "0.00" })
    #expect(capacity.rows.allSatisfy(isSame))
    let cost = try tables(try succeeding(try SharedStore.made.get().ask(["cost", "--format", "csv"])))[0]
    #expect(try bill.sum("after_usd") == cost.sum("total_usd"))
    for row in cost.rows { #expect(try bill.value("after_usd", of: row["service"]!) == row["total_usd"]) }
  }

  @Test("More users grow what they drive, within the types of the fleet file, and cost less each")
  func users() throws {
    let (bill, perUser, capacity) = try whatIf(["--users", "5000"])
    try expectConsistent(bill)
    #expect(try bill.sum("after_usd") > bill.sum("before_usd"))
    let text = try succeeding(try SharedStore.made.get().ask(["what-if", "--users", "5000"]))
    let peak = try #require(text.firstMatch(of: /The month's peak was ([\d,]+) concurrent users/))
    let users = try #require(Double(peak.1.replacing(",", with: "")))
    // Tokens are metered, and every driver grows from the peak by the same factor; amounts are rounded once a line.
    let growth = try #require(Double(try bill.value("change", of: "ai")))
    #expect(abs(growth - (5000 / users - 1)) < 1e-6)
    // Charges by the month do not follow users, seats no more than disks.
    for service in ["platform", "github"] {
      #expect(try bill.value("difference_usd", of: service) == "0.00")
    }
    #expect(perUser.rows.allSatisfy { $0["difference_usd"]?.hasPrefix("-") == true })
    #expect(try capacity.value("type_after", of: "frontend") == "t3.medium")
    let most = try ["most_before", "most_after"].map { try #require(Int(try capacity.value($0, of: "frontend"))) }
    #expect(most[1] > most[0])
    #expect(text.contains("With 5,000 concurrent users at the month's peak. The month's peak was "))
    #expect(text.contains("the fleet file's maximum is 10"))
  }

  @Test("Another type changes that service's capacity and cost and leaves other prices alone")
  func instance() throws {
    let (bill, _, capacity) = try whatIf(["--instance", "api=t3.large"])
    try expectConsistent(bill)
    #expect(try capacity.value("type_before", of: "api") == "t3.medium")
    #expect(try capacity.value("type_after", of: "api") == "t3.large")
    for figure in ["least", "most", "mean"] {
      #expect(try capacity.value("\(figure)_after", of: "api") == capacity.value("\(figure)_before", of: "api"))
    }
    #expect(try bill.money("difference_usd", of: "api") > .zero)
    // No reservation and no driver ties these to the type of api.
    for service in ["worker", "database", "cache", "platform"] {
      #expect(try bill.value("difference_usd", of: service) == "0.00", "\(service)")
    }
  }

  @Test("A fixed count is billed for every hour, reserved hours first")
  func count() throws {
    let (bill, _, capacity) = try whatIf(["--count", "worker=6"])
    try expectConsistent(bill)
    try expectSix(capacity, of: "worker")
    // 2 x 744 h reserved at 0.054 and 4 x 744 h at 0.085: 80.352 + 252.96 = 333.312 USD.
    #expect(try bill.money("after_usd", of: "worker") == usd("333.312"))
    for service in ["frontend", "api", "edge", "ai"] {
      #expect(try bill.value("difference_usd", of: service) == "0.00", "\(service)")
    }
    let text = try succeeding(try SharedStore.made.get().ask(["what-if", "--count", "worker=40"]))
    #expect(text.contains("- worker: 40 instances are outside the fleet file's "))
  }

  @Test("Further reservations cost their hours whether used or not, and the unused ones are named")
  func reservation() throws {
    let (bill, _, capacity) = try whatIf(["--reserve", "api=4@standard-1yr-no-upfront"])
    try expectConsistent(bill)
    #expect(capacity.rows.allSatisfy(isSame))
    #expect(try bill.sum("after_usd") < bill.sum("before_usd"))
    // 40 instances are more than ever ran: some of the 40 x 744 reserved hours are not used.
    let text = try succeeding(
      try SharedStore.made.get().ask(["what-if", "--reserve", "api=40@standard-1yr-no-upfront"]))
    #expect(text.contains("reserved hours are paid for and not used"))
  }

  @Test("Changes combine, in one bill that adds up")
  func combined() throws {
    let arguments = [
      "--users", "5000", "--instance", "api=t3.large", "--count", "worker=6", "--reserve",
      "api=4@standard-1yr-no-upfront",
    ]
    let (bill, _, capacity) = try whatIf(arguments)
    try expectConsistent(bill)
    #expect(try capacity.value("type_after", of: "api") == "t3.large")
    try expectSix(capacity, of: "worker")
    // The count comes last, so that more users do not change it.
    #expect(try bill.value("after_usd", of: "worker") == "333.312")
    let text = try succeeding(try SharedStore.made.get().ask(["what-if"] + arguments))
    let words = text.split { $0.isWhitespace }.joined(separator: " ")
    #expect(
      words.contains(
        "With api on t3.large, 5,000 concurrent users at the month's peak, 6 instances of worker all month, 4 more "
          + "standard-1yr-no-upfront reservations for api."))
  }

  private func whatIf(_ arguments: [String]) throws -> (bill: Table, perUser: Table, capacity: Table) {
    let shared = try SharedStore.made.get()
    let all = try tables(try succeeding(shared.ask(["what-if", "--format", "csv"] + arguments)))
    // Behind them how long anything was critical and, where there are changes, what they ask of whoever makes them.
    try #require(all.count == (arguments.isEmpty ? 4 : 5))
    return (all[0], all[1], all[2])
  }

  /// True for a service that runs as it did.
  private func isSame(_ row: [String: String]) -> Bool {
    ["type", "least", "most", "mean"].allSatisfy { row["\($0)_before"] == row["\($0)_after"] }
  }

  private func expectSix(_ capacity: Table, of service: String) throws {
    let after = try ["type", "least", "most", "mean"].map { try capacity.value("\($0)_after", of: service) }
    #expect(after == ["c5.large", "6", "6", "6.0"])
  }

  /// Every difference is after less before, and the differences add up.
  private func expectConsistent(_ bill: Table) throws {
    for row in bill.rows {
      let name = try #require(row["service"])
      let difference = try bill.money("after_usd", of: name) - bill.money("before_usd", of: name)
      #expect(try bill.money("difference_usd", of: name) == difference, "\(name)")
    }
    #expect(try bill.sum("difference_usd") == bill.sum("after_usd") - bill.sum("before_usd"))
  }
}

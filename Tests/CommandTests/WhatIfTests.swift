import Foundation
import Model
import Testing

/// What-ifs of the shared store through the command. October 2026 in New York has 744 hours.
@Suite struct WhatIfTests {
  @Test("With nothing changed every difference is 0.00 and the total is the bill")
  func nothing() throws {
    let (bill, perUser, capacity) = try whatIf([])
    #expect(bill.rows.allSatisfy { $0["difference_usd"] == "0.00" && $0["before_usd"] == $0["after_usd"] })
    #expect(perUser.rows.allSatisfy { $0["difference_usd"] == "0.0000" })
    #expect(capacity.rows.allSatisfy { $0["before"] == $0["after"] })
    let cost = try tables(try succeeding(try SharedStore.made.get().ask(["cost", "--format", "csv"])))[0]
    #expect(try bill.sum("after_usd") == cost.sum("total_usd"))
    for row in cost.rows { #expect(try bill.value("after_usd", of: row["service"]!) == row["total_usd"]) }
  }

  @Test("More users grow what they drive, within the types of the fleet file, and cost less each")
  func users() throws {
    let (bill, perUser, capacity) = try whatIf(["--users", "5000"])
    try expectConsistent(bill)
    #expect(try bill.sum("after_usd") > bill.sum("before_usd"))
    // GitHub calls are metered by the call and every driver grows by the same factor.
    #expect(try bill.value("percent", of: "github") == bill.value("percent", of: "ai"))
    // Charges by the month do not follow users.
    #expect(try bill.value("difference_usd", of: "platform") == "0.00")
    #expect(perUser.rows.allSatisfy { $0["difference_usd"]?.hasPrefix("-") == true })
    #expect(try capacity.value("after", of: "frontend").contains(" x t3.medium"))
    let text = try succeeding(try SharedStore.made.get().ask(["what-if", "--users", "5000"]))
    #expect(text.contains("With 5,000 concurrent users at the month's peak instead of "))
    #expect(text.contains("the fleet file's maximum is 10"))
  }

  @Test("Another type changes that service's capacity and cost and leaves other prices alone")
  func instance() throws {
    let (bill, _, capacity) = try whatIf(["--instance", "api=t3.large"])
    try expectConsistent(bill)
    let before = try capacity.value("before", of: "api")
    #expect(before.contains(" x t3.medium"))
    #expect(try capacity.value("after", of: "api") == before.replacing("t3.medium", with: "t3.large"))
    #expect(try bill.cents("difference_usd", of: "api") > .zero)
    // No reservation and no driver ties these to the type of api.
    for service in ["worker", "database", "cache", "platform"] {
      #expect(try bill.value("difference_usd", of: service) == "0.00", "\(service)")
    }
  }

  @Test("A fixed count is billed for every hour, reserved hours first")
  func count() throws {
    let (bill, _, capacity) = try whatIf(["--count", "worker=6"])
    try expectConsistent(bill)
    #expect(try capacity.value("after", of: "worker") == "6 x c5.large")
    // 2 x 744 h reserved at 0.054 and 4 x 744 h at 0.085: 80.352 + 252.96 = 333.312 USD. The services that did not change
    // keep the cents they had, so the one that did takes those that make up the total: less than a cent from its own.
    let worker = try bill.cents("after_usd", of: "worker")
    #expect([Cents(33_331), Cents(33_332)].contains(worker))
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
    #expect(capacity.rows.allSatisfy { $0["before"] == $0["after"] })
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
    #expect(try capacity.value("after", of: "api").contains(" x t3.large"))
    #expect(try capacity.value("after", of: "worker") == "6 x c5.large")
    // The count comes last, so that more users do not change it.
    #expect(try bill.value("after_usd", of: "worker") == "333.31")
    let text = try succeeding(try SharedStore.made.get().ask(["what-if"] + arguments))
    let words = text.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains("api on t3.large, 6 instances of worker all month, 4 more standard-1yr-no-upfront"))
  }

  private func whatIf(_ arguments: [String]) throws -> (bill: Table, perUser: Table, capacity: Table) {
    let shared = try SharedStore.made.get()
    let all = try tables(try succeeding(shared.ask(["what-if", "--format", "csv"] + arguments)))
    try #require(all.count == 3)
    return (all[0], all[1], all[2])
  }

  /// Every difference is after less before, and the differences add up.
  private func expectConsistent(_ bill: Table) throws {
    for row in bill.rows {
      let name = try #require(row["service"])
      let difference = try bill.cents("after_usd", of: name) - bill.cents("before_usd", of: name)
      #expect(try bill.cents("difference_usd", of: name) == difference, "\(name)")
    }
    #expect(try bill.sum("difference_usd") == bill.sum("after_usd") - bill.sum("before_usd"))
  }
}

import Analysis
import Foundation
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

/// Figures of the review, of a month whose bill is known by heart: two m5.large, 2 × 744 × 0.096 = 142.848 USD.
@Suite struct ReviewTests {
  @Test("Cost per user and hour is the bill over users and hours, so that a month's length is no trend")
  func perUserHour() throws {
    var month = TinyMonth()
    month.monthsBefore = 1
    let review = try month.review()
    // 142.848 / 100 = 1.42848 a user; over 744 hours 0.00192. September: 138.24 over 720 hours, the same.
    #expect(review.costPerUser == usd("1.42848"))
    #expect(review.costPerUserHour == usd("0.00192"))
    #expect(review.previous?.perUserHour == usd("0.00192"))
  }

  @Test("What the longer month alone changed is told from use and price; charges by the month have no part in it")
  func calendar() throws {
    var month = TinyMonth()
    month.monthsBefore = 1
    month.prices.sellUnit("disk", "0.10", unit: "gb-month", from: "2026-01-01")
    month.fleet = { $0.charges = [tinyCharge("Disks", price: "disk", gbMonths: 100)] }
    guard case .change(let change) = try month.review().comparison else {
      Issue.record("September is there")
      return
    }
    #expect(change.hours == 744 && change.hoursBefore == 720)
    #expect(change.services.map(\.service) == ["app", "edge"])
    // 138.24 × 24 / 720 = 4.608, which is all of the change.
    #expect(change.services.map(\.calendar) == [usd("4.608"), .zero])
    #expect(change.services.map(\.use) == [.zero, .zero])
    #expect(change.newPrices.isEmpty && change.exchange == nil)
  }

  @Test("A month that the store does not hold is nothing to compare with")
  func alone() throws {
    guard case .notStored(let month) = try TinyMonth().review().comparison else {
      Issue.record("there is no September")
      return
    }
    #expect(month == Month("2026-09"))
  }

  @Test("A month before that cannot be billed is nothing to compare with, and says why")
  func unbilledBefore() throws {
    var month = TinyMonth()
    month.monthsBefore = 1
    month.fleet = {
      var traffic = tinyCharge("Traffic", price: "", metric: .transferOutGB)
      traffic.price = nil
      traffic.fixedUsd = usd("0.09")
      $0.charges = [traffic]
    }
    // Traffic is measured from October on.
    month.series = [samples("edge", .transferOutGB, on: SampleGrid(period: october)) { _ in 1 }]
    guard case .notBilled(let before, let error) = try month.review().comparison else {
      Issue.record("September has no traffic")
      return
    }
    #expect(before == Month("2026-09"))
    #expect(error.found == "no samples in the period")
  }

  @Test("A change that is not worth making keeps what was tried, and what it would save")
  func notWorth() throws {
    var month = TinyMonth(count: 2, "m5.xlarge")
    month.fleet = {
      $0.review.minimumSavingUsd = usd("1000")
      $0.review.minimumSavingPercent = 60
    }
    let verdict = try #require(try month.review().verdicts.first { $0.id == "rightsize-app" })
    guard case .notWorth(let changes, .size(.move(let move)), let saving, let least, let percent) = verdict.reason
    else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(verdict.outcome == .kept && verdict.conclusion == .noChange && verdict.changes.isEmpty)
    #expect(changes == [Change(Resize(service: "app", type: "m5.large", count: .replayed))])
    #expect(move.from == CountedType("m5.xlarge") && move.to == CountedType("m5.large"))
    // Two of either carry it: 2 × 744 × (0.192 - 0.096) = 142.848, half of what it costs.
    #expect(saving == usd("142.848") && least == usd("1000") && percent == 60)
  }

  @Test("Hours in which nothing of a service ran are no gap in its data; hours in which it ran unseen are")
  func stoppedIsNoGap() throws {
    // Ten days of two instances, the first four days of which nothing reports; then none runs.
    var month = TinyMonth()
    let tenth = instant("2026-10-11")
    for index in month.runs.indices { month.runs[index].stopped = tenth }
    let grid = SampleGrid(period: october)
    for run in month.runs {
      month.series += [
        samples("app", run.resource, .cpuPercent, on: grid) { (4 * 288..<10 * 288).contains($0) ? 30 : nil }
      ]
    }
    let app = try #require(try month.review().data.services.first)
    #expect(app.gaps.map(\.period) == [Period(start: october.start, end: instant("2026-10-05"))])
  }

  @Test("What no adviser looks at is told by service, with its discounts, the dearest first")
  func unjudged() throws {
    var month = TinyMonth()
    month.prices.sellUnit("vpc/nat-gb", "0.05", from: "2026-01-01")
    month.fleet = {
      $0.charges = [
        tinyCharge("Disks", price: "vpc/nat-gb", units: 100),
        tinyCharge("More disks", price: "vpc/nat-gb", units: 20),
      ]
      $0.discounts = percentOff("10")
    }
    let unjudged = try month.review().unjudged
    // 120 × 0.05 = 6.00 less 10 %.
    #expect(unjudged.map(\.service) == ["edge"])
    #expect(unjudged.map(\.items) == [["Disks", "More disks"]])
    #expect(unjudged.map(\.cost) == [usd("5.40")])
    #expect(unjudged.map(\.reason) == [.charges])
  }

  @Test("A commitment without a service of the fleet is looked at by nobody")
  func outsideTheFleet() throws {
    var month = TinyMonth()
    month.savingsPlans = [savingsPlan("sp", "1.00", family: "r5")]
    let unjudged = try month.review().unjudged
    #expect(unjudged.map(\.service) == [savingsPlanService] && unjudged.map(\.reason) == [.outsideTheFleet])
    #expect(unjudged.map(\.cost) == [usd("744.00")])
  }

  @Test("What an ending reservation saved is the on-demand cost of its hours, less what they cost")
  func expiring() throws {
    var month = TinyMonth()
    month.commitments = [ending("2026-11-20"), ending("2027-02-20")]
    let expiring = try month.review().expiring
    #expect(expiring.map(\.ends) == [instant("2026-11-20")])
    // 744 hours at 0.096 - 0.0576 = 28.5696.
    #expect(try expiring.map { try $0.onDemandExcess.get() } == [usd("28.5696")])
  }

  @Test("Where the price to compare with is missing, the figure is unknown with the reason, and not nothing")
  func missingPrice() throws {
    var month = TinyMonth(count: 1)
    month.commitments = [ending("2026-11-20")]
    // Bought before there was an on-demand price that the advice could use.
    month.prices.onDemand.removeAll { $0.kind.type == "m5.large" }
    month.service.instanceTypes = ["m5.xlarge"]
    let study = try month.study()
    let outcome = try study.outcome(Scenario())
    // All of it is reserved: the bill needs no on-demand price.
    #expect(outcome.bill.items.map(\.option) == [.reserved])
    #expect(study.expiringCommitments(outcome).map { reason($0.onDemandExcess) } == [missing])
    #expect(CommitmentUse(outcome, study).rates.map(reason) == missing)
  }

  private let missing = "no on-demand price of m5.large (linux) in us-east-1"

  /// What was not found, without the date; empty where something was.
  private func reason<Value>(_ result: Result<Value, DataError>) -> String {
    guard case .failure(let error) = result else { return "" }
    return error.found.components(separatedBy: " in force on").first ?? ""
  }

  /// A reservation of one m5.large that ends on a day.
  private func ending(_ day: String) -> Commitment {
    Commitment(
      id: "ri-\(day)", service: "app", type: "m5.large", count: 1, term: oneYear,
      started: instant(day).advanced(by: -31_536_000),
      paid: PaidPrice(upfront: .zero, hourly: usd("0.0576"), file: "ri.json"))
  }
}

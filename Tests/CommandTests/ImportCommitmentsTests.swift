import Foundation
import Model
import Testing

/// `plimsoll import commitments`: what a provider's command prints, and the lines that say what became of it.
@Suite struct ImportCommitmentsTests {
  private let place: Workplace
  private let fleet = packageFolder.appendingPathComponent("datasets/sketchy-chain/fleet.yaml").path

  init() throws { place = try Workplace() }

  /// Two reservations of an engine and type that one service of the fleet runs, and one of a type that it does not.
  private func reservations(type: String = "c5.large", state: String = "active", zone: String? = nil) -> String {
    let scope = zone.map { "\"AvailabilityZone\": \"\($0)\"" } ?? "\"Scope\": \"Region\""
    return """
      {"ReservedInstances": [
        {"ReservedInstancesId": "ri-1", "InstanceType": "\(type)", "InstanceCount": 2, "Start": "2026-01-01T00:00:00Z",
         "End": "2026-12-31T23:59:59Z", "Duration": 31536000, "State": "\(state)", "FixedPrice": 100.0,
         "UsagePrice": 0.0, "RecurringCharges": [{"Amount": 0.02, "Frequency": "Hourly"}], "CurrencyCode": "USD",
         "ProductDescription": "Linux/UNIX", "InstanceTenancy": "default", "OfferingClass": "standard",
         "OfferingType": "Partial Upfront", \(scope)}
      ]}
      """
  }

  private let nodes = """
    {"ReservedCacheNodes": [
      {"ReservedCacheNodeId": "mine", "CacheNodeType": "cache.m5.xlarge", "CacheNodeCount": 1,
       "StartTime": "2026-02-01T00:00:00.003Z", "Duration": 31536000, "FixedPrice": 0.0, "UsagePrice": 0.0,
       "ProductDescription": "redis", "OfferingType": "No Upfront", "State": "active",
       "RecurringCharges": [{"RecurringChargeAmount": 0.212, "RecurringChargeFrequency": "Hourly"}]},
      {"ReservedCacheNodeId": "not-yet", "CacheNodeType": "cache.t3.small", "CacheNodeCount": 1,
       "StartTime": "2026-02-06T02:50:44.003Z", "Duration": 31536000, "FixedPrice": 0.0, "UsagePrice": 0.0,
       "ProductDescription": "redis", "OfferingType": "No Upfront", "State": "payment-pending",
       "RecurringCharges": [{"RecurringChargeAmount": 0.023, "RecurringChargeFrequency": "Hourly"}]}
    ]}
    """

  private let plans = """
    {"savingsPlans": [
      {"savingsPlanId": "sp-1", "start": "2026-05-01T00:00:00Z", "end": "2027-04-30T23:59:59Z", "state": "active",
       "savingsPlanType": "Compute", "paymentOption": "No Upfront", "currency": "USD", "commitment": "0.40",
       "upfrontPaymentAmount": "0.0", "termDurationInSeconds": 31536000},
      {"savingsPlanId": "sp-2", "start": "2026-05-01T00:00:00Z", "end": "2027-04-30T23:59:59Z", "state": "active",
       "savingsPlanType": "SageMaker", "paymentOption": "No Upfront", "currency": "USD", "commitment": "0.10",
       "termDurationInSeconds": 31536000}
    ]}
    """

  private func importing(_ arguments: String...) throws -> Run {
    try place.run(["import", "--store", place.store, "commitments"] + arguments)
  }
  private func importFleet() throws {
    #expect(try place.run(["import", "--store", place.store, "fleet", fleet]).status == 0)
  }

  @Test("Reservations find their service in the fleet; what is left out is said by its reason")
  func imports() throws {
    try importFleet()
    try place.file("ri.json", reservations())
    try place.file("nodes.json", nodes)
    try place.file("plans.json", plans)
    let run = try importing("ri.json", "nodes.json", "plans.json")
    #expect(run.errors == "" && run.status == 0)
    #expect(
      run.output == """
        ri.json: 1 reservation added
        nodes.json: 1 node added
          left out: 1 node payment-pending
        plans.json: 1 plan added
          left out: 1 plan for SageMaker

        """)
    #expect(try importing("ri.json").output == "ri.json: nothing new, its one reservation was there\n")
    let status = try place.run(["status", "--store", place.store]).output
    #expect(status.contains("2 commitments, 1 savings plans."))
  }

  @Test("Where several services run the type, or none does, it is of no one service, until --service says whose it is")
  func service() throws {
    try importFleet()
    for type in ["t3.medium", "t2.micro"] {
      try place.file("ri.json", reservations(type: type))
      #expect(
        try importing("ri.json").output.hasSuffix(
          "\n  of no one service: ri-1, 2 x \(type); --service says whose it is\n"))
      #expect(try importing("--service", "api", "ri.json").output == "ri.json: 0 reservations added, 1 updated\n")
    }
    #expect(
      try importing("--service", "cache", "ri.json").firstError == "plimsoll: ri.json:2: ri-1: found a reservation of "
        + "t2.micro (linux) for cache, which runs redis, expected --service with one that runs linux")
    #expect(
      try importing("--service", "web", "ri.json").firstError
        == "plimsoll: --service: found \"web\", expected a service "
        + "of the fleet: frontend, websocket, api, worker, database, cache")
  }

  @Test("What nobody uses of a reservation of no one service is a row of the bill of its own, shared by all")
  func unassigned() throws {
    let shared = try SharedStore.made.get()
    try FileManager.default.copyItem(atPath: shared.store, toPath: place.folder.path(place.store))
    try place.file("ri.json", reservations(type: "x1.32xlarge"))
    try #require(try importing("ri.json").status == 0)
    let bill = try tables(
      try succeeding([
        "cost", "--store", place.folder.path(place.store), "--month", SharedStore.month, "--format", "csv",
      ]))
    let unused = try bill[0].money("reserved-unused_usd", of: "unassigned")
    #expect(unused > .zero)
    let allocated = try #require(bill.first { $0.columns.contains("idle_usd") && $0.columns[0] == "service" })
    #expect(try allocated.money("shared_usd", of: "unassigned") == unused)
  }

  @Test("A zone of a region in which nothing runs is left out, unless its region is asked for")
  func regions() throws {
    try importFleet()
    try place.file("ri.json", reservations(zone: "eu-west-1b"))
    #expect(
      try importing("ri.json").output == "ri.json: no reservations\n  left out: 1 reservation of other regions\n")
    #expect(try importing("--region", "eu-west-1", "ri.json").output == "ri.json: 1 reservation added\n")
    try place.file("ri.json", reservations(zone: "us-east-1b"))
    #expect(
      try importing("--region", "eu-west-1", "ri.json").output
        == "ri.json: no reservations\n  left out: 1 reservation of other regions\n")
    #expect(
      try importing("--region", "eu-west-1", "--region", "us-east-1", "ri.json").output
        == "ri.json: 0 reservations added, 1 updated\n")
  }

  @Test("What names no region is of the one that is asked for, else of the fleet's")
  func noRegion() throws {
    try importFleet()
    try place.file("ri.json", reservations())
    #expect(
      try importing("--region", "eu-west-1", "ri.json").output
        == "ri.json: 1 reservation added\n")
    #expect(
      try importing("--region", "eu-west-1", "--region", "us-east-1", "ri.json").firstError
        == "plimsoll: ri.json:2: found a reservation that names no region, expected one --region")
    #expect(try importing("--region", "us-east-1", "ri.json").output == "ri.json: 0 reservations added, 1 updated\n")
    #expect(try importing("ri.json").output == "ri.json: nothing new, its one reservation was there\n")
  }

  @Test("A row of an engine that its service does not run is refused with its line and id")
  func engine() throws {
    try importFleet()
    let head = "id,service,type,count,offer,started,engine\n"
    try place.file("c.csv", head + "ri-1,cache,cache.m5.xlarge,1,standard-1yr-no-upfront,2026-03-01,linux\n")
    let run = try importing("c.csv")
    #expect(
      run.firstError == "plimsoll: c.csv:2: ri-1: found a reservation of cache.m5.xlarge (linux) for cache, which runs "
        + "redis, expected a service that runs linux")
    #expect(run.status == 65)
    try place.file("c.csv", head + "ri-1,cache,cache.m5.xlarge,1,standard-1yr-no-upfront,2026-03-01,redis\n")
    #expect(try importing("c.csv").output == "c.csv: 1 row added\n")
  }

  @Test("A commitment without a price is named by its id")
  func missingPrice() throws {
    let shared = try SharedStore.made.get()
    try FileManager.default.copyItem(atPath: shared.store, toPath: place.folder.path(place.store))
    try place.file(
      "c.csv",
      "id,service,type,count,offer,started\nri-none,cache,cache.x9.large,1,standard-1yr-no-upfront,2026-03-01\n")
    try #require(try importing("c.csv").status == 0)
    let run = try place.run(["cost", "--store", place.store, "--month", SharedStore.month])
    #expect(
      run.firstError.hasPrefix(
        "plimsoll: price book: ri-none: found no standard-1yr-no-upfront price of cache.x9.large (redis) in us-east-1 ")
    )
    #expect(run.status == 66)
  }

  @Test("The bill charges what is paid, and every hour of a savings plan's commitment")
  func bill() throws {
    let shared = try SharedStore.made.get()
    try FileManager.default.copyItem(atPath: shared.store, toPath: place.folder.path(place.store))
    try place.file("ri.json", reservations())
    try place.file("plans.json", plans)
    let run = try importing("ri.json", "plans.json")
    #expect(run.status == 0, "\(run.errors)")
    let question = ["--store", place.store, "--month", SharedStore.month]
    let cost = try place.run(["cost"] + question)
    #expect(cost.output.contains("Savings plan"))
    #expect(cost.output.contains("Effective savings rate"))
    let review = try place.run(["review", "--out", "out"] + question)
    #expect(review.status == 0, "\(review.errors)")
    let report = try place.text("out/report.md")
    #expect(report.contains("| sp-1 ") && report.contains("| Together "))
    // 744 hours of 0.40 USD, used or not.
    let plan = try tables(try place.text("out/bill.csv"))[0].rows.filter { $0["commitment"] == "sp-1" }
    let committed = plan.compactMap { $0["cost_usd"] }.compactMap { Double($0) }.reduce(0, +)
    #expect(abs(committed - 297.60) < 0.011, "\(plan)")
    // 2 instances for 744 hours at 0.02 + 100 / 8760 USD: 1488 * 0.0314155251... = 46.746301.
    let lines = try tables(try place.text("out/bill.csv"))[0].rows.filter { $0["commitment"] == "ri-1" }
    let cents = lines.compactMap { $0["cost_usd"] }.compactMap { Double($0) }.reduce(0, +)
    #expect(abs(cents - 46.75) < 0.011, "\(lines)")
    // Of it 1488 * 0.02 = 29.76 are paid this month; the plan has no upfront part.
    let paid = lines.compactMap { $0["cash_usd"] }.compactMap { Double($0) }.reduce(0, +)
    #expect(abs(paid - 29.76) < 0.011, "\(lines)")
    let paidForPlan = plan.compactMap { $0["cash_usd"] }.compactMap { Double($0) }.reduce(0, +)
    #expect(abs(paidForPlan - 297.60) < 0.011, "\(plan)")
    let printed = try tables(try place.run(["cost", "--format", "csv"] + question).output)
    let cash = try #require(printed.first { $0.columns.contains("upfront_difference_usd") })
    #expect(try cash.sum("effective_usd") + cash.sum("upfront_difference_usd") == cash.sum("cash_usd"))
    // 46.746301 less 29.76.
    #expect(try Cents(cash.sum("upfront_difference_usd")) == Cents(-1699))
    let price = "c5.large 100.00 upfront + 0.02/h standard-1yr-partial-upfront (from 2026-01-01, ri.json)"
    #expect(!lines.isEmpty && lines.allSatisfy { $0["price"] == price && $0["quality"] == "published" })
  }

  @Test("Options that are for other files are refused")
  func options() throws {
    try place.file("ri.json", reservations())
    #expect(
      try importing("--retrieved", "2026-11-24", "ri.json").firstError
        == "Error: --retrieved is for prices and spot, not for commitments.")
    #expect(
      try place.run(["import", "--store", place.store, "inventory", "--service", "web", "a.csv"]).firstError
        == "Error: --service is for utilisation and commitments, not for inventory.")
  }
}

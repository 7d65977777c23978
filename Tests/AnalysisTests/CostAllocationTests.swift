import Model
import TestSupport
import Testing

@testable import Analysis

@Suite struct CostAllocationTests {
  private let grid = SampleGrid(period: october, stepSeconds: 3600)

  @Test("Every nano-dollar of a random bill goes to a service's parts and to a user type", arguments: 0..<200)
  func conserves(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let bill = randomBill(&random)
    let allocation = try allocation(bill, users: [random.number(0...50), random.number(0...50), random.number(0...50)])
    { name in
      name == "db" ? nil : UsedShare(.cpu, Double.random(in: 0...1, using: &random))
    }
    #expect(allocation.total == bill.total)
    #expect(allocation.types.reduce(.zero) { $0 + $1.total } == bill.total)
    for cost in allocation.services { #expect(cost.total == bill.total(of: cost.service)) }
  }

  @Test("A quarter used is a quarter used and three quarters idle, split by what each type drives")
  func idle() throws {
    let bill = bill([item("app", .onDemand, "100", driver: .users)])
    let allocation = try allocation(bill, users: [30, 10, 0]) { _ in UsedShare(.cpu, 0.25) }
    #expect(allocation.services.map(\.used) == [usd("25")])
    #expect(allocation.services.map(\.idle) == [usd("75")])
    #expect(allocation.services.map(\.basis) == [.measured(UsedShare(.cpu, 0.25))])
    // 30 : 10 : 0 users.
    #expect(allocation.types.map(\.used) == [usd("18.75"), usd("6.25"), .zero])
    #expect(allocation.types.map(\.idle) == [usd("56.25"), usd("18.75"), .zero])
  }

  @Test("An unused commitment is idle altogether, metered use is used altogether")
  func options() throws {
    let bill = bill([
      item("app", .reservedUnused, "10", driver: .users), item("app", .metered, "20", driver: .users),
      item("app", .surplusCredits, "1", driver: .users), item("app", .spotRework, "2", driver: .users),
    ])
    let allocation = try allocation(bill, users: [1, 0, 0]) { _ in UsedShare(.cpu, 0.5) }
    #expect(allocation.services[0].idle == usd("10"))
    #expect(allocation.services[0].used == usd("23"))
  }

  @Test("A discount is divided as what it is off")
  func discounts() throws {
    let bill = bill([
      item("app", .onDemand, "100", driver: .users), discount("-10", on: .capacity),
      item("app", .reservedUnused, "40", driver: .users), discount("-4", on: .unusedCommitment),
      item("app", .spotRework, "20", driver: .users), discount("-2", on: .creditOrRework),
      discount("-1", on: .capacity, driver: .shared),
    ])
    let allocation = try allocation(bill, users: [3, 1, 0]) { _ in UsedShare(.memory, 0.25) }
    // A quarter of 100 - 10 and all of 20 - 2 is used; three quarters of 90 and all of 40 - 4 is idle.
    #expect(allocation.services.map(\.used) == [usd("40.50")])
    #expect(allocation.services.map(\.idle) == [usd("103.50")])
    #expect(allocation.services.map(\.shared) == [usd("-1")])
    #expect(allocation.services.map(\.basis) == [.measured(UsedShare(.memory, 0.25))])
    // 3 : 1 : 0 users.
    #expect(allocation.types.map(\.total) == [usd("107.25"), usd("35.75"), .zero])
    #expect(allocation.total == bill.total)
  }

  @Test("What nobody drives is shared by user-seconds, whatever it is bought as")
  func shared() throws {
    let bill = bill([item("app", .onDemand, "12", driver: .shared), item("app", .metered, "4", driver: .shared)])
    let allocation = try allocation(bill, users: [3, 1, 0]) { _ in UsedShare(.cpu, 0.5) }
    #expect(allocation.services.map(\.shared) == [usd("16")])
    #expect(allocation.types.map(\.shared) == [usd("12"), usd("4"), .zero])
  }

  @Test("A driver's weight counts beside the number of users")
  func weights() throws {
    // One user of each type; calls an hour 10 : 20 : 70, prompts 1 : 1 : 2.
    let types = [
      tinyUserType("a", calls: 10, prompts: 1), tinyUserType("b", calls: 20, prompts: 1),
      tinyUserType("c", calls: 70, prompts: 2),
    ]
    let bill = bill([item("api", .metered, "100", driver: .apiCalls), item("ai", .metered, "4", driver: .prompts)])
    let allocation = try allocation(bill, users: [1, 1, 1], types: types) { _ in nil }
    #expect(allocation.types.map(\.used) == [usd("11"), usd("21"), usd("72")])
  }

  @Test("Where nothing was measured, instances count as used and say so")
  func unmeasured() throws {
    let allocation = try allocation(bill([item("app", .onDemand, "10", driver: .users)]), users: [1, 0, 0]) { _ in nil }
    #expect(allocation.services[0].used == usd("10"))
    #expect(allocation.services[0].idle == .zero)
    #expect(allocation.services[0].basis == .unmeasured)
  }

  @Test("The cost per user divides by average concurrent users over measured time")
  func perUser() throws {
    // 40 users on average: 100 / 40 = 2.50; type a: 75 / 30 = 2.50.
    let allocation = try allocation(bill([item("app", .metered, "100", driver: .users)]), users: [30, 10, 0]) { _ in nil
    }
    #expect(allocation.averageUsers == 40)
    #expect(allocation.perUser == usd("2.50"))
    #expect(allocation.types[0].perUser(allocation.types[0].total) == usd("2.50"))
    #expect(allocation.types[2].perUser(usd("5")) == nil)
  }

  @Test("Where no users are known a service's cost is used and idle all the same, and nobody's cost per user is 0")
  func withoutUsers() throws {
    // 100 with a use of a quarter: 25 used, 75 idle; the charge that nobody drives is shared.
    let allocation = try allocation(
      bill([
        item("app", .onDemand, "100", driver: .users), item("edge", .metered, "8", driver: .shared),
        item("jobs", .onDemand, "10", driver: .metric(.requestsPerSecond)),
      ]), users: [], types: []
    ) { $0 == "app" ? UsedShare(.cpu, 0.25) : nil }
    #expect(allocation.services.map(\.used) == [usd("25"), .zero, usd("10")])
    #expect(allocation.services.map(\.idle) == [usd("75"), .zero, .zero])
    #expect(allocation.services.map(\.shared) == [.zero, usd("8"), .zero])
    #expect(allocation.total == usd("118"))
    #expect(allocation.types.isEmpty)
    #expect(allocation.perUser == nil)
    #expect(allocation.averageUsers == nil)
    #expect(allocation.gap == .noTypes)
  }

  @Test("Users that were none share the bill, and none of them has a cost")
  func nobody() throws {
    let allocation = try allocation(bill([item("app", .onDemand, "74.40", driver: .users)]), users: [0, 0, 0]) { _ in
      nil
    }
    #expect(allocation.services[0].shared == usd("74.40"))
    #expect(allocation.perUser == nil)
    #expect(allocation.types.map { $0.perUser($0.total) } == [nil, nil, nil])
    #expect(allocation.gap == .nobody)
  }

  private func allocation(
    _ bill: Bill, users: [Int64], types: [UserType] = ["a", "b", "c"].map { tinyUserType($0) },
    utilisation: (String) -> UsedShare?
  ) throws -> CostAllocation {
    let fleet = tinyFleet([tinyService("app", ["m5.large"]), tinyService("db", ["m5.large"])]) { $0.userTypes = types }
    let series = zip(types, users).map { type, count in
      samples("users", type.name, .concurrentUsers, on: grid) { _ in count }
    }
    let counts = try UserCounts(fleet: fleet, history: History(series), grid: grid)
    return CostAllocation(bill: bill, users: counts, utilisation: utilisation)
  }

  private func bill(_ items: [LineItem]) -> Bill { Bill(period: october, items: items, incomplete: []) }

  private func item(_ service: String, _ option: PurchaseOption, _ cost: String, driver: CostDriver) -> LineItem {
    item(service, option, usd(cost), driver)
  }

  private func discount(_ cost: String, on kind: CostKind, driver: CostDriver = .users) -> LineItem {
    var line = item("app", .negotiatedDiscount, cost, driver: driver)
    line.discountedKind = kind
    return line
  }

  private func item(_ service: String, _ option: PurchaseOption, _ cost: Money, _ driver: CostDriver) -> LineItem {
    LineItem(
      service: service, option: option, item: "m5.large", commitment: nil, quantity: decimal("1.0000"),
      unit: "instance-hour",
      dollars: cost, driver: driver, price: PriceNote(.onDemand(type: "a"), .zero))
  }

  /// Lines of every option and driver, discounts of every kind among them, which are negative.
  private func randomBill(_ random: inout SplitMix64) -> Bill {
    bill((0..<random.number(1...12)).map { _ in randomItem(&random) })
  }

  private func randomItem(_ random: inout SplitMix64) -> LineItem {
    let cost = Money(nanoDollars: random.number(0...5_000_000_000_000))
    var line = item(
      ["app", "db", "edge"].randomElement(using: &random)!, PurchaseOption.allCases.randomElement(using: &random)!,
      cost, CostDriver.named.randomElement(using: &random)!)
    if line.option == .negotiatedDiscount {
      line.dollars = .zero - cost
      line.discountedKind = [.capacity, .unusedCommitment, .creditOrRework, .use, .holding].randomElement(
        using: &random)
    }
    return line
  }
}

import Analysis
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

@Suite struct UserLoadTests {
  /// October 2026 of a service that two types of users call: 900 calls an hour of each casual one and 2,880 of each keen one, at
  /// hours of which each type has its own shape. The fleet file says 10 a session of an hour of both. Synthetic.
  private func month(days: Int = 31, noise: Double = 0.02, alike: Bool = false) -> TinyMonth {
    var month = TinyMonth()
    month.service.driver = .apiCalls
    month.fleet = { $0.userTypes = [tinyUserType("casual"), tinyUserType("keen")] }
    let grid = SampleGrid(
      period: Period(start: october.start, end: october.start.advanced(by: 86_400 * Int64(days))), stepSeconds: 3600)
    func casual(_ slot: Int) -> Int64 { Int64(200 + 20 * (slot % 24)) }
    func keen(_ slot: Int) -> Int64 { alike ? casual(slot) / 4 : Int64(50 + 3 * (slot % 7) + slot % 24) }
    var random = SplitMix64(seed: 11)
    let waves = (0..<grid.count).map { _ in 1 + noise * Double(random.number(-1000...1000)) / 1000 }
    month.series = [
      samples("users", "casual", .concurrentUsers, on: grid) { casual($0) },
      samples("users", "keen", .concurrentUsers, on: grid) { keen($0) },
      samples("app", "", .requestsPerSecond, on: grid) { slot in
        Int64((Double(900 * casual(slot) + 2880 * keen(slot)) / 3600 * waves[slot]).rounded())
      },
    ]
    return month
  }

  @Test("What the store tells of each type is what it causes, and counts in place of the fleet file")
  func measured() throws {
    let users = try month().study().context.users()
    let load = try #require(users.loads.first)
    #expect(users.loads.count == 1 && load.driver == .apiCalls && load.service == "app" && load.days == 31)
    #expect(load.doubt == nil && load.explained > 0.95 && load.ofFile == [10, 10])
    // Twice half an interval of 95 % are four deviations.
    for (weight, truth) in zip(load.weights, [900.0, 2880]) {
      #expect(abs(weight.value - truth) <= 2 * (weight.upper - weight.value))
    }
    let weights = users.types.map { Double($0.weight(for: .apiCalls)) }
    #expect(abs(weights[1] / weights[0] - 3.2) < 0.2)
    // Of what has other drivers the file's figures stand.
    #expect(users.types.map { $0.weight(for: .prompts) } == [1_000_000, 1_000_000])
  }

  @Test(
    "Loads that users do not explain, types that come and go together and a few days leave the fleet file's figures")
  func doubts() throws {
    func doubt(_ month: TinyMonth) throws -> UserLoad.Doubt? {
      let users = try month.study().context.users()
      #expect(users.types.map { $0.weight(for: .apiCalls) } == [10_000_000, 10_000_000])
      return try #require(users.loads.first).doubt
    }
    #expect(try doubt(month(alike: true)) == .alike)
    #expect(try doubt(month(days: 5)) == .fewDays(5))
    // Loads that swing by 90 % of themselves have next to nothing of their users.
    guard case .unexplained(let share) = try doubt(month(noise: 0.9)) else {
      Issue.record("explained")
      return
    }
    #expect(share < 0.8)
  }

  @Test("A user of a type that calls more costs more than the fleet file knows")
  func costs() throws {
    let answer = try CostAnswer(try month().study())
    let costs = answer.allocation.types.map { $0.perUser($0.used + $0.idle) }
    let (casual, keen) = (try #require(costs[0]), try #require(costs[1]))
    // By the file both are 10 calls an hour, and cost the same.
    #expect(abs(Double(keen.nanoDollars) / Double(casual.nanoDollars) - 3.2) < 0.2)
  }

  @Test("A mix of users is weighed by what was measured of each type, and the answer says by what")
  func capacity() throws {
    let study = try month().study()
    let mix = try CapacityAnswer(study, CapacityQuestion(users: [1_000], mix: [("keen", 1)]))
    #expect(mix.userLoads == (try study.context.users()).loads && mix.userTypes.map(\.name) == ["casual", "keen"])
    // Where no mix is asked for nothing is weighed.
    #expect(try CapacityAnswer(study, CapacityQuestion(users: [1_000])).userLoads.isEmpty)
  }
}

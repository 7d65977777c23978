import Model
import TestSupport
import Testing

@Suite struct ScenarioTests {
  @Test("Options become changes in the order of their kinds, whatever order they are given in")
  func order() throws {
    let options = [
      (name: "reserve", texts: ["api=4@standard-1yr-no-upfront"]), (name: "count", texts: ["worker=6", "api=2"]),
      (name: "users", texts: ["5000"]),
    ]
    let expected = Scenario([
      Change(PeakUsers(5000)), Change(FixedCount(service: "worker", count: 6)),
      Change(FixedCount(service: "api", count: 2)), Change(Reserve(service: "api", count: 4, term: oneYear)),
    ])
    for options in [options, options.reversed()] { #expect(try Scenario(options: options) == expected) }
    #expect(expected.services == ["worker", "api", "api"])
  }

  @Test("An option whose text is no change says what it takes")
  func faults() {
    #expect(
      throws: DataError(
        Place(parameter: Parameter("users")), found: "\"many\"", expected: "a whole number from 1 to 250,000",
        kind: .usage)
    ) { try Scenario(options: [("users", ["many"])]) }
    #expect(
      throws: DataError(
        Place(parameter: Parameter("users")), found: "\"250001\"", expected: "a whole number from 1 to 250,000",
        kind: .usage)
    ) { try Scenario(options: [("users", ["250001"])]) }
  }

  @Test("Two changes that set the same exclude one another; purchases add up")
  func twice() throws {
    #expect(throws: DataError.self) { try Scenario(options: [("count", ["api=1", "api=2"])]) }
    #expect(throws: DataError.self) { try Scenario(options: [("users", ["1", "2"])]) }
    let reserve = "api=1@standard-1yr-no-upfront"
    #expect(try Scenario(options: [("reserve", [reserve, reserve])]).changes.count == 2)
  }

  @Test("A service cannot be told to run never fewer than it is never to run more")
  func limits() throws {
    #expect(throws: DataError.self) { try Scenario(options: [("min", ["api=5"]), ("max", ["api=3"])]) }
    #expect(try Scenario(options: [("min", ["api=3"]), ("max", ["api=3", "web=1"])]).changes.count == 3)
  }

  @Test("What is given up is not changed besides")
  func givenUp() throws {
    #expect(throws: DataError.self) { try Scenario(options: [("drop-service", ["api"]), ("count", ["api=3"])]) }
    #expect(try Scenario(options: [("drop-service", ["api"]), ("count", ["web=3"])]).changes.count == 2)
  }

  @Test("The empty scenario is today")
  func empty() throws {
    #expect(try Scenario(options: []) == Scenario())
    #expect(Scenario([Change(PeakUsers(10_000))]) != Scenario())
  }

  @Test("A factor is kept in lowest terms")
  func factors() {
    #expect(DemandFactor(10_000, 2_500) == DemandFactor(4, 1))
    #expect(DemandFactor(3, 3).isOne)
    #expect(DemandFactor(3, 2).value == 1.5)
  }

  @Test("Demand forgets factors of one, so that unchanged demand is as measured")
  func demand() {
    #expect(Demand(factors: [.users: .one]) == .asMeasured)
    #expect(Demand(.one) == .asMeasured)
    let grown = Demand(factors: [.users: DemandFactor(2, 1)])
    #expect(grown.factor(of: .users) == DemandFactor(2, 1))
    #expect(grown.factor(of: .prompts) == .one)
  }
}

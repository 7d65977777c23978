import Model
import TestSupport
import Testing

@Suite struct ScenarioTests {
  @Test("A type change is SERVICE=TYPE")
  func types() {
    #expect(Scenario.TypeChange("database=m5.large") == .init(service: "database", type: "m5.large"))
    #expect(Scenario.TypeChange("database=m5.large")?.description == "database=m5.large")
  }

  @Test("A count change is SERVICE=N, and zero is a count")
  func counts() {
    #expect(Scenario.CountChange("api=12") == .init(service: "api", count: 12))
    #expect(Scenario.CountChange("api=0")?.count == 0)
  }

  @Test("A reservation is SERVICE=N@OFFER")
  func reservations() {
    let text = "database=2@standard-1yr-no-upfront"
    #expect(Scenario.Reservation(text) == .init(service: "database", count: 2, term: oneYear))
    #expect(Scenario.Reservation(text)?.description == text)
  }

  @Test("What is no assignment is no change", arguments: ["", "=", "a=", "=b", "a", "a=b=c"])
  func rejectsAssignments(text: String) { #expect(Scenario.TypeChange(text) == nil) }

  @Test("A count is a whole number, not negative", arguments: ["api=-1", "api=two", "api=1.5", "api=1=2"])
  func rejectsCounts(text: String) { #expect(Scenario.CountChange(text) == nil) }

  @Test(
    "A reservation needs a positive count and an offer",
    arguments: ["db=2", "db=0@standard-1yr-no-upfront", "db=2@spot", "db=@standard-1yr-no-upfront", "db=2@@"])
  func rejectsReservations(text: String) { #expect(Scenario.Reservation(text) == nil) }

  @Test("The empty scenario is today")
  func empty() {
    var scenario = Scenario()
    #expect(scenario == Scenario())
    scenario.peakUsers = 10_000
    #expect(scenario != Scenario())
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

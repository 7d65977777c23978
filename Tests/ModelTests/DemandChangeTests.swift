import Model
import TestSupport
import Testing

/// Changes of demand, and what is made of names and patterns.
@Suite struct DemandChangeTests {
  private func factor(_ text: String) -> DemandFactor? { MonthlyGrowth(optionText: text)?.factor }

  @Test("A percentage a month is compounded: 5 % over a year is 1.795856326")
  func compounded() throws {
    #expect(factor("5%/month:1") == DemandFactor(21, 20))
    // 1.05^12 = 1.79585632602212919…
    #expect(abs(try #require(factor("5%/month:12")).value - 1.79585632602) < 1e-10)
    #expect(factor("5%/month") == factor("5%/month:12") && factor("5%/month:12m") == factor("5%/month:12"))
    // 0.5^3 and (1 - 0.0025)^2, exact.
    #expect(factor("-50%/month:3") == DemandFactor(1, 8))
    #expect(factor("-0.25%/month:2") == DemandFactor(99_500_625, 100_000_000))
  }

  @Test("What grows a thousandfold is refused, as is a month too many or a percentage too large")
  func bounds() {
    for text in ["50%/month:60", "51%/month:1", "5%/month:0", "5%/month:61", "5.001%/month:1"] {
      #expect(MonthlyGrowth(optionText: text)?.fault != nil, "\(text)")
    }
    for text in ["5/month", "%/month", "5%/month:x", "5%/month:1:2", "five%"] {
      #expect(MonthlyGrowth(optionText: text) == nil, "\(text)")
    }
  }

  @Test("Changes of demand multiply, in either order, and one takes another back")
  func multiplied() {
    var random = SplitMix64(seed: 21)
    for _ in 0..<200 {
      func some() -> DemandFactor {
        DemandFactor(Int64.random(in: 1...10_000, using: &random), Int64.random(in: 1...10_000, using: &random))
      }
      let (a, b) = (some(), some())
      #expect(a.times(b) == b.times(a))
      #expect(a.over(a).isOne)
      #expect(abs(a.times(b).value / (a.value * b.value) - 1) < 1e-8)
      let both = Demand(factors: [.users: a]).times(Demand(factors: [.users: b, .prompts: b]))
      #expect(both.factor(of: .users) == a.times(b) && both.factor(of: .prompts) == b)
    }
    // Beyond 53 bits: as near as they are.
    let large = DemandFactor(1_000_003 * 999_983, 7).times(DemandFactor(11, 999_979 * 1_000_033))
    #expect(abs(large.value / (1_000_003.0 * 999_983 / 7 * 11 / 999_979 / 1_000_033) - 1) < 1e-12)
  }

  @Test("A family's sizes are kept, and nothing else moves")
  func families() throws {
    let move = try #require(FamilyMove(optionText: "m5.*=m6g.*"))
    #expect(move.type(insteadOf: "m5.2xlarge") == "m6g.2xlarge")
    #expect(move.type(insteadOf: "m5a.large") == nil && move.type(insteadOf: "m5.") == nil)
    let nodes = try #require(FamilyMove(optionText: "cache.*.large=cache.*.xlarge"))
    #expect(nodes.type(insteadOf: "cache.r6g.large") == "cache.r6g.xlarge")
    for text in ["m5.*=m6g.large", "m5.large=m6g.*", "*=*", "m*.*=c5.*"] {
      let move = FamilyMove(optionText: text)
      #expect(move == nil || move?.fault != nil, "\(text)")
    }
  }

  @Test("One option moves a service or all that a pattern names, by what stands before the sign")
  func sharedOption() throws {
    let scenario = try Scenario(options: [("instance", ["m5.*=m6g.*", "api=t3.large"])])
    #expect(scenario.changes.map(\.kind) == ["family-move", "resize"])
    let error = #expect(throws: DataError.self) { try Scenario(options: [("instance", ["api"])]) }
    #expect(error?.description.contains("; or ") == true)
  }

  @Test("A user type is meant by its name, or by a word that only its title has")
  func types() {
    let types = [("casual", "Casual Viewer"), ("contributor", "Active Contributor"), ("power", "Power User")].map {
      var type = tinyUserType($0.0)
      type.title = $0.1
      return type
    }
    #expect(types.place(called: "active") == 1 && types.place(called: "power") == 2)
    #expect(types.place(called: "viewer") == 0 && types.place(called: "act") == nil && types.place(called: "") == nil)
  }
}

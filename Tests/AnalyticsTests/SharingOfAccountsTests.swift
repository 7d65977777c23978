import Analysis
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

/// What a study asks for before it says what accounts that share nothing pay for.
@Suite struct SharingOfAccountsTests {
  private func month(_ accounts: [String?], held: String?) -> TinyMonth {
    var month = TinyMonth(count: accounts.count)
    month.service.instanceTypes = ["m5.large"]
    month.service.minimum = 2
    month.fleet = {
      $0.purchase.sharedBetweenAccounts = false
      $0.outlook = Outlook(uncertaintyPercentAYear: 0)
    }
    for (index, account) in accounts.enumerated() { month.runs[index].account = account }
    var one = commitment("ri", 1, "m5.large", at: "0.0576").commitment
    one.account = held
    month.commitments = [one]
    return month
  }

  @Test("Where no two accounts are known they cannot but share")
  func one() throws {
    #expect(try month(["111", "111"], held: "111").study().fleet.purchase.sharedBetweenAccounts)
    #expect(try month([nil, nil], held: nil).study().fleet.purchase.sharedBetweenAccounts)
    #expect(try !month(["111", "222"], held: "222").study().fleet.purchase.sharedBetweenAccounts)
  }

  @Test("Of several accounts a commitment and instances without one are named, and nothing is guessed")
  func unknown() throws {
    let error = #expect(throws: DataError.self) { try month(["111", "222", nil], held: nil).study() }
    #expect(error?.kind == .missingInput)
    #expect(
      error?.found == "false, and no account of 1 commitment (ri) and of instances of 1 service (app)",
      "\(error?.found ?? "")")
    // What names none beside what does may be of another account.
    let lone = #expect(throws: DataError.self) { try month(["111", nil], held: "111").study() }
    #expect(lone?.found == "false, and no account of instances of 1 service (app)", "\(lone?.found ?? "")")
    let other = #expect(throws: DataError.self) { try month(["111", "222"], held: nil).study() }
    #expect(other?.found == "false, and no account of 1 commitment (ri)", "\(other?.found ?? "")")
  }

  @Test("The review of two accounts tells what each buys, and adds up")
  func review() throws {
    let review = try month(["111", "222"], held: "222").review()
    // The second is covered until its term ends; the first is bought for, by its own account.
    let plan = try #require(review.purchases).plan
    #expect(plan.lines.filter(\.isNow).map(\.pool) == ["m5-111"])
    #expect(review.current.bill.total { $0.account == "222" } == usd("42.8544"))
  }
}

import Advice
import Analysis
@testable import Analytics
import Model
import StudySupport
import TestSupport
import Testing

/// What tokens and seats would save, one by one and together, beside the bill.
@Suite struct TokensAnswerTests {
  private static let grid = SampleGrid(period: october, stepSeconds: 3600)

  /// A month with tokens of a model, of which half repeats and a fifth may wait a day, and ten seats, of which seven are used.
  private func month() -> TinyMonth {
    var month = TinyMonth()
    month.fleet = { fleet in
      for (kind, metric) in [(TokenKind.input, Metric.inputTokens), (.output, .outputTokens)] {
        var charge = tinyCharge(kind.rawValue, price: TokenItem("v/m", kind).item, metric: metric, driver: .prompts)
        charge.service = "ai"
        fleet.charges.append(charge)
      }
      var seats = tinyCharge("Seats", fixedUsd: "21", amount: "10", per: "user-month")
      seats.service = "github"
      fleet.charges.append(seats)
      var rules = TokenRules()
      (rules.service, rules.deadline) = ("ai", TimeSpan(seconds: 86_400))
      (rules.deferrablePercent, rules.repeatedPercent) = (decimal("20"), decimal("50"))
      fleet.tokenRules = [rules]
    }
    month.series = [
      samples("ai", .inputTokens, on: Self.grid) { _ in 1_000_000 },
      samples("ai", .outputTokens, on: Self.grid) { _ in 100_000 },
      samples("github", .activeSeats, on: Self.grid) { _ in 7 },
    ]
    let prices: [(TokenKind, String)] = [
      (.input, "2"), (.output, "10"), (.cachedInput, "0.2"), (.cacheWrite, "2.5"), (.batchInput, "1"),
      (.batchOutput, "5"), (.batchCachedInput, "0.1"),
    ]
    for (kind, price) in prices {
      month.prices.sellUnit(
        TokenItem("v/m", kind).item, price, unit: "token", perUnits: 1_000_000, region: "")
    }
    return month
  }

  @Test(
    "Savings are differences of two bills; together they are less than added up, for each is of what the others left")
  func together() throws {
    let study = try month().study()
    let base = try study.outcome(Scenario())
    let answer = try TokensAnswer(study, from: base)
    func saving(_ subject: TokenSubject) -> Money? {
      answer.savings.first { $0.finding.subject == subject }?.amount
    }
    // 744 million tokens in, 74.4 million out. Half read at 0.2 and half written at 2.5 in place of 2: 744 x 0.65.
    #expect(saving(.caching) == usd("483.60"))
    // A fifth of both at half the price: 744 x 0.2 x 1 + 74.4 x 0.2 x 5.
    #expect(saving(.batch) == usd("223.20"))
    #expect(saving(.seats) == usd("63"))
    #expect(saving(.shorterPrompts) == usd("148.80"))
    // Cached first, a fifth of what is read and of what is answered is in batches, and what is written stays as it is:
    // 372 x (0.8 x 0.2 + 0.2 x 0.1) + 372 x 2.5 + 74.4 x (0.8 x 10 + 0.2 x 5) = 66.96 + 930 + 669.60.
    let after = usd("1666.56")
    #expect(answer.saving == usd("2232") - after + usd("63"))
    let advised = answer.savings.filter { $0.finding.outcome == .advised }.compactMap(\.amount)
    #expect(answer.saving < advised.reduce(.zero, +))
    // The same as a what-if of all of them.
    let all = answer.savings.filter { $0.finding.outcome == .advised }.compactMap(\.finding.change)
    #expect(try study.outcome(Scenario(all)).bill.total == base.bill.total - answer.saving)
  }

  @Test("What tokens could save is in no step of the review, and their services are told where it is")
  func review() throws {
    let review = try month().review()
    #expect(review.tokens.saving > .zero)
    #expect(review.saving == review.steps.reduce(.zero) { $0 + $1.saving })
    #expect(review.steps.allSatisfy { step in step.bill.total(of: "ai") == review.current.bill.total(of: "ai") })
    #expect(Set(review.unjudged.filter { $0.reason == .tokens }.map(\.service)) == ["ai", "github"])
  }
}

import Advice
import Analysis
import Model

/// What a what-if looks for, within what.
package enum Goal: Hashable, Sendable {
  /// The most concurrent users at the peak whose month costs no more than a budget, in the fleet's currency.
  case users(budget: Money)
  /// The most that demand may grow before more instances are bought on demand than are today.
  case growth
  /// The cheapest change that leaves no more critical time.
  case change(criticalMinutes: Int)
}

extension Goal {
  /// The goal that three parameters state; nil where none does.
  /// - Throws: ``DataError``, kind `usage`, for one that lacks its limit, a limit that is none or of another goal.
  package init?(_ word: String?, budget: String?, criticalMinutes: Int?) throws(DataError) {
    func lacks(_ parameter: Parameter, _ expected: String) -> DataError {
      DataError(Place(parameter: parameter), found: "nothing", expected: expected, kind: .usage)
    }
    if let budget, word != "users" {
      throw DataError(
        Place(parameter: .budget), found: "\"\(budget)\" without users to be found", expected: "solving for users",
        kind: .usage)
    }
    if let criticalMinutes, word != "change" {
      throw DataError(
        Place(parameter: .criticalMinutes), found: "\(criticalMinutes) without a change to be found",
        expected: "solving for a change", kind: .usage)
    }
    switch word {
    case "users":
      guard let budget else { throw lacks(.budget, "what a month may cost, 5000/month") }
      let text = budget.hasSuffix("/month") ? String(budget.dropLast("/month".count)) : budget
      guard let amount = Money(text), amount > .zero else {
        throw DataError(
          Place(parameter: .budget), found: "\"\(budget)\"",
          expected: "an amount above 0 and up to \(Money(nanoDollars: .max).description), 5000/month", kind: .usage)
      }
      self = .users(budget: amount)
    case "growth": self = .growth
    case "change":
      guard let criticalMinutes else { throw lacks(.criticalMinutes, "the most critical minutes a month, 30") }
      guard (0...1_000_000).contains(criticalMinutes) else {
        throw DataError(
          Place(parameter: .criticalMinutes), found: "\(criticalMinutes)", expected: "0 to 1,000,000", kind: .usage)
      }
      self = .change(criticalMinutes: criticalMinutes)
    default: return nil
    }
  }
}

/// What was looked for, and what was found.
public struct GoalAnswer: Sendable {
  package enum Finding: Sendable {
    case users(FoundUsers)
    case growth(FoundGrowth)
    case change(FoundChange)
  }
  /// The most users within a budget.
  package struct FoundUsers: Sendable {
    package let budget: Money
    package let peak: Int
    /// nil where not even one is within the budget.
    package let most: Int?
    /// What they cost, and what one more would; nil where there are none, or none more may be asked for.
    package let cost, costOfOneMore: Money?
    /// Numbers below it that were tried and cost more than the budget: a larger type makes more users cheaper.
    package let dearer: [Int]
  }
  /// The most growth that what is held carries.
  package struct FoundGrowth: Sendable {
    /// In thousandths of today's demand; 0 where any growth is bought on demand.
    package let permille: Int
    /// Instance-hours that are held and not used, and those bought on demand or as spot, today and then.
    package let unusedToday, unusedThen, boughtToday, boughtThen: Double
    package let costToday, cost: Money
  }
  /// The cheapest change within a limit of critical time.
  package struct FoundChange: Sendable {
    package let limitSeconds: Int64
    /// nil where nothing that was tried keeps within it; then the changes of least critical time.
    package let isWithin: Bool
    package let answer: WhatIfAnswer
    package let tried: Int
  }
  /// The month and its clock.
  public let scope: MonthScope
  /// What is changed beside.
  package let scenario: Scenario
  package let currency: BillCurrency
  package let costToday: Money
  package let finding: Finding
}

extension Workspace {
  /// Looks for the most users, the most growth, or the cheapest change, on top of what a question changes.
  /// - Throws: `DataError` as for a what-if, and for a goal beside changes that it would itself set.
  package func goal(_ goal: Goal, _ question: WhatIfQuestion, month: String?) throws -> GoalAnswer {
    let shared = try checked(question)
    func seek(_ study: Study) throws -> GoalAnswer {
      let before = try study.outcome(Scenario())
      var changes = try study.changes(of: question.advice, from: before)
      if let shared { changes += try readChanges(shared.bytes, file: shared.name, of: study.fleet) }
      let seeker = GoalSeeker(study: study, base: Scenario(changes + question.scenario.changes), before: before)
      let finding: GoalAnswer.Finding =
        switch goal {
        case .users(let budget): .users(try seeker.users(within: budget))
        case .growth: .growth(try seeker.growth())
        case .change(let minutes): .change(try seeker.change(within: Int64(minutes) * 60))
        }
      return GoalAnswer(
        scope: MonthScope(study), scenario: seeker.base, currency: before.bill.currency, costToday: before.bill.total,
        finding: finding)
    }
    let regions = question.scenario.regions
    return try remedying(regions) {
      question.advice.isEmpty
        ? try answer(month: month, alsoIn: regions, seek) : try seek(study(month: month, alsoIn: regions))
    }
  }
}

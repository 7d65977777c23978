import Model
import Testing

@testable import Solvers

@Suite struct CapacityRuleTests {
  private static let ladder = [6.25, 12.5, 25, 50, 100, 200].map { CapacityOffer(capacity: $0, costPercent: $0) }

  @Test("The share above a capacity is that of the history and of half a day at a new level")
  func share() {
    // 4 intervals, 2 a day, so one at a new level. Above 3 are 1 of 4, doubled 3 of 4, twice doubled all: 2/3 in the mean.
    // (1 + 2/3) / 5 = 1/3.
    let rule = CapacityRule(history: [4, 1, 3, 2], intervalsPerDay: 2)
    #expect(abs(rule.expectedShare(above: 3) - 1.0 / 3) < 1e-15)
    #expect(rule.expectedShare(above: 16) == 0)
    #expect(rule.expectedShare(above: 0) == 1)
    #expect(abs(rule.expectedLoss(CapacityOffer(capacity: 3, costPercent: 5), kappa: 20) - (5 + 2000 / 3.0)) < 1e-9)
  }

  @Test("A steady need gets room for more while the history is short, and less once it is long")
  func allowance() {
    // Above 6.25 are two levels of 3.2 in three, above 12.5 one: 2/3 or 1/3 of 1/2 in d + 1/2 days, times 2000. The step
    // to 12.5 saves 333.3 / (d + 1/2) for 6.25, that to 25 as much for 12.5: worth it up to day 52, and up to day 26.
    for (days, capacity) in [(1, 25), (26, 25), (27, 12.5), (52, 12.5), (53, 6.25)] {
      let history = [Double](repeating: 3.2, count: 24 * days)
      let rule = CapacityRule(history: history, intervalsPerDay: 24)
      #expect(rule.best(of: Self.ladder, kappa: CapacityRisk.expected.kappa)?.capacity == capacity, "\(days) days")
    }
  }

  @Test("A bolder setting never takes more capacity, and all take what is least by trying")
  func risks() {
    for count in 1...60 {
      let history = (0..<(count * 12)).map { Double(($0 * 7919 + count * 104_729) % 1000) / 20 + Double(count % 7) }
      let rule = CapacityRule(history: history, intervalsPerDay: 12)
      var last = 0.0
      for risk in CapacityRisk.allCases {
        // Straight from the definition: 6 intervals more, spread over all and over three levels.
        let losses = Self.ladder.map { offer in
          let over = history.reduce(0.0) { sum, need in
            let levels = [need, 2 * need, 4 * need].count { $0 > offer.capacity }
            return sum + (need > offer.capacity ? 1 : 0) + 6 * Double(levels) / 3 / Double(history.count)
          }
          return offer.costPercent + risk.kappa * 100 * over / Double(history.count + 6)
        }
        let best = rule.best(of: Self.ladder, kappa: risk.kappa)!
        #expect(rule.expectedLoss(best, kappa: risk.kappa) <= losses.min()! + 1e-9)
        #expect(best.capacity >= last)
        last = best.capacity
      }
    }
  }
}

import Testing

@testable import Advice

@Suite struct CapacityRuleTests {
  private static let ladder = [6.25, 12.5, 25, 50, 100, 200].map { CapacityOffer(capacity: $0, cost: $0) }

  @Test("The share above a capacity is that of the history and of one day doubled")
  func share() {
    // 4 intervals, 2 a day. Above 3: one, and doubled (2, 4, 6, 8) three: (1 + 2 × 3/4) / 6.
    let rule = CapacityRule(history: [4, 1, 3, 2], intervalsPerDay: 2)
    #expect(abs(rule.expectedShare(above: 3) - 2.5 / 6) < 1e-15)
    #expect(rule.expectedShare(above: 8) == 0)
    #expect(rule.expectedShare(above: 0) == 1)
    #expect(abs(rule.expectedLoss(CapacityOffer(capacity: 3, cost: 5), kappa: 20) - (5 + 2000 * 2.5 / 6)) < 1e-9)
  }

  @Test("A steady need gets room for its double while the history is short, and less once it is long")
  func allowance() {
    // 3.2 doubled is above 6.25: 1/(d + 1) × 100 kappa against 6.25 more. With kappa 20: 12.5 up to 318 days, 6.25 from 320.
    for (days, capacity) in [(1, 12.5), (318, 12.5), (320, 6.25)] {
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
        // Straight from the definition: a doubled day for every interval, each of weight 12/n.
        let losses = Self.ladder.map { offer in
          let over = history.reduce(0.0) { sum, need in
            sum + (need > offer.capacity ? 1 : 0) + (2 * need > offer.capacity ? 12 / Double(history.count) : 0)
          }
          return offer.cost + risk.kappa * 100 * over / Double(history.count + 12)
        }
        let best = rule.best(of: Self.ladder, kappa: risk.kappa)!
        #expect(rule.expectedLoss(best, kappa: risk.kappa) <= losses.min()! + 1e-9)
        #expect(best.capacity >= last)
        last = best.capacity
      }
    }
  }
}

import Model
import Testing

@testable import Solvers

@Suite struct CapacityRuleTests {
  private static let ladder = [6.25, 12.5, 25, 50, 100, 200].map { CapacityOffer(capacity: $0, costPercent: $0) }

  @Test("The share above a capacity is that of the history and of a quarter of a day at a new level")
  func share() {
    // 4 intervals, 4 a day, so one at a new level. Above 3 are 1 of 4, doubled 3 of 4, twice doubled all: 2/3 in the mean.
    // (1 + 2/3) / 5 = 1/3.
    let rule = CapacityRule(history: [4, 1, 3, 2], intervalsPerDay: 4)
    #expect(abs(rule.expectedShare(above: 3) - 1.0 / 3) < 1e-15)
    #expect(rule.expectedShare(above: 16) == 0)
    #expect(rule.expectedShare(above: 0) == 1)
    #expect(abs(rule.expectedLoss(CapacityOffer(capacity: 3, costPercent: 5), kappa: 20) - (5 + 2000 / 3.0)) < 1e-9)
  }

  @Test("Of what stays for an interval the newest counts twice the one before, and a gap ages what is older")
  func weights() {
    // Weights 1/8, 1/4, 1/2, 1 over 15/8, times 4 intervals: 4/15, 8/15, 16/15, 32/15. One interval at a new level.
    // Above 2 is the 3: 8/15; doubled 3 and 2 and the newest 1.5: 8/15 + 16/15 + 32/15; twice doubled all: 4.
    // (8/15 + (8/15 + 56/15 + 60/15) / 3 / 4) / 5 = (8/15 + 31/45) / 5 = 11/45.
    let rule = CapacityRule(history: [1, 3, 2, 1.5], intervalsPerDay: 4, holdIntervals: 1)
    #expect(abs(rule.expectedShare(above: 2) - 11.0 / 45) < 1e-12)
    // Two measured: weights 1/4 and 1 over 5/4, times 2: 0.4 and 1.6. A quarter of a day of one is 0.25.
    // Above 2 is the 3, and all of it doubled: (0.4 + 0.25 × (0.4 + 0.4 + 2) / 3 / 2) / 2.25.
    let gap = CapacityRule(history: [3, nil, 1], intervalsPerDay: 1, holdIntervals: 1)
    #expect(abs(gap.expectedShare(above: 2) - (0.4 + 0.25 * 2.8 / 6) / 2.25) < 1e-12)
  }

  @Test("What used all that there was needed that at least, and maybe twice or four times as much")
  func saturated() {
    // Three of 1 and one of 4 at least; 4 a day, so one interval at a new level. 4 is short for the last, 5 in two of three
    // levels of it, 8 in one, 16 in none. At the new level 8 is what 8, 4 and 2 are: 1/3, 1 and 1.
    let history = [CapacityNeed(1), CapacityNeed(4, isAtLeast: true), CapacityNeed(1), CapacityNeed(1)]
    let rule = CapacityRule(needs: history, intervalsPerDay: 4)
    #expect(abs(rule.expectedShare(above: 4) - (1 + 1.0 / 4) / 5) < 1e-15)
    #expect(abs(rule.expectedShare(above: 8) - (1.0 / 3 + (7.0 / 9) / 4) / 5) < 1e-15)
    // Of 16 what 16, 8 and 4 are: 0, 1/3 and 1.
    #expect(abs(rule.expectedShare(above: 16) - (4.0 / 9 / 4) / 5) < 1e-15)
    #expect(rule.expectedShare(above: 64) == 0)
    // Never less than if it were known, and never more of a greater capacity.
    let known = CapacityRule(history: history.map { $0.amount }, intervalsPerDay: 4)
    var last = 1.0
    for capacity in stride(from: 0.0, to: 20, by: 0.25) {
      let share = rule.expectedShare(above: capacity)
      #expect(share >= known.expectedShare(above: capacity) && share <= last)
      last = share
    }
  }

  @Test("What is held for very long sees all of the history alike, and nothing measured carries nothing")
  func edges() {
    let history = (0..<500).map { Double($0 % 37) }
    let (long, alike) = (
      CapacityRule(history: history, intervalsPerDay: 24, holdIntervals: 1e12),
      CapacityRule(history: history, intervalsPerDay: 24)
    )
    for capacity in stride(from: 0.0, to: 150, by: 3) {
      #expect(abs(long.expectedShare(above: capacity) - alike.expectedShare(above: capacity)) < 1e-6)
    }
    #expect(CapacityRule(history: [nil, nil], intervalsPerDay: 24, holdIntervals: 1).expectedShare(above: 9) == 1)
    // Weights that faded to nothing are none; the newest decides.
    let faded = CapacityRule(history: [9] + [Double?](repeating: 1, count: 5_000), intervalsPerDay: 1, holdIntervals: 1)
    #expect(faded.expectedShare(above: 5) == 0)
    // One need that is older than any weight.
    let old = CapacityRule(history: [9] + [Double?](repeating: nil, count: 5_000), intervalsPerDay: 1, holdIntervals: 1)
    #expect(old.expectedShare(above: 5) == 1)
  }

  @Test("A steady need gets room for more while the history is short, and less once it is long")
  func allowance() {
    // Above 6.25 are two levels of 3.2 in three, above 12.5 one: 2/3 or 1/3 of 1/4 in d + 1/4 days, times 2000. The step
    // to 12.5 saves 166.7 / (d + 1/4) for 6.25, that to 25 as much for 12.5: worth it up to day 26, and up to day 13.
    for (days, capacity) in [(1, 25), (13, 25), (14, 12.5), (26, 12.5), (27, 6.25)] {
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
        // Straight from the definition: 3 intervals more, spread over all and over three levels.
        let losses = Self.ladder.map { offer in
          let over = history.reduce(0.0) { sum, need in
            let levels = [need, 2 * need, 4 * need].count { $0 > offer.capacity }
            return sum + (need > offer.capacity ? 1 : 0) + 3 * Double(levels) / 3 / Double(history.count)
          }
          return offer.costPercent + risk.kappa * 100 * over / Double(history.count + 3)
        }
        let best = rule.best(of: Self.ladder, kappa: risk.kappa)!
        #expect(rule.expectedLoss(best, kappa: risk.kappa) <= losses.min()! + 1e-9)
        #expect(best.capacity >= last)
        last = best.capacity
      }
    }
  }
}

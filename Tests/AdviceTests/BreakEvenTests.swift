import Model
import TestSupport
import Testing

@testable import Advice

@Suite struct BreakEvenTests {
  @Test("The best number of reservations is what trying every number finds", arguments: 0..<200)
  func bruteForce(seed: Int) {
    var random = SplitMix64(seed: seed)
    let model = randomModel(&random)
    let costs = (0...8).map { independentCost(model, reserved: $0) }
    #expect((0...8).allSatisfy { model.cost($0) == costs[$0] })
    #expect(model.best == costs.firstIndex(of: costs.min()!))
  }

  @Test("A level is reserved when it is used for more than the break-even share of hours, and not at it")
  func threshold() {
    // 60 %: level 1 used in 10 of 10 hours, level 2 in 7, level 3 in 6 (the tie: the fewer), level 4 in 5.
    let demand: [Int64] = [4, 4, 4, 4, 4, 3, 2, 1, 1, 1].map { $0 * 3600 }
    let model = BreakEven(demand: demand, onDemand: usd("0.10"), reserved: usd("0.06"))
    #expect((1...4).map { model.use(ofLevel: $0) / 3600 } == [10, 7, 6, 5])
    #expect(model.best == 2)
    #expect(model.cost(2) == model.cost(3))
    #expect(model.breakEvenPercent == "60.0")
  }

  @Test("No demand reserves nothing")
  func nothing() {
    #expect(BreakEven(demand: [], onDemand: usd("0.10"), reserved: usd("0.06")).best == 0)
    #expect(BreakEven(demand: [0, 0], onDemand: usd("0.10"), reserved: usd("0.06")).best == 0)
  }

  @Test("A reservation dearer than on-demand is never bought")
  func dear() {
    #expect(BreakEven(demand: [3600, 3600], onDemand: usd("0.10"), reserved: usd("0.11")).best == 0)
  }

  @Test("Cheap spot takes the place of reservations, but never the first instances")
  func spot() {
    // Four instances always. All may be spot but the first two: reserve those two.
    let model = BreakEven(
      demand: Array(repeating: 4 * 3600, count: 10), onDemand: usd("0.10"), reserved: usd("0.06"), spot: usd("0.03"),
      spotPercent: 100, floor: 2)
    #expect(model.best == 2)
    // 10 h × (2 × 0.06 + 2 × 0.03) = 1.80.
    #expect(model.cost(2) == Int128(usd("1.80").nanoDollars) * 3600)
  }

  @Test("Spot that costs more than on-demand is not used")
  func dearSpot() {
    let model = BreakEven(
      demand: [2 * 3600], onDemand: usd("0.10"), reserved: usd("0.20"), spot: usd("0.11"), spotPercent: 100)
    #expect(model.cost(0) == Int128(usd("0.20").nanoDollars) * 3600)
  }

  private func randomModel(_ random: inout SplitMix64) -> BreakEven {
    let demand = (0..<random.number(1...24)).map { _ in
      Int64(random.number(0...6)) * 3600 + Int64(random.number(0...3599))
    }
    return BreakEven(
      demand: demand, total: demand.map { $0 + Int64(random.number(0...7200)) },
      onDemand: Money(nanoDollars: random.number(1...200)), reserved: Money(nanoDollars: random.number(1...200)),
      spot: random.coin() ? Money(nanoDollars: random.number(1...200)) : nil, spotPercent: random.number(0...100),
      floor: random.number(0...3))
  }

  /// Second by second would be the definition; an hour's seconds differ in nothing but who serves them.
  private func independentCost(_ model: BreakEven, reserved count: Int) -> Int128 {
    var total: Int128 = 0
    for (used, all) in zip(model.demand, model.total) {
      total += Int128(count) * 3600 * Int128(model.reserved.nanoDollars)
      var rest = used - Int64(count) * 3600
      if rest <= 0 { continue }
      if let spot = model.spot, spot < model.onDemand {
        let mayBeSpot = [rest, all * model.spotPercent / 100, all - model.floor * 3600].min()!
        if mayBeSpot > 0 {
          total += Int128(mayBeSpot) * Int128(spot.nanoDollars)
          rest -= mayBeSpot
        }
      }
      total += Int128(rest) * Int128(model.onDemand.nanoDollars)
    }
    return total
  }
}

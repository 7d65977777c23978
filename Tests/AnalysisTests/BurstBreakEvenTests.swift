import Analysis
import Model
import TestSupport
import Testing

@Suite struct BurstBreakEvenTests {
  @Test("A t3.large at 0.0835 breaks even with 0.096 at 42.5 %, as the EC2 user guide computes")
  func userGuide() {
    // 30 % + (0.096 - 0.0835) / (0.05 × 2) = 30 % + 12.5 %.
    #expect(BurstCredits.t3Large.breakEvenPermille(vcpu: 2, hourly: usd("0.0835"), fixed: usd("0.096")) == 425)
  }

  @Test("There is none beside a cheaper fixed type, and none without a price of surplus")
  func none() {
    #expect(BurstCredits.t3Large.breakEvenPermille(vcpu: 2, hourly: usd("0.096"), fixed: usd("0.096")) == nil)
    var unpriced = BurstCredits.t3Large
    unpriced.surplusPerVcpuHour = nil
    #expect(unpriced.breakEvenPermille(vcpu: 2, hourly: usd("0.08"), fixed: usd("0.096")) == nil)
  }

  @Test("Surplus of a day is what was used beyond the baseline; at the baseline there is none")
  func surplus() {
    // 2 vCPUs of which 0.6 are earned; 1.6 used leaves 1 vCPU for 86,400 s, all of it owed at the end.
    let day = [Double?](repeating: 1.6, count: 288)
    #expect(BurstCredits.t3Large.surplus(of: day, stepSeconds: 300) == 86_400_000_000)
    #expect(BurstCredits.t3Large.surplus(of: [Double?](repeating: 0.6, count: 288), stepSeconds: 300) == 0)
    // A gap is neither rest nor work.
    #expect(BurstCredits.t3Large.surplus(of: day + [nil, nil], stepSeconds: 300) == 86_400_000_000)
  }
}

// From which use on a fixed-performance type is cheaper than a burstable one that runs on surplus credits.
//
//     break-even = baseline + (fixed rate - burstable rate) / (surplus rate × vCPUs),  in percent of all vCPUs
//
// Source: Amazon EC2 user guide, "Unlimited mode concepts", break-even CPU usage: t3.large at 0.0835 against m5.large at
// 0.096 and 0.05 a vCPU-hour gives 30 % + 12.5 % = 42.5 %.

import Model

extension BurstCredits {
  /// The mean CPU use, in percent of all vCPUs and tenths of one, above which an instance with a fixed rate costs less; nil
  /// where surplus has no price or the fixed instance is cheaper anyway.
  package func breakEvenPermille(vcpu: Int, hourly: Money, fixed: Money) -> Int? {
    guard let surplusPerVcpuHour, surplusPerVcpuHour > .zero, fixed > hourly, vcpu > 0 else { return nil }
    let spare = Int128((fixed - hourly).nanoDollars) * 1000
    let perInstance = Int128(surplusPerVcpuHour.nanoDollars) * Int128(vcpu)
    return wholeNumber((baselinePercentPerVcpu * 10).rounded())
      + Int(clamping: roundedHalfEven(spare, dividedBy: perInstance))
  }

  /// Surplus that an instance would be charged over some intervals, in micro-vCPU-seconds; a gap is neither rest nor work.
  ///
  /// The account starts empty, and what is still borrowed at the end is charged.
  /// - Parameter use: vCPUs in use in each interval; nil where unmeasured.
  package func surplus(of use: some Sequence<Double?>, stepSeconds: Int64) -> Int128 {
    var account = CreditAccount(self)
    var charged: Int128 = 0
    for case let used? in use {
      charged += Int128(account.run(seconds: stepSeconds, using: wholeMicroVcpus(used * 1_000_000)))
    }
    return charged + Int128(account.stop())
  }
}

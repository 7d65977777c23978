// CPU credits of burstable instances, interval by interval: in unlimited mode, and below in standard mode.
//
// A credit is one vCPU at 100 % for one minute. Credits are earned continuously; what is earned beyond use fills the
// balance up to 24 hours of earnings. Use beyond earnings drains the balance, then borrows surplus credits. Later
// earnings pay surplus back first. Surplus is charged when it exceeds 24 hours of earnings, and what is left is
// charged when the instance stops.
// Source: Amazon EC2 user guide, "Unlimited mode for burstable performance instances" (concepts; surplus credits can
// be charged). T2 starts in standard mode by default and is never charged; T3, T3a and T4g start unlimited.
//
// Unit: micro-vCPU-seconds (10⁻⁶ of one vCPU for one second), exact integers.

import Model

/// The credit account of one instance.
package struct CreditAccount: Hashable, Sendable {
  /// Earned and unspent.
  package private(set) var balance: Int64 = 0
  /// Borrowed and not yet paid back.
  package private(set) var surplus: Int64 = 0
  private let earnedPerSecond: Int64
  private let cap: Int64

  package init(_ burst: BurstCredits) {
    earnedPerSecond = burst.microVcpusEarned
    cap = earnedPerSecond * 86_400
  }

  /// Runs for some seconds at a constant use and returns the surplus charged for it.
  /// - Parameter used: micro-vCPUs in use.
  package mutating func run(seconds: Int64, using used: Int64) -> Int64 {
    let net = (earnedPerSecond - used) * seconds
    if net >= 0 {
      let repaid = min(surplus, net)
      surplus -= repaid
      balance = min(cap, balance + net - repaid)
      return 0
    }
    let drawn = min(balance, -net)
    balance -= drawn
    surplus += -net - drawn
    let charged = max(0, surplus - cap)
    surplus -= charged
    return charged
  }

  /// Ends the instance: what is still borrowed is charged.
  package mutating func stop() -> Int64 {
    defer { surplus = 0 }
    return surplus
  }
}

/// The credit account of one instance in standard mode, which is throttled to its baseline when it has none left.
///
/// It starts with 30 launch credits for each vCPU, which are spent first and are no part of what a day's earnings cap.
/// Source: Amazon EC2 user guide, "Standard mode concepts", launch credits; T2 alone has them, and T2 alone is standard
/// by default.
package struct StandardCreditAccount: Hashable, Sendable {
  /// Earned and unspent, and what is left of the launch.
  package private(set) var balance: Int64 = 0
  package private(set) var launch: Int64
  private let earnedPerSecond: Int64
  private let cap: Int64

  /// What is left, in seconds that it takes to earn as much.
  package var secondsLeft: Int64 { (balance + launch) / max(1, earnedPerSecond) }

  package init(_ burst: BurstCredits, vcpu: Int) {
    earnedPerSecond = burst.microVcpusEarned
    cap = earnedPerSecond * 86_400
    // 30 minutes of each vCPU.
    launch = Int64(vcpu) * 30 * 60 * 1_000_000
  }

  /// Runs for some seconds and returns what of the wanted use was not to be had, in micro-vCPU-seconds.
  /// - Parameter wanted: micro-vCPUs.
  package mutating func run(seconds: Int64, wanting wanted: Int64) -> Int64 {
    let net = (earnedPerSecond - wanted) * seconds
    guard net < 0 else {
      balance = min(cap, balance + net)
      return 0
    }
    let ofLaunch = min(launch, -net)
    let ofBalance = min(balance, -net - ofLaunch)
    launch -= ofLaunch
    balance -= ofBalance
    return -net - ofLaunch - ofBalance
  }
}

/// The most micro-vCPUs that credits are counted for, a million vCPUs: no instance uses more, and what credits that would
/// take does not fit 64 bits.
let mostMicroVcpus: Int64 = 1_000_000_000_000

/// Micro-vCPUs as a whole number, rounded, within a million vCPUs.
package func wholeMicroVcpus(_ use: Double) -> Int64 {
  let use = min(max(use, -Double(mostMicroVcpus)), Double(mostMicroVcpus))
  return Int64(nearestWholeNumber(use))
}

extension BurstCredits {
  /// credits/h × 60 vCPU-seconds × 10⁶ / 3600 s; whole numbers for every published rate.
  fileprivate var microVcpusEarned: Int64 {
    min(mostMicroVcpus, wholeNumber((creditsPerHour * 1_000_000 / 60).rounded()))
  }

  /// In which of some intervals an instance in standard mode is throttled; nil where unmeasured: then the account stands
  /// still.
  package func throttled(_ use: some Sequence<Double?>, vcpu: Int, stepSeconds: Int64) -> [Bool?] {
    var account = StandardCreditAccount(self, vcpu: vcpu)
    return use.map { used in
      used.map { account.run(seconds: stepSeconds, wanting: wholeMicroVcpus($0 * 1_000_000)) > 0 }
    }
  }
}

extension Instant {
  /// The first of the instants that lie whole steps from another, at or after this one.
  func roundedUp(to stepSeconds: Int64, from origin: Instant) -> Instant {
    let offset = (seconds - origin.seconds) % stepSeconds
    return offset == 0 ? self : advanced(by: offset > 0 ? stepSeconds - offset : -offset)
  }
}

/// The surplus an instance is charged in a period.
/// - Parameters:
///   - use: where it is unmeasured the account stands still: a gap is neither rest nor work.
///   - history: where the account starts, at or before the period, so that its balance is known.
package func chargedSurplus(
  run: InstanceRun, burst: BurstCredits, in period: Period, from history: Instant,
  stepSeconds: Int64, _ use: inout some CPUUse
) -> Int128 {
  var account = CreditAccount(burst)
  var charged: Int128 = 0
  let stop = run.stopped ?? period.end.advanced(by: 1)
  var instant = max(run.started, history).roundedUp(to: stepSeconds, from: period.start)
  let end = min(stop, period.end)
  while instant < end {
    if let used = use.use(at: instant) {
      let surplus = account.run(seconds: stepSeconds, using: used)
      if surplus > 0, instant >= period.start { charged += Int128(surplus) }
    }
    instant = instant.advanced(by: stepSeconds)
  }
  // At the very end of the period it is charged in it: the next period does not know the run.
  if stop > period.start, stop <= period.end { charged += Int128(account.stop()) }
  return charged
}

import Analysis
import Model
import TestSupport
import Testing

@Suite struct CPUCreditsTests {
  /// One credit in the account's unit: 60 vCPU-seconds × 10⁶.
  private let credit: Int64 = 60_000_000
  private let hour: Int64 = 3600

  @Test("A use beyond any instance's counts as a million vCPUs, so that no sample ends an account")
  func beyondAnyInstance() {
    #expect(wholeMicroVcpus(1e300) == 1_000_000_000_000 && wholeMicroVcpus(-1e300) == -1_000_000_000_000)
    #expect(wholeMicroVcpus(2_500_000.5) == 2_500_001)
    var account = CreditAccount(
      BurstCredits(baselinePercentPerVcpu: 20, creditsPerHour: 24, maximumCredits: 576, surplusPerVcpuHour: usd("0.05"))
    )
    // A month of it at five minutes: 8,928 × 300 × 10¹² are below 2⁶³.
    for _ in 0..<8_928 { #expect(account.run(seconds: 300, using: wholeMicroVcpus(1e300)) >= 0) }
  }

  @Test("The t3.nano of the EC2 user guide's example is charged for 304 credits")
  func publishedExample() {
    // Amazon EC2 user guide, "Unlimited mode examples", example 1, points P1 to P7. 100 % of 2 vCPUs is 2,000,000.
    var account = CreditAccount(.t3Nano)
    #expect(account.run(seconds: 24 * hour, using: 0) == 0)  // P1: idle
    #expect(account.balance == 144 * credit)
    #expect(account.run(seconds: 12 * hour, using: 50_000) == 0)  // P2: 2.5 %
    #expect(account.balance == 144 * credit)
    #expect(account.run(seconds: 24 * hour, using: 140_000) == 0)  // P3: 7 % spends 57.6
    #expect(account.balance == 864 * credit / 10)
    #expect(account.run(seconds: 12 * hour, using: 50_000) == 0)  // P4: earns 72, spends 36
    #expect(account.balance == 1224 * credit / 10)
    // P5: 5 hours at 100 % spend 600 and earn 30: 570, less 122.4, less 144 that may be owed: 303.6 (the guide says 304).
    #expect(account.run(seconds: 5 * hour, using: 2_000_000) == 3036 * credit / 10)
    #expect(account.surplus == 144 * credit)
    #expect(account.run(seconds: 13 * hour, using: 100_000) == 0)  // P6: the baseline
    #expect(account.surplus == 144 * credit)
    #expect(account.run(seconds: 24 * hour, using: 0) == 0)  // P7: idle pays it back
    #expect(account.surplus == 0 && account.balance == 0)
  }

  @Test("The balance never exceeds 24 hours of earnings, and money is never owed beside it", arguments: 0..<100)
  func invariants(seed: Int) {
    var random = SplitMix64(seed: seed)
    var account = CreditAccount(.t3Large)
    for _ in 0..<200 {
      let before = account.balance - account.surplus
      let used: Int64 = random.number(0...2_000_000)
      let seconds: Int64 = random.number(1...20_000)
      let charged = account.run(seconds: seconds, using: used)
      #expect(account.balance <= 864 * credit && account.surplus <= 864 * credit)
      #expect(account.balance == 0 || account.surplus == 0)
      #expect(charged >= 0)
      // What is not charged, capped or carried is lost nowhere: 0.6 vCPU earned, `used` spent.
      let after = before + (600_000 - used) * seconds + charged
      #expect(account.balance - account.surplus == min(864 * credit, after))
    }
  }

  @Test("Launch credits of a T2 in standard mode are spent first, then it is throttled to its baseline")
  func launchCredits() {
    // t2.micro: 6 credits an hour for its one vCPU, so 0.1 a minute, and 30 at the launch. All of it takes 0.9 a minute:
    // 33 1/3 minutes, six intervals of five and two thirds of the seventh.
    let micro = BurstCredits(
      baselinePercentPerVcpu: 10, creditsPerHour: 6, maximumCredits: 144, surplusPerVcpuHour: nil, mode: .standard)
    let full = micro.throttled([Double?](repeating: 1, count: 9), vcpu: 1, stepSeconds: 300)
    #expect(full == [false, false, false, false, false, false, true, true, true])
    // At the baseline it never is, nor by a gap.
    #expect(micro.throttled([0.1, nil, 0.1], vcpu: 1, stepSeconds: 300) == [false, nil, false])
    var account = StandardCreditAccount(micro, vcpu: 1)
    #expect(account.run(seconds: 48 * hour, wanting: 0) == 0)
    // A day's earnings, and the launch credits beyond them.
    #expect(account.balance == 144 * credit && account.launch == 30 * credit)
    #expect(account.run(seconds: 600, wanting: 1_000_000) == 0)
    #expect(account.balance == 144 * credit && account.launch == 21 * credit)
  }

  @Test("Exactly the baseline neither gains nor loses")
  func baseline() {
    var account = CreditAccount(.t3Large)
    for _ in 0..<100 { #expect(account.run(seconds: hour, using: 600_000) == 0) }
    #expect(account.balance == 0 && account.surplus == 0 && account.stop() == 0)
  }

  @Test("Surplus is paid back before it is charged")
  func paidBack() {
    var account = CreditAccount(.t3Large)
    // An hour at 100 % borrows 2 - 0.6 = 1.4 vCPU-hours; three idle hours earn 1.8.
    #expect(account.run(seconds: hour, using: 2_000_000) == 0)
    #expect(account.surplus == 1_400_000 * hour)
    #expect(account.run(seconds: 3 * hour, using: 0) == 0)
    #expect(account.surplus == 0 && account.balance == 400_000 * hour)
    #expect(account.stop() == 0)
  }

  @Test("A stop charges what is still borrowed, once")
  func stops() {
    var account = CreditAccount(.t3Large)
    _ = account.run(seconds: hour, using: 2_000_000)
    #expect(account.stop() == 1_400_000 * hour)
    #expect(account.stop() == 0)
  }

  @Test("At 42.5 % a t3.large costs what an m5.large costs, as the user guide computes")
  func breakEven() {
    // EC2 user guide, "When to use unlimited mode versus fixed CPU": (0.096 - 0.0835) / (0.05 × 2 vCPU) = 12.5 % above
    // the baseline of 30 %. October has 744 hours: 744 × 0.0125 = 9.30.
    let charged = surplus(of: 0..<744) { _ in 850_000 }
    let cost = usd("0.05").charge(for: charged, per: 3600 * 1_000_000)
    #expect(cost == usd("9.30"))
    #expect(cost + usd("0.0835").perHour(seconds: october.seconds) == usd("0.096").perHour(seconds: october.seconds))
  }

  @Test("A gap is neither rest nor work")
  func gap() {
    // Ten hours at 100 % borrow 14 vCPU-hours wherever a gap of five hours lies between them.
    let measured = surplus(of: 0..<15) { $0 >= 5 && $0 < 10 ? nil : 2_000_000 }
    #expect(measured == 14 * 3600 * 1_000_000)
  }

  @Test("Credits earned before the period count, charges before it do not")
  func history() {
    // Idle the day before: 14.4 vCPU-hours saved; ten hours at 100 % need 14.
    let run = run("a", of: "app", "t3.large", period("2026-09-30", "2026-10-01T10:00:00Z"))
    var use = UseByRule { $0 < october.start ? 0 : 2_000_000 }
    let saved = chargedSurplus(
      run: run, burst: .t3Large, in: october, from: run.started, stepSeconds: 3600, &use)
    #expect(saved == 0)
    let forgotten = chargedSurplus(
      run: run, burst: .t3Large, in: october, from: october.start, stepSeconds: 3600, &use)
    #expect(forgotten == 14 * 3600 * 1_000_000)
  }

  @Test("An instance that still runs owes up to a day of earnings without a charge")
  func stillRunning() {
    // 24 hours at 60 % borrow 24 × 0.6 = 14.4 vCPU-hours: exactly 24 hours of earnings.
    var run = run("a", of: "app", "t3.large", period("2026-10-31", "2026-11-01"))
    run.stopped = nil
    var use = UseByRule { _ in 1_200_000 }
    let charged = chargedSurplus(
      run: run, burst: .t3Large, in: october, from: run.started, stepSeconds: 3600, &use)
    #expect(charged == 0)
  }

  /// What an instance is charged that runs the given hours of October and stops.
  private func surplus(of hours: Range<Int>, use: @escaping (Int) -> Int64?) -> Int128 {
    let start = october.start
    let span = Period(
      start: start.advanced(by: Int64(hours.lowerBound) * 3600), end: start.advanced(by: Int64(hours.upperBound) * 3600)
    )
    let within = Period(start: start, end: october.end.advanced(by: 1))
    var use = UseByRule { use(Int(($0.seconds - start.seconds) / 3600)) }
    return chargedSurplus(
      run: run("a", of: "app", "t3.large", span), burst: .t3Large, in: within, from: start, stepSeconds: 3600, &use)
  }
}

private struct UseByRule: CPUUse {
  let rule: (Instant) -> Int64?
  mutating func use(at instant: Instant) -> Int64? { rule(instant) }
}

import Testing

@testable import Solvers

/// The examples of AWS's user guides, by the page that has them (awsdocs/amazon-ec2-auto-scaling-user-guide@7d90761,
/// doc_source). An instance carries 100, so the percentage of n instances is the load over n.
@Suite struct DocumentedScalingTests {
  private static let percent = AdjustmentType.percentChangeInCapacity
  private static let out = stepPolicy(alarm(.atLeast, 50), percent, [(0, 10, 0), (10, 20, 10), (20, nil, 30)])
  private static let into = stepPolicy(alarm(.atMost, 50), percent, [(nil, -20, -30), (-20, -10, -10), (-10, 0, 0)])

  @Test("Steps take ten instances to 11, 14, 13 and 10 as the metric goes to 60, 70, 40 and 30")
  func steps() throws {
    // as-scaling-simple-step.md, "Step adjustments for step scaling": +10 % of 10, +30 % of 11 = 3.3, -10 % of 14 = -1.4,
    // -30 % of 13 = -3.9. Between 40 and 60 nothing happens.
    let replay = TinyReplay(load: [600, 770, 560, 390], initial: 10, policies: [Self.out, Self.into])
    #expect(try replay.desired() == [11, 14, 13, 10])
    #expect(
      try TinyReplay(load: [401, 599, 500], initial: 10, policies: [Self.out, Self.into]).desired() == [10, 10, 10])
  }

  @Test("What warms up is no capacity when scaling out, and holds back scaling in; what terminates is capacity")
  func warmup() throws {
    // The same page, edition of 2021-12, "Instance warm-up": at 60, 62, 70 % while the first instance warms up.
    var replay = TinyReplay(load: [600, 620, 700], initial: 10, policies: [Self.out, Self.into], warmupTicks: 10)
    #expect(try replay.desired() == [11, 11, 13])
    replay = TinyReplay(load: [600, 300, 300, 300], initial: 10, policies: [Self.out, Self.into], warmupTicks: 2)
    #expect(try replay.desired() == [11, 11, 11, 8])
    let fewer = stepPolicy(alarm(.atMost, 50), .changeInCapacity, [(nil, 0, -2)])
    #expect(
      try TinyReplay(load: [400, 400, 400], initial: 14, policies: [fewer], drainTicks: 5).desired() == [12, 12, 12])
  }

  @Test("Percentages are rounded away from zero below one instance, and towards it above")
  func rounding() {
    // The same page, "Scaling adjustment types": 12.7, .67, -.58, -6.67; 25 % of 4, but at least 2.
    for (hundredths, change) in [(1270, 12), (67, 1), (-58, -1), (-667, -6), (0, 0)] {
      #expect(CapacityAdjustment.percentage(hundredths, of: 1) == change)
    }
    #expect(CapacityAdjustment(type: Self.percent, amount: 25, minimumMagnitude: 2).change(on: 4) == 2)
    #expect(CapacityAdjustment(type: Self.percent, amount: 0, minimumMagnitude: 2).change(on: 4) == 0)
  }

  @Test("The policy that leaves the larger capacity wins, for out and for in")
  func conflicts() throws {
    // as-scale-based-on-demand.md: one instance more against two; three fewer of eight against 25 % of them.
    var replay = TinyReplay(
      load: [600], initial: 8, policies: [simplePolicy(alarm(.above, 50), 1), simplePolicy(alarm(.above, 50), 2)])
    #expect(try replay.solve().events == [ReplayAnswer.Event(tick: 0, from: 8, to: 10, name: "p1")])
    replay = TinyReplay(
      load: [80], initial: 8,
      policies: [simplePolicy(alarm(.below, 50), -3), simplePolicy(alarm(.below, 50), -25, Self.percent)])
    #expect(try replay.solve().events == [ReplayAnswer.Event(tick: 0, from: 8, to: 6, name: "p1")])
  }

  @Test("A policy goes no further than the limits")
  func limits() throws {
    // The same page: two, three more, at most three; three, two fewer, at least two.
    let more = TinyReplay(load: [190], initial: 2, policies: [simplePolicy(alarm(.above, 50), 3)], maximum: 3)
    #expect(try more.desired() == [3])
    let fewer = TinyReplay(load: [30], initial: 3, policies: [simplePolicy(alarm(.below, 50), -2)], minimum: 2)
    #expect(try fewer.desired() == [2])
  }

  @Test("Target tracking adds 1.5 instances as two and removes 1.5 as one")
  func targets() throws {
    // as-scaling-target-tracking.md, "Considerations": 75 % of 3 at a target of 50 % is 4.5; 35 % of 5 is 3.5.
    #expect(try TinyReplay(load: [225], initial: 3, policies: [targetPolicy(50)]).desired() == [5])
    #expect(try TinyReplay(load: [175], initial: 5, policies: [targetPolicy(50)]).desired() == [4])
    // "Insufficient data": neither out nor in.
    #expect(
      try TinyReplay(load: [400, nil, nil, 100], initial: 4, policies: [targetPolicy(50)]).desired() == [8, 8, 8, 2])
    // Three datapoints above it, fifteen below 90 % of it, as AWS's own alarms are seen to be.
    let managed = TinyReplay(
      load: Array(repeating: 300, count: 3) + Array(repeating: 60, count: 16), initial: 3,
      policies: [targetPolicy(50, out: 3, into: 15)])
    #expect(try managed.solve().events.map(\.tick) == [2, 17])
  }

  @Test(
    "Several targets scale out when any does, and in when all do that may",
    arguments: [(180, true, 4), (120, true, 3), (180, false, 2), (300, true, 6)])
  func severalTargets(other: Int, scalesIn: Bool, capacity: Int) throws {
    // 25 % of 4 at 50 % would be 2; an own metric of 45, 30 or 75 an instance at 50 would be 4 (above 90 %), 3 or 6.
    var replay = TinyReplay(load: [100], initial: 4)
    replay.policies = [targetPolicy(50), targetPolicy(50, metric: 1, scalesIn: scalesIn)]
    replay.metrics.append(ReplayMetric(name: "b", kind: .perInstance(load: 1)))
    replay.otherLoad = [other]
    #expect(try replay.desired() == [capacity])
  }

  @Test("A backlog of 1,500 messages of 0.1 s takes 15 instances to be worked off in 10 s each")
  func backlog() throws {
    // as-using-sqs-queue.md, "Example: Amazon SQS backlog per instance": 150 messages for each of 10, 100 acceptable.
    #expect(capacity(forBacklog: 1_500_000, secondsPerMessage: 100, targetLatency: 10_000) == 15)
    var replay = TinyReplay(load: [6000], initial: 10, perInstance: 600)
    replay.queue = ReplayWork.Queue(initial: 1_500_000)
    replay.metrics = [ReplayMetric(name: "backlog", kind: .backlogPerInstance)]
    replay.policies = [
      .target(
        TargetPolicy(
          metric: 0, target: ExactFraction(10_000, over: 100), scalesIn: true,
          scaleOut: TargetPolicy.Window(needed: 1, periods: 1, range: 1),
          scaleIn: TargetPolicy.Window(needed: 1, periods: 1, range: 1), inPercent: 90_000))
    ]
    #expect(try replay.desired() == [15])
  }

  @Test("A forecast of 50 at a maximum of 40 goes to 55 with a buffer of 10 %, and to 40 without one")
  func predictive() throws {
    // ec2-auto-scaling-predictive-scaling.md, "Maximum capacity behavior"; the larger of forecast and other policies
    // wins; a forecast never scales in.
    func forecast(_ capacity: Int, _ buffer: Int? = nil) -> PredictivePolicy {
      PredictivePolicy(slotTicks: 60, leadTicks: 0, capacity: [capacity], bufferPercent: buffer)
    }
    #expect(
      forecast(50, 10).bounds(forecast: 50, minimum: 1, maximum: 40) == ClosedCapacity(floor: 50, limit: 55))
    let honoured = TinyReplay(load: [0], initial: 10, policies: [.predictive(forecast(50))], minimum: 1, maximum: 40)
    #expect(try honoured.desired() == [40])
    let both = TinyReplay(load: [500, 500], initial: 5, policies: [targetPolicy(50), .predictive(forecast(8))])
    #expect(try both.desired() == [10, 10])
    #expect(try TinyReplay(load: [0], initial: 10, policies: [.predictive(forecast(8))]).desired() == [10])
  }

  @Test("A cooldown begins when the last instance has launched; scheduled actions wait for none")
  func cooldown() throws {
    // ec2-auto-scaling-scaling-cooldowns.md: launched at 3, cooled at 6, so in the tick that ends there; and so on.
    let replay = TinyReplay(
      load: Array(repeating: 900, count: 12), initial: 4, policies: [simplePolicy(alarm(.above, 50), 1)],
      launchTicks: 2, cooldownTicks: 3)
    #expect(try replay.solve().events.map(\.tick) == [0, 5, 10])
    let scheduled = TinyReplay(
      load: [200, 200, 200], initial: 4, cooldownTicks: 9,
      scheduled: [
        ReplayAction(name: "s", ticks: [1], minimum: 5, maximum: 20, desired: 9),
        ReplayAction(name: "late", ticks: [1], desired: 30),
      ])
    let events = try scheduled.solve().events
    #expect(events.map(\.to) == [9, 20] && events.map(\.tick) == [1, 1] && events.map(\.name) == ["s", "late"])
  }

  @Test("A queue fills to its limit and drains, and what is beyond is lost")
  func queue() throws {
    // 200 carried a tick: 300 wait, then 600, of which 550 may; then 350, 150, none.
    var replay = TinyReplay(load: [500, 500, 0, 0, 0], initial: 2)
    replay.queue = ReplayWork.Queue(limit: 550_000)
    replay.metrics = [ReplayMetric(name: "depth", kind: .backlog)]
    let deep = ReplayCondition(metric: 0, comparison: .above, threshold: 100_000, forTicks: 2)
    replay.breaches = [NamedCondition(name: "deep", condition: deep)]
    let answer = try replay.solve()
    #expect(answer.maxBacklog == 550_000 && answer.unserved == 50_000 && answer.instanceTicks == 10)
    #expect(answer.breachTicks == [3])
  }
}

import Model
import TestSupport
import Testing

@testable import Analysis
@testable import Solvers

/// A service whose instances may have 100 requests a second each, over minutes.
private func simulation(
  requests: [Double?], _ change: (inout Service) -> Void = { _ in }
) throws -> ServiceSimulation {
  var service = tinyService("app", ["m5.large"])
  service.minimum = 1
  service.maximum = 10
  service.thresholds = [
    threshold(.requestsPerSecond, "> 80/s per instance", "> 100/s per instance", "> 150/s per instance")
  ]
  change(&service)
  let start = instant("2026-10-01T00:00:00Z")
  let grid = SampleGrid(
    period: Period(start: start, end: start.advanced(by: 60 * Int64(requests.count))), stepSeconds: 60)
  var traffic = ServiceTraffic(on: grid)
  traffic.set(.total(.requestsPerSecond), to: requests)
  return ServiceSimulation(service, InstanceCapacity(vcpu: 2, memoryGiB: nil), traffic, ReviewRules())
}

private func rule(_ metric: Metric, _ when: String) -> MetricCondition {
  var part = MetricCondition()
  part.metric = metric
  part.condition = condition(when)
  return part
}

private func policy(_ kind: ScalingPolicy.Kind, _ change: (inout ScalingPolicy) -> Void) -> ScalingPolicy {
  var policy = ScalingPolicy()
  policy.name = kind.rawValue
  policy.kind = kind
  policy.metric = .requestsPerSecond
  change(&policy)
  return policy
}

@Suite struct ServiceSimulationTests {
  @Test("A rule acts when its condition has held for its time, and its instance serves once it has launched")
  func rules() throws {
    // 250 requests on 2 instances are 125 each, above 100 from minute 0. "For 3min" is met in minute 2; the third is asked
    // for at the end of it, and launches for two minutes, 3 and 4. With 3 of them 83 each: nothing more happens.
    let simulation = try simulation(requests: [Double?](repeating: 250, count: 8)) {
      $0.scaling.scaleOut = [rule(.requestsPerSecond, "> 100/s per instance for 3min")]
      $0.scaling.launch = TimeSpan(seconds: 120)
    }
    let answer = try simulation.replay(.configured, initial: 2)
    #expect(answer.events == [ReplayAnswer.Event(tick: 2, from: 2, to: 3, name: ServicePolicies.rulesName)])
    #expect(answer.serving == [2, 2, 2, 2, 2, 3, 3, 3])
    // Paid for from the request on: 3 x 2 and 5 x 3.
    #expect(answer.paid == [2, 2, 2, 3, 3, 3, 3, 3])
    let figures = SimulationFigures(answer, of: simulation)
    #expect(figures.instanceSeconds == 21 * 60)
    // Above 80 throughout, above 100 while two served, above 150 never.
    #expect(figures.secondsAtLevel == [480, 300, 0])
    // ceil(250 / 100) = 3 were needed from the start: short for the 5 minutes that two served.
    #expect(simulation.required == [Int?](repeating: 3, count: 8))
    #expect(figures.short == SimulationFigures.Lengths([5], tickSeconds: 60))
    #expect(figures.spare == nil)
  }

  @Test("A rule of M of N samples acts when M of the last N breach, whatever lies between them")
  func samplesOfRules() throws {
    // A sample is a minute here. 250 requests on 2 instances are 125 each, 150 are 75. Three of five are above 100 for the first
    // time in minute 4; three in a row there are never.
    let load: [Double?] = [250, 150, 250, 150, 250, 150, 250, 150]
    func events(_ when: String) throws -> [Int] {
      let simulation = try simulation(requests: load) {
        $0.scaling.scaleOut = [rule(.requestsPerSecond, when)]
        $0.scaling.cooldown = TimeSpan(seconds: 3600)
      }
      return try simulation.replay(.configured, initial: 2).events.map(\.tick)
    }
    #expect(try events("> 100/s per instance for 3 of 5") == [4])
    #expect(try events("> 100/s per instance for 3min").isEmpty)
    #expect(try events("> 100/s per instance for 4 of 5").isEmpty)
  }

  @Test("A sample of several ticks is their mean, and one that is missing breaches where the rule says so")
  func coarseSamples() throws {
    func answer(_ when: String, _ load: [Double?], ticksASample: Int) throws -> [Int] {
      var service = tinyService("app", ["m5.large"])
      (service.minimum, service.maximum) = (1, 10)
      service.scaling.scaleOut = [rule(.requestsPerSecond, when)]
      service.scaling.cooldown = TimeSpan(seconds: 3600)
      let start = instant("2026-10-01T00:00:00Z")
      let grid = SampleGrid(
        period: Period(start: start, end: start.advanced(by: 60 * Int64(load.count))), stepSeconds: 60)
      var traffic = ServiceTraffic(on: grid)
      traffic.datapointTicks = ticksASample
      traffic.set(.total(.requestsPerSecond), to: load)
      let simulation = ServiceSimulation(service, InstanceCapacity(vcpu: 2, memoryGiB: nil), traffic, ReviewRules())
      return try simulation.replay(.configured, initial: 2).events.map(\.tick)
    }
    // Samples of two minutes on two instances: of minutes 0 and 1 the mean is (80 + 160) / 2 = 120, above 100; of 2 and 3 (160 +
    // 30) / 2 = 95, below; of 4 and 5 125. Two of the three are above when minute 5 ends.
    let load: [Double?] = [160, 320, 320, 60, 200, 300]
    #expect(try answer("> 100/s per instance for 2 of 3", load, ticksASample: 2) == [5])
    // In each minute by itself 160, 160 are above: two of three in minute 2.
    #expect(try answer("> 100/s per instance for 2 of 3", load, ticksASample: 1) == [2])
    let gap: [Double?] = [150, 150, nil, nil, nil, nil]
    #expect(try answer("> 100/s per instance for 2 of 2 missing breaching", gap, ticksASample: 1) == [5])
    #expect(try answer("> 100/s per instance for 2 of 2", gap, ticksASample: 1).isEmpty)
  }

  @Test("A target that is a latency is the items that may wait for each instance, and is scaled by what waits")
  func latencyTarget() throws {
    // "Scaling policy based on Amazon SQS" (Amazon EC2 Auto Scaling User Guide): 10 s over 0.1 s a message are 100 messages.
    let tracking = policy(.targetTracking) {
      $0.metric = .queueDepthItems
      $0.targetLatency = TimeSpan(seconds: 10)
      $0.secondsPerItem = decimal("0.1")
      $0.settle()
    }
    #expect(tracking.target == decimal("100"))
    var service = tinyService("app", ["m5.large"])
    (service.minimum, service.maximum, service.policies) = (1, 100, [tracking])
    let start = instant("2026-10-01T00:00:00Z")
    let grid = SampleGrid(period: Period(start: start, end: start.advanced(by: 300)), stepSeconds: 60)
    var traffic = ServiceTraffic(on: grid)
    traffic.set(.total(.jobsPerMinute), to: [Double?](repeating: 7_500, count: 5))
    let capacity = InstanceCapacity(vcpu: 2, memoryGiB: nil, workPerMinute: 600)
    let simulation = ServiceSimulation(service, capacity, traffic, ReviewRules())
    // Ten finish 6,000 of 7,500 a minute: after three minutes 4,500 wait, 450 each, which 45 work off in 10 s.
    let events = try simulation.replay(.configured, initial: 10).events
    #expect(events.first.map { [$0.tick, $0.from, $0.to] } == [2, 10, 45])
    // To the thousandth, rounded down, so that no item waits longer.
    let third = policy(.targetTracking) {
      ($0.targetLatency, $0.secondsPerItem) = (TimeSpan(seconds: 10), decimal("0.3"))
    }
    #expect(third.latencyTarget == decimal("33.333"))
  }

  @Test("What ran is replayed as it was, whatever the limits of the service")
  func asRun() throws {
    let ran = [2, 2, 12, 12, 3, 3]
    let simulation = try simulation(requests: [100, 100, 1500, 1500, 200, 200])
    let answer = try simulation.replay(.asRun, initial: 2, ran: ran)
    #expect(answer.serving.map { Int($0) } == ran)
    #expect(answer.instanceTicks == 34)
    let agreement = RecordAgreement(answer.desired, ran: ran, isKnown: [Bool](repeating: true, count: 6))
    #expect(agreement.equalTicks == 6)
    #expect(agreement.meanDifference == 0)
  }

  @Test("Scaling in waits for all conditions, so that one that was not measured keeps everything")
  func unmeasuredCondition() throws {
    let simulation = try simulation(requests: [Double?](repeating: 10, count: 30)) {
      $0.scaling.scaleIn = [rule(.requestsPerSecond, "< 50/s per instance"), rule(.memoryPercent, "< 50%")]
    }
    #expect(try simulation.replay(.configured, initial: 5).events.isEmpty)
    let reason = UnreplayedReason.neverHolds(.memoryPercent)
    #expect(simulation.scaling.unreplayed == [Unreplayed(name: ServicePolicies.rulesName, reason: reason)])
  }

  @Test("Target tracking asks for the load over its target after three minutes, as AWS's alarm does")
  func targetTracking() throws {
    // 400 on 2 are 200 each: 2 x 200 / 80 = 5 instances, asked for at the end of minute 2.
    let simulation = try simulation(requests: [Double?](repeating: 400, count: 6)) {
      $0.policies = [policy(.targetTracking) { $0.target = decimal("80") }]
      $0.scaling.launch = TimeSpan(seconds: 0)
    }
    let answer = try simulation.replay(.configured, initial: 2)
    #expect(answer.events == [ReplayAnswer.Event(tick: 2, from: 2, to: 5, name: "target-tracking")])
  }

  @Test("A simple policy adds what it says and waits out its cooldown")
  func simple() throws {
    // Its alarm needs one minute; two are added at the end of minute 0, and after 3 minutes of cooldown two more.
    let simulation = try simulation(requests: [Double?](repeating: 900, count: 6)) {
      $0.policies = [
        policy(.simple) {
          $0.threshold = decimal("100")
          $0.adjustment = 2
          $0.duration = TimeSpan(seconds: 60)
          $0.cooldown = TimeSpan(seconds: 180)
        }
      ]
      $0.scaling.launch = TimeSpan(seconds: 0)
    }
    let events = try simulation.replay(.configured, initial: 1).events
    #expect(events.map(\.to) == [3, 5])
    #expect(events.map(\.tick) == [0, 3])
  }

  @Test("Predictive scaling has what the same hour needed a week before, and nothing of the first days")
  func predictive() throws {
    // Ten days, 50 requests but for 09:00 of each day, which has 450: at 50 an instance 9, else 1.
    let minutes = 10 * 1440
    let requests = (0..<minutes).map { Double?($0 / 60 % 24 == 9 ? 450 : 50) }
    let simulation = try simulation(requests: requests) {
      $0.policies = [policy(.predictive) { $0.target = decimal("50") }]
    }
    let answer = try simulation.replay(.configured, initial: 1)
    let nine = 9 * 60
    #expect(answer.desired[nine] == 1)
    // The second day's by the first one's; from then on it never scales in by itself.
    #expect(answer.desired[1440 + nine - 1] == 1)
    #expect(answer.desired[1440 + nine] == 9)
    #expect(answer.desired.last == 9)
  }

  @Test("A trigger that no count brings about can never act, one that the fewest would bring about can")
  func triggers() throws {
    let simulation = try simulation(requests: [100, 220, nil, 90]) {
      $0.minimum = 2
      $0.scaling.scaleOut = [
        rule(.requestsPerSecond, "> 120/s per instance"), rule(.requestsPerSecond, "> 100/s per instance"),
      ]
    }
    let triggers = simulation.triggers(ran: [4, 4, 4, 4])
    // 220 on the fewest, 2, are 110; on the 4 that ran 55.
    #expect(triggers.map(\.nearest) == [110, 110])
    #expect(triggers.map(\.nearestAsRun) == [55, 55])
    #expect(triggers.map(\.neverActs) == [true, false])
  }

  @Test("A gap of the load is no shortage, and no recovery either")
  func gaps() throws {
    let simulation = try simulation(requests: [300, 300, nil, 300, 50])
    let figures = SimulationFigures(try simulation.replay(.none, initial: 1), of: simulation)
    #expect(figures.short?.count == 2)
    // Minutes 0, 1 and 3: above 150 on one instance.
    #expect(figures.secondsAtLevel.last == 180)
  }

  @Test("Where nobody serves what comes, everything is critical and nothing is served")
  func outage() throws {
    let simulation = try simulation(requests: [100, 100, 0, 100]) { service in
      service.limits = [declaredLimit(.requestsPerSecond, 100, perInstance: true)]
    }
    let figures = SimulationFigures(try simulation.replay(.none, initial: 0), of: simulation)
    #expect(figures.secondsAtLevel == [180, 180, 180])
    #expect(figures.unservedShare == 1)
  }

  @Test("Changes that undo the one before within half an hour are counted")
  func reversals() throws {
    let simulation = try simulation(requests: [Double?](repeating: 10, count: 100))
    let ran = (0..<100).map { [10, 12].contains($0) || $0 >= 60 ? 2 : 1 }
    let figures = SimulationFigures(try simulation.replay(.asRun, initial: 1, ran: ran), of: simulation)
    // Up at 10, down at 11, up at 12, down at 13, up at 60: the last is 47 minutes after the one before.
    #expect(figures.events == 5)
    #expect(figures.reversals == 3)
  }

  @Test("An alarm of three of five periods goes off in the third that is beyond, at the threshold too where it says so")
  func datapoints() throws {
    // One instance with 100, 50, 100, 50, 100 requests a minute long each, and one more is wanted at 100 in 3 of 5 minutes.
    func events(_ change: (inout ScalingPolicy) -> Void) throws -> [Int] {
      let simulation = try simulation(requests: [100, 50, 100, 50, 100, 50, 50, 50]) {
        $0.policies = [
          policy(.simple) {
            ($0.threshold, $0.adjustment, $0.duration) = (decimal("100"), 1, TimeSpan(seconds: 300))
            change(&$0)
          }
        ]
      }
      return try simulation.replay(.configured, initial: 1).events.map { Int($0.tick) }
    }
    #expect(try events { ($0.isInclusive, $0.datapoints) = (true, 3) } == [4])
    #expect(try events { $0.datapoints = 3 } == [])
    #expect(try events { $0.isInclusive = true } == [])
  }

  @Test("Of the metrics of an autoscaler the one that asks for most counts, and one that was not measured is told")
  func furtherMetrics() throws {
    // 300 requests of 100 each are 3 instances; of 150 each they are 2. CPU was not measured.
    let simulation = try simulation(requests: [Double?](repeating: 300, count: 10)) {
      $0.policies = [
        policy(.hpa) {
          ($0.metric, $0.target) = (.cpuPercent, decimal("50"))
          $0.also = [
            TrackedMetric(metric: .requestsPerSecond, target: decimal("150")),
            TrackedMetric(metric: .requestsPerSecond, target: decimal("100")),
          ]
        }
      ]
    }
    #expect(simulation.scaling.unreplayed == [Unreplayed(name: "hpa", reason: .unmeasured(.cpuPercent))])
    #expect(try simulation.replay(.configured, initial: 1).desired.last == 3)
  }

  @Test("A behaviour says how fast an autoscaler changes capacity")
  func behaviour() throws {
    // 1000 of 100 each are 10 instances; one pod in two minutes: 2 in minute 0, 3 in minute 2, 4 in minute 4.
    let simulation = try simulation(requests: [Double?](repeating: 1000, count: 5)) {
      $0.policies = [
        policy(.hpa) {
          $0.target = decimal("100")
          var limit = ChangeLimit()
          (limit.value, limit.period) = (1, TimeSpan(seconds: 120))
          var up = ScalingBehaviour()
          up.policies = [limit]
          $0.scaleUp = up
        }
      ]
    }
    let desired = try simulation.replay(.configured, initial: 1).desired.map { Int($0) }
    #expect(desired == [2, 2, 3, 3, 4])
  }
}

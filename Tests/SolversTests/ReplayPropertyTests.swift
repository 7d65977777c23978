import TestSupport
import Testing

@testable import Solvers

/// What holds of any replay.
@Suite struct ReplayPropertyTests {
  private func problem(_ random: inout SplitMix64) -> ReplayProblem {
    let count = random.number(5...80)
    var load = random.number(0...900)
    let loads = (0..<count).map { _ -> Int? in
      load = max(0, load + random.number(-150...160))
      return random.number(0...9) == 0 ? nil : load
    }
    let minimum = random.number(0...3)
    var replay = TinyReplay(
      load: loads, initial: random.number(minimum...9), minimum: minimum, maximum: random.number(9...20))
    (replay.launchTicks, replay.warmupTicks) = (random.number(0...3), random.number(0...3))
    (replay.drainTicks, replay.cooldownTicks) = (random.number(0...3), random.number(0...4))
    replay.policies = (0..<random.number(1...5)).map { _ in policy(&random) }
    if random.coin() {
      let capacity = (0...8).map { _ in random.number(0...22) }
      replay.policies.append(
        .predictive(
          PredictivePolicy(slotTicks: 10, leadTicks: 3, capacity: capacity, bufferPercent: random.coin() ? 10 : nil)))
    }
    replay.scheduled = [
      ReplayAction(name: "s", ticks: [count / 2], minimum: 2, maximum: 18, desired: random.number(0...25))
    ]
    return replay.problem
  }

  private func policy(_ random: inout SplitMix64) -> ReplayPolicy.Kind {
    let type = random.coin() ? AdjustmentType.changeInCapacity : .percentChangeInCapacity
    let amount = random.number(1...(type == .changeInCapacity ? 4 : 60))
    switch random.number(0...4) {
    case 0:
      return targetPolicy(
        random.number(30...70), scalesIn: random.coin(), out: random.number(1...3), into: random.number(1...5))
    case 1: return simplePolicy(alarm(.above, random.number(50...80)), amount, type)
    case 2: return simplePolicy(alarm(.below, random.number(20...50)), -amount, type)
    case 3: return stepPolicy(alarm(.atLeast, 60), type, minimumMagnitude: 1, [(0, 20, amount), (20, nil, 2 * amount)])
    default:
      let condition = ReplayCondition(metric: 0, comparison: .below, threshold: 40_000, forTicks: random.number(1...3))
      let adjustment = CapacityAdjustment(type: type, amount: -amount)
      let side = RulePolicy.Side(needsAll: random.coin(), conditions: [condition], adjustment: adjustment)
      return .rule(RulePolicy(scaleOut: nil, scaleIn: side, cooldownTicks: random.number(0...3)))
    }
  }

  @Test("Capacity stays within the limits of its tick, and events tell all of it")
  func withinLimits() throws {
    var random = SplitMix64(seed: 18)
    for _ in 0..<300 {
      let problem = problem(&random)
      let answer = try ReplayRun.solve(problem)
      var highest = max(problem.service.maximum, 18)
      for case .predictive(let policy) in problem.policies.map(\.kind) {
        highest = max(highest, policy.bounds(forecast: 22, minimum: 0, maximum: highest).limit)
      }
      #expect(answer.desired.allSatisfy { Int($0) <= highest && Int($0) >= min(2, problem.service.minimum) })
      var (desired, next) = (problem.service.initial, 0)
      for tick in 0..<problem.tickCount {
        while next < answer.events.count, answer.events[next].tick == tick {
          #expect(answer.events[next].from == desired && answer.events[next].to != desired)
          desired = answer.events[next].to
          next += 1
        }
        #expect(Int(answer.desired[tick]) == desired)
      }
      #expect(next == answer.events.count)
    }
  }

  @Test("The order of policies decides whose name stands on an event, and nothing else")
  func permutations() throws {
    // Cooldowns of their own would: they are those of the policy that is named.
    var random = SplitMix64(seed: 19)
    for _ in 0..<300 {
      var problem = problem(&random)
      let answer = try ReplayRun.solve(problem)
      problem.policies.shuffle(using: &random)
      let other = try ReplayRun.solve(problem)
      #expect(answer.desired == other.desired && answer.serving == other.serving)
      #expect(answer.instanceTicks == other.instanceTicks && answer.unserved == other.unserved)
      #expect(answer.events.map(\.to) == other.events.map(\.to))
    }
  }

  @Test("Leaving out the series changes nothing else")
  func withoutSeries() throws {
    var random = SplitMix64(seed: 20)
    for _ in 0..<50 {
      let problem = problem(&random)
      let (answer, short) = (try ReplayRun.solve(problem), try ReplayRun.solve(problem, series: false))
      #expect(short.desired.isEmpty && short.serving.isEmpty)
      #expect(answer.events == short.events && answer.instanceTicks == short.instanceTicks)
    }
  }

  @Test("The least and the greatest of late are those of a list")
  func slidingExtremes() {
    var random = SplitMix64(seed: 21)
    for isGreatest in [true, false] {
      var extreme = SlidingExtreme<Int>(isGreatest: isGreatest)
      var values: [Int] = []
      for tick in 0..<5_000 {
        values.append(random.number(0...50))
        extreme.push(values[tick], at: tick)
        extreme.forget(before: tick - 8)
        let late = values[max(0, tick - 8)...]
        #expect(extreme.value == (isGreatest ? late.max() : late.min()))
      }
    }
  }

  @Test("What makes no sense is refused, with its key")
  func refusals() {
    func key(_ change: (inout TinyReplay) -> Void) -> String? {
      var replay = TinyReplay(load: [1, 2], initial: 2, policies: [targetPolicy(50)])
      change(&replay)
      do throws(ProblemFault) {
        _ = try ReplayRun.solve(replay.problem)
        return nil
      } catch { return error.key }
    }
    #expect(key { _ in } == nil)
    #expect(key { $0.load = [] } == "loads")
    #expect(key { $0.otherLoad = [1] } == "loads")
    #expect(key { $0.initial = 101 } == "maximum")
    #expect(key { $0.minimum = 3 } == "initial")
    #expect(key { $0.maximum = 100_001 } == "maximum")
    #expect(key { $0.policies = [targetPolicy(0)] } == "target")
    #expect(key { $0.policies = [targetPolicy(50, metric: 1)] } == "metric")
    #expect(key { $0.policies = [targetPolicy(50, into: 1_441)] } == "range")
    #expect(key { $0.metrics = [ReplayMetric(name: "b", kind: .backlog)] } == "metrics")
    #expect(
      key { $0.policies = [stepPolicy(alarm(.above, 1), .changeInCapacity, [(0, 5, 1), (6, nil, 2)])] } == "steps")
    let buffered = PredictivePolicy(slotTicks: 1, leadTicks: 0, capacity: [100_000], bufferPercent: 1)
    #expect(key { $0.policies = [.predictive(buffered)] } == "buffer_percent")
    // A million ticks of 29 policies, each of two alarms.
    #expect(
      key {
        $0.load = Array(repeating: 1, count: 1_000_000)
        $0.policies = Array(repeating: targetPolicy(50), count: 29)
      } == "input")
  }
}

@testable import Solvers

/// A service whose instances carry 100 of a load each, watched by its utilisation: metric 0.
struct TinyReplay {
  var load: [Int?]
  var initial: Int
  var policies: [ReplayPolicy.Kind] = []
  var minimum = 0
  var maximum = 100
  var launchTicks = 0
  var warmupTicks = 0
  var drainTicks = 0
  var cooldownTicks = 0
  var perInstance = 100
  var queue: ReplayWork.Queue?
  var metrics = [
    ReplayMetric(name: "cpu", kind: .utilisation(load: 0, perInstance: 100_000, cap: nil))
  ]
  var otherLoad: [Int]?
  var scheduled: [ReplayAction] = []
  var breaches: [NamedCondition] = []

  /// Policies are called p0, p1, ...
  var problem: ReplayProblem {
    var loads = [ReplayLoad(name: "l", values: load.map { $0.map { $0 * 1000 } ?? ReplayLoad.missing })]
    if let otherLoad { loads.append(ReplayLoad(name: "k", values: otherLoad.map { $0 * 1000 })) }
    return ReplayProblem(
      service: ReplayService(
        minimum: minimum, maximum: maximum, initial: initial, launchTicks: launchTicks, warmupTicks: warmupTicks,
        drainTicks: drainTicks, defaultCooldownTicks: cooldownTicks),
      loads: loads, work: ReplayWork(perInstance: perInstance * 1000, queue: queue), metrics: metrics,
      policies: policies.enumerated().map { ReplayPolicy(name: "p\($0)", kind: $1) }, scheduled: scheduled,
      breaches: breaches)
  }

  func solve() throws -> ReplayAnswer { try ReplayRun.solve(problem) }

  func desired() throws -> [Int] { try solve().desired.map { Int($0) } }
}

/// An alarm on one datapoint.
func alarm(_ comparison: ThresholdComparison, _ threshold: Int, metric: Int = 0) -> ReplayAlarm {
  ReplayAlarm(
    metric: metric, comparison: comparison, threshold: ExactFraction(thousandths: threshold * 1000),
    rule: AlarmRule(needed: 1, periods: 1, treatment: .missing), range: 1)
}

/// Steps from whole bounds.
func stepPolicy(
  _ alarm: ReplayAlarm, _ type: AdjustmentType, minimumMagnitude: Int = 0, _ steps: [(Int?, Int?, Int)]
) -> ReplayPolicy.Kind {
  .step(
    StepPolicy(
      alarm: alarm,
      scaling: StepScaling(
        type: type, minimumMagnitude: minimumMagnitude, threshold: alarm.threshold.numerator,
        isUpward: alarm.comparison.isUpward,
        steps: steps.map {
          StepAdjustment(lower: $0.0.map { $0 * 1000 }, upper: $0.1.map { $0 * 1000 }, adjustment: $0.2)
        })))
}

/// Keeps a metric at a target, with an alarm of one datapoint to either side, the lower one at 90 % of it.
func targetPolicy(_ target: Int, metric: Int = 0, scalesIn: Bool = true, out: Int = 1, into: Int = 1)
  -> ReplayPolicy.Kind
{
  .target(
    TargetPolicy(
      metric: metric, target: ExactFraction(thousandths: target * 1000), scalesIn: scalesIn,
      scaleOut: TargetPolicy.Window(needed: out, periods: out, range: out),
      scaleIn: TargetPolicy.Window(needed: into, periods: into, range: into), inPercent: 90_000))
}

func simplePolicy(
  _ alarm: ReplayAlarm, _ amount: Int, _ type: AdjustmentType = .changeInCapacity, cooldownTicks: Int? = nil
) -> ReplayPolicy.Kind {
  .simple(
    SimplePolicy(
      alarm: alarm, adjustment: CapacityAdjustment(type: type, amount: amount), cooldownTicks: cooldownTicks))
}

import Testing

@testable import Solvers

/// The examples of "Horizontal Pod Autoscaling" (kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale).
@Suite struct PodAutoscalerTests {
  private static let free = PodAutoscaler.Behaviour(
    tolerance: 100, windowTicks: 0, selection: .greatestChange,
    policies: [PodAutoscaler.RatePolicy(isPercent: true, value: 1000, periodTicks: 1)])
  private static let atOnce = PodAutoscaler.Behaviour(
    tolerance: 100, windowTicks: 0, selection: .greatestChange,
    policies: [PodAutoscaler.RatePolicy(isPercent: true, value: 100, periodTicks: 1)])
  /// Four pods or 10 % a tick.
  private static let slow = PodAutoscaler.Behaviour(
    tolerance: 100, windowTicks: 0, selection: .greatestChange,
    policies: [
      PodAutoscaler.RatePolicy(isPercent: false, value: 4, periodTicks: 1),
      PodAutoscaler.RatePolicy(isPercent: true, value: 10, periodTicks: 1),
    ])

  /// A metric of the load's thousandths.
  private func desired(
    _ load: [Int], initial: Int, target: Int, isTotal: Bool = false, down: PodAutoscaler.Behaviour = atOnce
  ) throws -> [Int] {
    var replay = TinyReplay(load: load.map { $0 }, initial: initial, minimum: 1)
    replay.metrics = [ReplayMetric(name: "v", kind: .value(load: 0))]
    let metric = PodAutoscaler.Metric(metric: 0, target: target * 1000, isTotal: isTotal)
    replay.policies = [.podAutoscaler(PodAutoscaler(metrics: [metric], up: Self.free, down: down))]
    return try replay.desired()
  }

  @Test("Twice the target doubles the pods, half of it halves them, and a tenth to either side is left alone")
  func ratios() throws {
    for (value, pods) in [(200, 8), (50, 2), (110, 4), (111, 5), (90, 4)] {
      #expect(try desired([value], initial: 4, target: 100) == [pods])
    }
    #expect(try desired([1500], initial: 10, target: 100, isTotal: true) == [15])
  }

  @Test("Of four pods and ten percent a period the greater change holds, the least or none where so said")
  func rates() throws {
    // "Example: limit scale down rate": 80 pods go by 8, then by 8 of 72 (7.2 rounded up); 40 and fewer by 4.
    #expect(try desired([1, 1], initial: 80, target: 8, down: Self.slow) == [72, 64])
    #expect(try desired([1], initial: 36, target: 8, down: Self.slow) == [32])
    var least = Self.slow
    least.selection = .leastChange
    #expect(try desired([1], initial: 80, target: 8, down: least) == [76])
    least.selection = .disabled
    #expect(try desired([1], initial: 80, target: 8, down: least) == [80])
  }

  @Test("Scaling in waits until no recommendation of the window was higher")
  func stabilisation() throws {
    var patient = Self.atOnce
    patient.windowTicks = 5
    // Four were recommended at the start, within the window until tick 4.
    let desired = try desired(Array(repeating: 50, count: 8), initial: 4, target: 100, down: patient)
    #expect(desired.firstIndex { $0 < 4 } == 5)
  }
}

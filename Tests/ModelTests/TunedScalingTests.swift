import Foundation
import Model
import TestSupport
import Testing

/// Conditions with other numbers, and a service's scaling as a change.
@Suite struct TunedScalingTests {
  @Test(
    "A condition with another number or time keeps all other words as they were written",
    arguments: [
      ("> 70% for 3min", "> 55% for 10min"), (">70 %  for 5min", ">55 % for 10min"),
      ("> 300/s per instance for 3min", "> 55/s per instance for 10min"),
      ("> 1.2s p95 missing breaching", "> 55s p95 missing breaching for 10min"),
      ("< 10 items", "< 55 items for 10min"), ("> 75% of max for 90s", "> 55% of max for 10min"),
      ("> 80% for 3 of 5", "> 55% for 3 of 5"),
    ])
  func rewritten(old: String, new: String) throws {
    let rewritten = condition(old).with(value: decimal("55")).lasting(TimeSpan(seconds: 600))
    #expect(
      rewritten.text.split(separator: " ") == new.split(separator: " "), "\(rewritten.text)")
    #expect(rewritten.value == decimal("55") && Condition(rewritten.text) == rewritten)
  }

  private func service() -> Service {
    tinyService("worker", ["c5.large"]) { service in
      (service.minimum, service.maximum) = (2, 20)
      service.scaling.scaleOut = [rule(.cpuPercent, "> 80% for 3min")]
      service.scaling.scaleIn = [rule(.cpuPercent, "< 50% for 10min")]
      var step = ScalingPolicy()
      (step.name, step.kind, step.metric, step.threshold) = ("Queue", .step, .queueDepthItems, decimal("100"))
      step.steps = [1, 2].map { adjustment in
        var step = ScalingStep()
        step.lower = decimal("\((adjustment - 1) * 100)")
        step.upper = adjustment == 1 ? decimal("100") : nil
        step.adjustment = adjustment
        return step
      }
      var target = ScalingPolicy()
      (target.name, target.metric, target.target) = ("CPU", .cpuPercent, decimal("70"))
      service.policies = [step, target]
    }
  }

  private func rule(_ metric: Metric, _ when: String) -> MetricCondition {
    var part = MetricCondition()
    (part.metric, part.condition) = (metric, condition(when))
    return part
  }

  private func isSame(_ a: Service, _ b: Service) -> Bool { a.node == b.node }

  @Test("What is made of the difference of two scalings makes the one of the other, as text and as JSON too")
  func differences() throws {
    let present = service()
    var tuned = present
    (tuned.minimum, tuned.maximum, tuned.scaling.cooldown) = (3, 25, TimeSpan(seconds: 600))
    tuned.scaling.scaleOut = [rule(.cpuPercent, "> 65% for 5min")]
    tuned.policies[0].threshold = decimal("120")
    tuned.policies[0].duration = TimeSpan(seconds: 60)
    tuned.policies[0].adjustments = [2, 4]
    tuned.policies.remove(at: 1)
    var other = present
    (other.scaling.scaleOut, other.scaling.scaleIn) = ([], [])
    var policy = ScalingPolicy()
    (policy.name, policy.metric, policy.target) = ("tuned-cpu_percent", .cpuPercent, decimal("55"))
    other.policies = [policy]
    for service in [present, tuned, other] {
      let change = TunedScaling(service, from: present)
      #expect(change.fault == nil)
      #expect(isSame(change.applied(to: present), service))
      #expect(TunedScaling(optionText: change.optionText) == change, "\(change.optionText)")
      let bytes = try JSONEncoder().encode(Change(change))
      #expect(try JSONDecoder().decode(Change.self, from: bytes) == Change(change))
    }
    #expect(isSame(TunedScaling(present, from: present).applied(to: present), present))
  }

  @Test("What is not written stays as the fleet file has it, and a line may end in a semicolon")
  func partial() throws {
    let present = service()
    for text in ["worker=max 9", "worker=max 9;"] {
      let change = try #require(TunedScaling(optionText: text))
      var expected = present
      expected.maximum = 9
      #expect(change.fault == nil && isSame(change.applied(to: present), expected))
    }
    let none = try #require(TunedScaling(optionText: "worker=out none; policies none"))
    #expect(none.applied(to: present).scaling.scaleOut.isEmpty && none.applied(to: present).policies.isEmpty)
    #expect(none.applied(to: present).scaling.scaleIn.map(\.condition) == present.scaling.scaleIn.map(\.condition))
  }

  @Test(
    "What is wrong with a setting is said of it",
    arguments: [
      ("worker=max 9; max 8", "max N, once, not \"max 8\""), ("worker=min 5; max 4", "from 0 to the max, 4, not 5"),
      ("worker=out colour > 5%", "not \"colour\""), ("worker=cooldown 9999h", "a week at most"),
      ("worker=track a cpu_percent 5; track a cpu_percent 6", "\"a\" twice"), ("worker=size 4", "not \"size 4\""),
    ])
  func faults(text: String, fault: String) {
    #expect(TunedScaling(optionText: text)?.fault?.contains(fault) == true)
    let error = failure { () throws(DataError) in _ = try Scenario(options: [("scaling", [text])]) }
    #expect(error.map { "\($0.expected)".contains(fault) } == true)
  }

  @Test(
    "Settings that make no sense are no change",
    arguments: [
      "worker=max 9; max 8", "worker=;", "worker=min 5; max 4", "worker=max 0", "worker=max 200000",
      "worker=max 5; out cpu_percent",
      "worker=max 5; out cpu_percent > 5 items", "worker=max 5; out colour > 5%",
      "worker=max 5; track cpu cpu_percent 0",
      "worker=max 5; track cpu cpu_percent -5", "worker=max 5; policy Q threshold", "worker=max 5; policy Q steps 1,x",
      "worker=max 5; policy Q steps 1,9999999", "worker=max 5; cooldown 9999h",
      "worker=max 5; track a cpu_percent 1e300",
      "worker=max 5; track a cpu_percent 50; track a cpu_percent 60", "worker=max 5;; max 6",
      "worker=max 5; policy Q for 2",
    ])
  func nonsense(text: String) {
    let change = TunedScaling(optionText: text)
    #expect(change.map { $0.fault != nil } ?? true, "\(text)")
  }
}

import Analysis
import Model
import Solvers

extension SizeNeed {
  /// What the expected loss of a size is worked out from: what each instance used of vCPUs, counted as those of a type, in
  /// the order of names.
  /// - Throws: ``DataError`` when a type that ran has no specification.
  func capacityRules(current: String, _ context: AdviceContext) throws(DataError) -> [CapacityRule] {
    var histories: [String: CapacityHistory] = [:]
    for (part, saturated) in zip(cpu.parts, saturation.places) {
      let vcpus = try context.vcpus(of: part.run, as: current)
      histories[part.run.resource, default: CapacityHistory()].add(part, saturated: saturated, vcpus: vcpus)
    }
    let perDay = 86_400 / Double(cpu.stepSeconds)
    let hold = context.rules.holdDays.map { Double($0) * perDay }
    return histories.sorted { $0.key < $1.key }.map { _, history in
      CapacityRule(
        needs: hold == nil ? history.needs : history.spaced(by: cpu.stepSeconds), intervalsPerDay: perDay,
        holdIntervals: hold)
    }
  }
}

/// What one instance used, run by run.
private struct CapacityHistory {
  private(set) var needs: [CapacityNeed?] = []
  private var instants: [Int64] = []

  mutating func add(_ part: InstanceSamples.Part, saturated: [Int], vcpus: Double) {
    let first = needs.count
    needs += part.values.map { CapacityNeed($0 / 100 * vcpus) }
    for place in saturated {
      // At 100 % to the nearest all of it was used.
      let share = part.values[place] >= CPUSaturation.fullPercent ? 1 : part.values[place] / 100
      needs[first + place] = CapacityNeed(share * vcpus, isAtLeast: true)
    }
    instants += part.instants
  }

  /// In the order of time, with nothing where an interval was not measured, so that each has its age.
  func spaced(by stepSeconds: Int64) -> [CapacityNeed?] {
    var spaced: [CapacityNeed?] = []
    var last: Int64?
    for place in instants.indices.sorted(by: { instants[$0] < instants[$1] }) {
      let missing = last.map { (instants[place] - $0) / max(1, stepSeconds) - 1 } ?? 0
      if missing > 0 { spaced += [CapacityNeed?](repeating: nil, count: Int(clamping: missing)) }
      spaced.append(needs[place])
      last = instants[place]
    }
    return spaced
  }
}

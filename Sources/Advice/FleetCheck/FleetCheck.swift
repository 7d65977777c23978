// What a fleet file says against itself, and against what was measured.

import Model

/// Every rule, in the order in which they are explained: first what cannot be carried, then what scales wrongly, then what
/// is paid for in vain, and last what misleads. Findings are sorted by their weight, whatever the order here.
package let checkRules: [any CheckRule] = [
  MaximumBelowNeed(), TypeBeyondCeiling(), LoadBeyondInstances(), MemoryBeyondInstances(), PoolBeyondLimit(),
  CapacityBeyondMaximum(),
  ScheduleAgainstLoad(), ScheduleOutsideLimits(), NodesOutsideLimits(), TriggerBehindLimit(), TriggerOrder(),
  ScalingBands(), ScaleInsDisagree(), TriggerNeverActs(), CooldownBelowLaunch(), StepsLeaveGap(),
  ShardingTooLate(),
  BaselineAgainstMinimum(), SessionsAgainstLoad(), ClaimRefuted(), AlertSeverity(),
]

/// A fleet file held against itself and against history.
package struct FleetCheck: Sendable {
  /// The weightiest first.
  package let findings: [CheckFinding]
  /// What became of each claim that can be held against history, in the order of the file.
  package let claims: [ClaimVerdict]
  /// Types that rules would have asked about and of which no book says what they offer, by name.
  package let unspecified: [String]

  /// - Throws: ``DataError`` when samples cannot be read.
  package init(_ facts: CheckFacts) throws(DataError) {
    var facts = facts
    facts.claims = try ClaimReview(facts).verdicts
    claims = facts.claims
    let found = try checkRules.concurrentMap { [facts] rule throws(DataError) in try rule.findings(facts) }.flatMap(
      \.self)
    findings = found.enumerated().sorted { a, b in
      (a.element.level, -a.element.weight, a.offset) < (b.element.level, -b.element.weight, b.offset)
    }.map(\.element)
    let stated = facts.fleet.services.flatMap { service in
      facts.stated(of: service).compactMap(\.type) + [service.initialType, service.ceiling].compactMap(\.self)
    }
    unspecified = Set(stated.filter { !$0.isEmpty && facts.specification($0) == nil }).sorted()
  }

  /// True where something is contradictory, rather than worth a note.
  package var isContradictory: Bool { findings.contains { $0.level != .note } }
}

extension Service {
  /// The largest type that its document would have it scaled up to; nil where it names none.
  var ceiling: String? { database?.maximumType ?? cluster.flatMap { $0.maximumType.isEmpty ? nil : $0.maximumType } }
}

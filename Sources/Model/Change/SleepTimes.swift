/// Times at which machines are stopped and started: one instance of a service, or all of them together.
package struct SleepTimes: PlanChange {
  package var service: String
  /// The one that is meant; nil for all.
  package var resource: String?
  package var actions: [SleepAction]

  package init(service: String, resource: String? = nil, actions: [SleepAction]) {
    self.service = service
    self.resource = resource
    self.actions = actions
  }

  package static let kind = "sleep-times"
  package static let option = ChangeOption(
    "sleep", valueName: "service[/resource]=actions",
    help:
      "Times at which a service, or one instance of it, is stopped and started: cron fields, stop or start and a zone, with ; "
      + "between them.",
    expectation:
      "a service or SERVICE/RESOURCE and actions, SERVICE=\"0 20 * * * stop Europe/Berlin; 0 7 * * * start Europe/Berlin\"",
    example: "test/vm-1=0 20 * * * stop Europe/Berlin; 0 7 * * MON-FRI start Europe/Berlin")

  package init?(optionText: String) {
    guard let (name, value) = assignment(optionText) else { return nil }
    let actions = value.split(separator: ";").map { SleepAction(optionText: $0) }
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard !actions.isEmpty, actions.allSatisfy({ $0 != nil }), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(
      service: parts[0], resource: parts.count == 2 ? parts[1] : nil, actions: actions.compactMap(\.self))
  }

  /// `test/vm-1`, or the service.
  package var subject: String { resource.map { "\(service)/\($0)" } ?? service }
  package var optionText: String { "\(subject)=\(actions.map(\.optionText).joined(separator: "; "))" }
  package var services: [String] { [service] }
  package var sets: String? { subject }
  package var fault: String? {
    let isSound = actions.allSatisfy { $0.asCapacity.isSound } && Set(actions.map(\.starts)).count == 2
    return isSound ? nil : Self.option.expectation
  }
  package var words: String { "\(subject) asleep by the clock: \(actions.map(\.optionText).joined(separator: "; "))" }

  package func apply(to plan: inout FleetPlan, _ context: some ChangeContext) throws(DataError) -> [PlanNote] {
    let name = try context.service(service).name
    let awake = isAwake(on: context.grid)
    let runs = plan.runs(of: name)
    guard resource == nil || runs.contains(where: { $0.resource == resource }) else {
      throw DataError(
        Place(file: "what-if"), found: "\"\(subject)\"", expected: "an instance of \(name) that runs", kind: .usage)
    }
    let left = runs.flatMap { run -> [InstanceRun] in
      guard resource == nil || run.resource == resource else { return [run] }
      let wanted = zip(runningCounts([run], on: context.grid), awake).map { $1 ? $0 : 0 }
      return reshaped([run], to: wanted, on: context.grid, template: run)
    }
    if left != runs { plan.setRuns(left, of: name) }
    return []
  }

  /// Whether it is awake at the start of each slot.
  package func isAwake(on grid: SampleGrid) -> [Bool] {
    CapacityAction.inForce(actions.map(\.asCapacity), on: grid).map { place in
      place.map { actions[$0].starts } ?? true
    }
  }

  package func terms(on plan: FleetPlan, _ context: some ChangeContext) -> ChangeTerms {
    ChangeTerms(.configuration, ChangeRisk(.low, .reversible))
  }
}

/// A machine that is stopped or started at recurring times.
package struct SleepAction: Codable, Hashable, Sendable {
  /// Five cron fields.
  package var recurrence: String
  /// The IANA zone whose clock the recurrence is read on.
  package var timezone: String
  /// False where it stops.
  package var starts: Bool

  package init(recurrence: String, timezone: String, starts: Bool) {
    self.recurrence = recurrence
    self.timezone = timezone
    self.starts = starts
  }

  /// Parses `0 20 * * * stop Europe/Berlin`; UTC without a zone.
  init?(optionText: Substring) {
    let words = optionText.split(separator: " ").map(String.init)
    guard (6...7).contains(words.count), ["stop", "start"].contains(words[5]) else { return nil }
    self.init(
      recurrence: words[..<5].joined(separator: " "), timezone: words.count == 7 ? words[6] : "UTC",
      starts: words[5] == "start")
  }

  var optionText: String { "\(recurrence) \(starts ? "start" : "stop") \(timezone)" }

  /// The same as a count of none or one.
  var asCapacity: CapacityAction {
    let count = starts ? 1 : 0
    return CapacityAction(recurrence: recurrence, timezone: timezone, minimum: count, desired: count, maximum: count)
  }
}

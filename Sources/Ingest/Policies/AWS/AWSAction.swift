// "PutScheduledUpdateGroupAction" (Amazon EC2 Auto Scaling) and "PutScheduledAction" (Application Auto Scaling), API references;
// "Schedule types": cron(minutes hours day-of-month month day-of-week year), one of both days `?`.

import Model

/// A scheduled action of AWS.
struct AWSAction {
  private let resource: AWSResource
  private let fields: DocumentFields

  init(_ resource: AWSResource) {
    self.resource = resource
    fields = resource.properties
  }

  /// The action, and where its figures stand.
  func read() throws(PolicyFault) -> (action: ScheduledAction, nodes: [String: DocumentNode]) {
    let isOfService = resource.kind == .serviceSchedule
    var action = ScheduledAction()
    action.name = try fields.text("ScheduledActionName") ?? resource.name ?? resource.id
    var counts = fields
    if isOfService {
      action.recurrence = try fiveFields(try fields.required("Schedule"))
      action.timezone = try fields.text("Timezone") ?? "UTC"
      guard let own = try fields.fields("ScalableTargetAction") else {
        throw fields.wrong("ScalableTargetAction", "a mapping")
      }
      counts = own
    } else {
      guard let recurrence = try fields.text("Recurrence") else { throw .refused("it happens once") }
      action.recurrence = recurrence
      action.timezone = try fields.text("TimeZone") ?? "UTC"
    }
    try refuseBounds(isOfService)
    let names = isOfService ? ["MinCapacity", "MaxCapacity", ""] : ["MinSize", "MaxSize", "DesiredCapacity"]
    action.minimum = try count(names[0], in: counts)
    action.maximum = try count(names[1], in: counts)
    action.desired = names[2].isEmpty ? nil : try count(names[2], in: counts)
    try check(action, isOfService)
    var nodes: [String: DocumentNode] = [:]
    for (figure, name) in zip(["minimum", "maximum", "desired"], names) { nodes[figure] = counts[name] }
    if !isOfService { nodes["recurrence"] = fields["Recurrence"] }
    nodes["timezone"] = fields["TimeZone"]
    return (action, nodes)
  }

  /// One that is in force for a time only is none that always is. Of a group's action the cloud says the next time as the start
  /// of one that has none.
  private func refuseBounds(_ isOfService: Bool) throws(PolicyFault) {
    let start = fields.scope.hasNextTimes && !isOfService ? nil : try fields.text("StartTime")
    switch (start, try fields.text("EndTime")) {
    case (nil, nil): return
    case (let start?, nil): throw .refused("it holds from \(start) only")
    case (nil, let end?): throw .refused("it holds until \(end) only")
    case (let start?, let end?): throw .refused("it holds from \(start) until \(end) only")
    }
  }

  /// Terraform writes -1 for what is to stay as it is.
  private func count(_ key: String, in fields: DocumentFields) throws(PolicyFault) -> Int? {
    try fields.whole(key, -1...100_000).flatMap { $0 < 0 ? nil : $0 }
  }

  private func check(_ action: ScheduledAction, _ isOfService: Bool) throws(PolicyFault) {
    guard CronSchedule(action.recurrence) != nil else {
      throw fields.wrong(isOfService ? "Schedule" : "Recurrence", "five cron fields such as \"0 12 * * *\"")
    }
    guard LocalClock(identifier: action.timezone) != nil else {
      throw fields.wrong(isOfService ? "Timezone" : "TimeZone", "an IANA time zone")
    }
    guard action.correction == nil else { throw .refused("it changes neither minimum, maximum nor desired capacity") }
    guard action.isOrdered else { throw fields.wrong("MinSize", "minimum <= desired <= maximum") }
  }

  private func fiveFields(_ schedule: String) throws(PolicyFault) -> String {
    guard let open = schedule.firstIndex(of: "("), schedule.hasSuffix(")") else {
      throw fields.wrong("Schedule", "cron(...), rate(...) or at(...)")
    }
    let inner = schedule[schedule.index(after: open)...].dropLast()
    switch schedule[..<open] {
    case "at": throw .refused("it happens once")
    case "rate": throw .refused("it happens at a rate, on no clock")
    case "cron": break
    default: throw fields.wrong("Schedule", "cron(...), rate(...) or at(...)")
    }
    var parts = inner.split(separator: " ").map(String.init)
    guard parts.count == 6 else { throw fields.wrong("Schedule", "six cron fields") }
    guard parts[5] == "*" else { throw .refused("it happens in some years only") }
    parts = parts.map { $0 == "?" ? "*" : $0 }
    guard !parts[4].contains(where: \.isNumber), !parts[2].contains(where: { "LW".contains($0) }) else {
      throw .refused("its days are counted as only AWS does: days by number, L, W or #")
    }
    return parts[..<5].joined(separator: " ")
  }
}

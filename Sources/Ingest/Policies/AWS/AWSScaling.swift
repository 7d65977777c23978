import Clouds
import Model

/// By which CloudWatch tells metrics of a group from those of others.
private let groupDimension = "AutoScalingGroupName"

/// The scaling of an account or a template: groups and what else is scaled, their policies with the alarms that set them
/// off, and scheduled actions.
struct AWSScaling {
  private(set) var reading = PolicyReading()
  private let resources: [AWSResource]
  /// By what refers to a target: its file's key, and its id or name.
  private var places: [[String]: Int] = [:]
  private var alarms: [(alarm: AWSAlarm, scope: String)] = []
  private var isUsed: Set<Int> = []
  /// The names of policies and actions of each target.
  private var taken: Set<Taken> = []

  private struct Taken: Hashable {
    var target: Int
    var isAction: Bool
    var name: String
  }
  /// What sets off policies by itself, which needs no alarm of a file.
  private var selfActing: Set<[String]> = []

  init(_ resources: [AWSResource]) { self.resources = resources }

  /// Joins them. What cannot be said is refused by name, what is wrong a fault.
  mutating func join() {
    each([.group, .target]) { scaling, resource throws(PolicyFault) in try scaling.addTarget(resource) }
    each([.alarm]) { scaling, resource throws(PolicyFault) in
      scaling.alarms.append((try AWSAlarm(resource), resource.properties.scope.key))
    }
    each([.compositeAlarm]) { _, _ throws(PolicyFault) in
      throw .refused("it is of other alarms, and no policy can be set off by it")
    }
    let byAction = Dictionary(
      grouping: alarms.indices.flatMap { index in alarms[index].alarm.actions.map { (alarms[index].scope, $0, index) }
      },
      by: { [$0.0, $0.1] })
    each([.policy, .servicePolicy]) { scaling, resource throws(PolicyFault) in
      try scaling.addPolicy(resource, byAction)
    }
    each([.schedule, .serviceSchedule]) { scaling, resource throws(PolicyFault) in try scaling.addAction(resource) }
    for (index, one) in alarms.enumerated() where !isUsed.contains(index) {
      guard !one.alarm.actions.contains(where: { selfActing.contains([one.scope, $0]) }) else { continue }
      reading.refuse(one.alarm.place, "alarm \(one.alarm.name)", "it sets off no policy of these files")
    }
  }

  private mutating func each(
    _ kinds: Set<AWSResource.Kind>, _ body: (inout AWSScaling, AWSResource) throws(PolicyFault) -> Void
  ) {
    for resource in resources where kinds.contains(resource.kind) {
      do throws(PolicyFault) {
        try body(&self, resource)
      } catch {
        let name = resource.name ?? resource.properties[resource.nameKey]?.text ?? resource.id
        reading.note(error, "\(resource.kind.noun) \(name.asPrintable ?? "without a name")", at: resource.place)
      }
    }
  }

  // MARK: Targets

  private mutating func addTarget(_ resource: AWSResource) throws(PolicyFault) {
    let fields = resource.properties
    let isGroup = resource.kind == .group
    let count = 0...100_000
    let (low, high) = isGroup ? ("MinSize", "MaxSize") : ("MinCapacity", "MaxCapacity")
    let index: Int
    if isGroup {
      index = place(named: try groupName(resource), .group, fields.scope)
    } else {
      index = try servicePlace(fields)
    }
    places[[fields.scope.key, resource.id]] = index
    var target = reading.configuration.targets[index]
    defer { reading.configuration.targets[index] = target }
    target.minimum = try fields.whole(low, count) ?? target.minimum
    target.maximum = try fields.whole(high, count) ?? target.maximum
    if isGroup { target.desired = try fields.whole("DesiredCapacity", count) ?? target.desired }
    try checkOrder(target, fields, low, high)
    for reason in try suspensions(fields) {
      reading.refuse(resource.place, "suspended processes of \(resource.kind.noun) \(target.name)", reason)
    }
    for (figure, key) in [("minimum", low), ("maximum", high), ("desired", "DesiredCapacity")] {
      if let node = fields[key] { note(figure, of: nil, on: target.name, node, fields.scope) }
    }
  }

  /// What the template calls it where only the cloud works out its name.
  private mutating func groupName(_ resource: AWSResource) throws(PolicyFault) -> String {
    let fields = resource.properties
    do throws(PolicyFault) {
      return try fields.text("AutoScalingGroupName") ?? resource.name ?? resource.id
    } catch {
      guard case .refused = error else { throw error }
      reading.note(error, "name of group \(resource.id)", at: resource.place)
      return resource.name ?? resource.id
    }
  }

  /// What a resource says of its limits must go together: the cloud takes no other.
  private func checkOrder(
    _ target: ScaledTarget, _ fields: DocumentFields, _ low: String, _ high: String
  ) throws(PolicyFault) {
    let (lowWord, highWord) = (fields.scope.word(low), fields.scope.word(high))
    if let most = target.maximum, let least = target.minimum, least > most {
      guard fields[low] != nil else { throw fields.wrong(high, "at least \(lowWord), \(least)") }
      throw fields.wrong(low, "at most \(highWord), \(most)")
    }
    guard let desired = target.desired, fields["DesiredCapacity"] != nil else { return }
    if desired < target.minimum ?? 0 || desired > target.maximum ?? desired {
      throw fields.wrong("DesiredCapacity", "a number from \(lowWord) to \(highWord)")
    }
  }

  /// The target of a name, added where it is new.
  private mutating func place(named name: String, _ kind: ScaledTarget.Kind, _ scope: TemplateScope) -> Int {
    let key = [scope.key, name]
    if let known = places[key] { return known }
    var target = ScaledTarget(name: name, kind: kind)
    target.file = scope.file
    reading.configuration.targets.append(target)
    places[key] = reading.configuration.targets.count - 1
    return reading.configuration.targets.count - 1
  }

  /// Of a service that is scaled, by its words or by the scalable target that it refers to.
  private mutating func servicePlace(_ fields: DocumentFields) throws(PolicyFault) -> Int {
    if let id = try fields.text("ScalingTargetId"), let known = places[[fields.scope.key, id]] { return known }
    let resource = try fields.required("ResourceId")
    if let known = places[[fields.scope.key, resource]] { return known }
    let kind = ScaledTarget.Kind.service(
      namespace: try fields.required("ServiceNamespace"), dimension: try fields.required("ScalableDimension"),
      resource: resource)
    let index = place(named: resource.split(separator: "/").last.map(String.init) ?? resource, kind, fields.scope)
    places[[fields.scope.key, resource]] = index
    return index
  }

  private mutating func targetPlace(_ resource: AWSResource) throws(PolicyFault) -> Int {
    let fields = resource.properties
    guard resource.kind == .policy || resource.kind == .schedule else { return try servicePlace(fields) }
    return place(named: try fields.required("AutoScalingGroupName"), .group, fields.scope)
  }

  // MARK: Policies and actions

  private mutating func addPolicy(
    _ resource: AWSResource, _ byAction: [[String]: [(String, String, Int)]]
  ) throws(PolicyFault) {
    let index = try targetPlace(resource)
    var read = try AWSPolicy(resource)
    let scope = resource.properties.scope
    let arn = try resource.properties.text("PolicyARN")
    // An answer has the ARN for its id.
    let ids = [resource.id, arn == resource.id ? nil : arn].compactMap(\.self)
    if read.policy.target == nil {
      let own = ids.flatMap { byAction[[scope.key, $0]] ?? [] }.map(\.2)
        .filter { !isUsed.contains($0) }
      if let first = own.first {
        isUsed.formUnion(own)
        if let reason = reason(against: alarms[first].alarm.source, on: index, scope) {
          throw .refused("its alarm \(alarms[first].alarm.name) \(reason)")
        }
        alarms[first].alarm.complete(&read.policy)
        read.nodes.merge(alarms[first].alarm.nodes) { own, _ in own }
        for other in own.dropFirst() {
          reading.refuse(
            alarms[other].alarm.place, "alarm \(alarms[other].alarm.name)",
            "policy \(read.policy.name) is set off by \(alarms[first].alarm.name) already")
        }
      } else {
        read.policy.settle()
      }
    } else {
      selfActing.formUnion(ids.map { [scope.key, $0] })
      if let source = read.policy.source, let reason = reason(against: source, on: index, scope) {
        throw .refused("its metric \(reason)")
      }
    }
    try append(read, to: index, resource)
  }

  /// Why a metric is not the one of what is scaled that we know by its name; nil where it is.
  private func reason(against source: MetricSource, on index: Int, _ scope: TemplateScope) -> String? {
    guard source.kind == .custom else { return nil }
    let target = reading.configuration.targets[index]
    let dimensions = source.dimensions ?? [:]
    if let group = dimensions[groupDimension], !names(group, index, scope) {
      return "is of group \(group), not of \(target.name)"
    }
    if !target.isGroup, let service = dimensions["ServiceName"], service != target.name {
      return "is of service \(service), not of \(target.name)"
    }
    if target.isGroup, dimensions[groupDimension] == nil, ["AWS/EC2", "CWAgent"].contains(source.namespace),
      let other = dimensions.min(by: { $0.key < $1.key })
    {
      return "is of \(other.key) \(other.value), not of group \(target.name)"
    }
    return AWSMetricNames.isOtherStatistic(source)
      ? "is the \(source.statistic ?? "") of \(source.name), which nothing here measures" : nil
  }

  /// True for a target's name or what refers to it.
  private func names(_ word: String, _ index: Int, _ scope: TemplateScope) -> Bool {
    places[[scope.key, word]] == index || word == reading.configuration.targets[index].name
  }

  private mutating func append(_ found: AWSPolicy, to index: Int, _ resource: AWSResource) throws(PolicyFault) {
    let target = reading.configuration.targets[index].name
    var read = found
    // A reference to the group means its name, elsewhere too.
    if let group = read.policy.source?.dimensions?[groupDimension], names(group, index, resource.properties.scope) {
      read.policy.source?.dimensions?[groupDimension] = target
    }
    guard taken.insert(Taken(target: index, isAction: false, name: read.policy.name)).inserted else {
      throw .refused("\(target) has a policy of that name already")
    }
    let divisor = read.policy.source?.unitsOfOurs ?? 1
    for (figure, node) in read.nodes.sorted(by: { $0.key < $1.key }) {
      note(figure, of: read.policy.name, on: target, node, resource.properties.scope, figure == "target" ? divisor : 1)
    }
    for note in read.notes {
      reading.refuse(resource.place, "policy \(read.policy.name): \(note.what)", note.reason)
    }
    reading.configuration.targets[index].policies.append(read.policy)
  }

  private mutating func addAction(_ resource: AWSResource) throws(PolicyFault) {
    let index = try targetPlace(resource)
    let (action, nodes) = try AWSAction(resource).read()
    let target = reading.configuration.targets[index].name
    guard taken.insert(Taken(target: index, isAction: true, name: action.name)).inserted else {
      throw .refused("\(target) has an action of that name already")
    }
    for (figure, node) in nodes.sorted(by: { $0.key < $1.key }) {
      note(figure, of: action.name, on: target, node, resource.properties.scope)
    }
    reading.configuration.targets[index].actions.append(action)
  }

  private mutating func note(
    _ figure: String, of part: String?, on target: String, _ node: DocumentNode, _ scope: TemplateScope,
    _ multiplier: Int64 = 1
  ) {
    reading.sites.append(
      FigureSite(FigureKey(target, part, figure), scope.file, node, multiplier: multiplier))
  }
}

extension ScaledTarget {
  fileprivate var isGroup: Bool { kind == .group }
}

extension AWSResource {
  /// The property that names it.
  fileprivate var nameKey: String {
    switch kind {
    case .group: "AutoScalingGroupName"
    case .policy, .servicePolicy: "PolicyName"
    case .schedule, .serviceSchedule: "ScheduledActionName"
    case .alarm, .compositeAlarm: "AlarmName"
    case .target: "ResourceId"
    }
  }
}

import Model

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
      index = place(
        named: try fields.text("AutoScalingGroupName") ?? resource.name ?? resource.id, .group, fields.scope)
    } else {
      index = try servicePlace(fields)
    }
    places[[fields.scope.key, resource.id]] = index
    var target = reading.configuration.targets[index]
    defer { reading.configuration.targets[index] = target }
    target.minimum = try fields.whole(low, count) ?? target.minimum
    target.maximum = try fields.whole(high, count) ?? target.maximum
    if isGroup { target.desired = try fields.whole("DesiredCapacity", count) ?? target.desired }
    for (figure, key) in [("minimum", low), ("maximum", high), ("desired", "DesiredCapacity")] {
      if let node = fields[key] { note(figure, of: nil, on: target.name, node, fields.scope) }
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
    let ids = [resource.id, arn].compactMap(\.self)
    if read.policy.target == nil {
      let own = ids.flatMap { byAction[[scope.key, $0]] ?? [] }.map(\.2).filter { !isUsed.contains($0) }
      if let first = own.first {
        isUsed.formUnion(own)
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
    }
    try append(read, to: index, resource)
  }

  private mutating func append(_ read: AWSPolicy, to index: Int, _ resource: AWSResource) throws(PolicyFault) {
    let target = reading.configuration.targets[index].name
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

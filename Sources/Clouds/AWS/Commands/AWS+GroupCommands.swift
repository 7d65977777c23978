import Model

extension AWS {
  /// Limits of a group: what is nil stays as it is.
  func groupLimits(
    _ target: ChangeTarget, minimum: Int? = nil, desired: Int? = nil, maximum: Int? = nil
  ) throws(DataError) -> ChangeCommands {
    let (service, group) = (try target.known(), try target.group())
    func update(_ minimum: Int?, _ desired: Int?, _ maximum: Int?) -> String {
      var call = AWSCall("autoscaling update-auto-scaling-group", in: group.region)
        .adding("auto-scaling-group-name", group.name)
      if let minimum { call = call.adding("min-size", minimum) }
      if let desired { call = call.adding("desired-capacity", desired) }
      if let maximum { call = call.adding("max-size", maximum) }
      return call.text
    }
    var commands = ChangeCommands()
    commands.check = [describeGroup(group)]
    commands.make = [update(minimum, desired, maximum)]
    commands.back = [update(minimum.map { _ in service.minimum }, nil, maximum.map { _ in service.maximum })]
    commands.remarks = [
      "The way back is to the limits of the fleet file, \(service.minimum) to \(service.maximum); `check` shows those of "
        + "the group."
    ]
    return commands
  }

  /// Recurring actions of a group.
  func schedule(_ change: ScheduledCapacity, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    let group = try target.group()
    func call(_ words: String) -> AWSCall {
      AWSCall("autoscaling \(words)", in: group.region).adding("auto-scaling-group-name", group.name)
    }
    var commands = ChangeCommands()
    commands.check = [
      describeGroup(group),
      call("describe-scheduled-actions").showing(
        "ScheduledUpdateGroupActions[].[ScheduledActionName, Recurrence, TimeZone, MinSize, DesiredCapacity, MaxSize]"),
    ]
    for (index, action) in change.actions.enumerated() {
      let name = "\(change.service)-\(index + 1)"
      _ = try commandName(name, key: target.id)
      commands.make.append(
        call("put-scheduled-update-group-action").adding("scheduled-action-name", name)
          .adding("recurrence", action.recurrence).adding("time-zone", action.timezone)
          .adding("min-size", action.minimum).adding("desired-capacity", action.desired)
          .adding("max-size", action.maximum).text)
      commands.back.append(call("delete-scheduled-action").adding("scheduled-action-name", name).text)
    }
    commands.remarks = ["Actions of other names stay: `check` shows them, and what these replace is yours to delete."]
    return commands
  }

  /// A part of a group as spot, in a mixed instances policy.
  func spot(_ change: SpotShare, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    let (service, group) = (try target.known(), try target.group())
    let types = service.spot?.types ?? (service.instanceTypes.isEmpty ? target.runs.map(\.type) : service.instanceTypes)
    let overrides = types.eachOnce().map { "{\"InstanceType\": \(jsonString($0))}" }.joined(separator: ", ")
    func line(_ percent: Int) -> String {
      "mix_group \(shellWord(group.region)) \(shellWord(group.name)) \(percent) \(shellWord("[\(overrides)]"))"
    }
    var commands = ChangeCommands()
    commands.functions = [Self.templateOfGroup, Self.mixGroup]
    commands.check = [
      describeGroup(group),
      AWSCall("autoscaling describe-auto-scaling-groups", in: group.region)
        .adding("auto-scaling-group-names", group.name).adding("query", "AutoScalingGroups[].MixedInstancesPolicy")
        .text,
    ]
    commands.make = [line(100 - change.maximumPercent)]
    commands.back = [line(100)]
    commands.remarks = [
      "New instances follow the share; those that run are replaced as the group scales. What reservations pay for is not "
        + "known to the group: the share is of all that it runs."
    ]
    return commands
  }

  private static let mixGroup = """
    # The percentage of a group that runs on demand, and the types of all of it: region, group, percentage, types.
    mix_group() {
      template=$(template_of_group "$1" "$2" LaunchTemplateId)
      [ "$template" != None ] || { echo "no group $2 with a launch template" >&2; exit 65; }
      aws autoscaling update-auto-scaling-group --region "$1" --auto-scaling-group-name="$2" --mixed-instances-policy "{
        \\"LaunchTemplate\\": {
          \\"LaunchTemplateSpecification\\": {
            \\"LaunchTemplateId\\": \\"$template\\", \\"Version\\": \\"$(template_of_group "$1" "$2" Version)\\"},
          \\"Overrides\\": $4},
        \\"InstancesDistribution\\": {
          \\"OnDemandBaseCapacity\\": 0, \\"OnDemandPercentageAboveBaseCapacity\\": $3,
          \\"SpotAllocationStrategy\\": \\"price-capacity-optimized\\"}}"
    }
    """
}

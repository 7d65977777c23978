import Model

extension AWS {
  /// A machine as a word of a shell, with what shows it and what makes the word: its id, or a look-up of the name that it has
  /// for a tag.
  func machineWord(
    _ run: InstanceRun, _ target: ChangeTarget
  ) throws(DataError) -> (word: String, describe: String, before: [String], functions: [String]) {
    let (region, name) = (target.region(of: run), try commandName(run.resource, key: target.id))
    let call = AWSCall("ec2 describe-instances", in: region)
    let query = "Reservations[].Instances[].[InstanceId, InstanceType, State.Name, Placement.AvailabilityZone]"
    if isUnique(name, ofType: run.type) {
      return (shellWord(name), call.adding("instance-ids", name).showing(query), [], [])
    }
    // A filter takes * and ? for anything, unless a backslash stands before them.
    let plain = ["\\", "*", "?"].reduce(name) { $0.replacing($1, with: "\\" + $1) }
    let filter = "[{\"Name\": \"tag:Name\", \"Values\": [\(jsonString(plain))]}]"
    return (
      "\"$machine\"", call.adding("filters", filter).showing(query),
      ["machine=$(instance_named \(shellWord(region)) \(shellWord(filter)))"], [Self.instanceNamed]
    )
  }

  private static let instanceNamed = """
    # The id of the one machine that a filter finds: region, filter.
    instance_named() {
      id=$(aws ec2 describe-instances --region "$1" --filters "$2" --output text \\
        --query "Reservations[].Instances[?State.Name != 'terminated'][].InstanceId")
      case "$id" in
      '' | *[[:space:]]*) echo "found ${id:-no machine}, not one, for $2" >&2; exit 65 ;;
      esac
      echo "$id"
    }
    """

  /// What is not used any more: a machine stopped, and taken out of its group; a database stopped; a cache deleted.
  func stop(_ change: StopInstance, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    guard let run = target.runs.first(where: { $0.resource == change.resource }) else {
      throw DataError(
        Place(file: "aws", key: target.id), found: "\(change.resource), which does not run now",
        expected: "an instance to stop", kind: .missingInput)
    }
    switch NodePrefix(of: run.type) {
    case nil: return try stopMachine(run, target)
    case .database: return try stopDatabase(run, target)
    case .cache: return try deleteCache(run, target)
    }
  }

  private func stopMachine(_ run: InstanceRun, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    let (region, machine) = (target.region(of: run), try machineWord(run, target))
    var commands = ChangeCommands()
    commands.functions = machine.functions + [Self.stopInstance]
    commands.check = [machine.describe]
    commands.make = machine.before + ["stop_instance \(shellWord(region)) \(machine.word)"]
    commands.back =
      machine.before + [
        "aws ec2 start-instances --region \(shellWord(region)) --instance-ids \(machine.word)",
        "aws ec2 wait instance-running --region \(shellWord(region)) --instance-ids \(machine.word)",
      ]
    commands.remarks = ["Stopped, \(run.resource) costs its volumes and addresses; terminate it when nobody missed it."]
    guard try target.known().approach == .group, let group = try? target.group() else { return commands }
    commands.back.append(
      "aws autoscaling attach-instances --region \(shellWord(region)) --instance-ids \(machine.word) \\\n    "
        + "--auto-scaling-group-name=\(shellWord(group.name))")
    return commands
  }

  private static let stopInstance = """
    # Stops a machine, taken out of its group where it is of one, which would replace it: region, id.
    stop_instance() {
      group=$(aws autoscaling describe-auto-scaling-instances --region "$1" --instance-ids "$2" \\
        --query 'AutoScalingInstances[0].AutoScalingGroupName' --output text)
      if [ "$group" != None ]; then
        aws autoscaling detach-instances --region "$1" --instance-ids "$2" --auto-scaling-group-name="$group" \\
          --should-decrement-desired-capacity
      fi
      aws ec2 stop-instances --region "$1" --instance-ids "$2"
    }
    """

  private func stopDatabase(_ run: InstanceRun, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    let (region, name) = (target.region(of: run), try commandName(run.resource, key: target.id))
    let service = try databaseService(of: run, target)
    func call(_ words: String) -> AWSCall {
      AWSCall("\(service) \(words)", in: region).adding("db-instance-identifier", name)
    }
    var commands = ChangeCommands()
    commands.check = [
      call("describe-db-instances").showing("DBInstances[].[DBInstanceIdentifier, DBInstanceClass, DBInstanceStatus]")
    ]
    commands.make = [call("stop-db-instance").text]
    commands.back = [call("start-db-instance").text]
    commands.remarks = [
      "A database that is stopped starts by itself after seven days, and its storage is paid for; delete it, with a last "
        + "snapshot, when nobody missed it."
    ]
    return commands
  }

  private func deleteCache(_ run: InstanceRun, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    let (region, name) = (target.region(of: run), try commandName(run.resource, key: target.id))
    func call(_ words: String) -> AWSCall {
      AWSCall("elasticache \(words)", in: region).adding("cache-cluster-id", name)
    }
    var commands = ChangeCommands()
    commands.check = [
      call("describe-cache-clusters").showing(
        "CacheClusters[].[CacheClusterId, CacheNodeType, NumCacheNodes, ReplicationGroupId, CacheClusterStatus]")
    ]
    commands.make = [call("delete-cache-cluster").adding("final-snapshot-identifier", "\(name)-last").text]
    commands.remarks = [
      "A cache cannot be stopped. What was in it is kept as the snapshot \(name)-last, where its engine has snapshots; "
        + "another cache can be made of that."
    ]
    return commands
  }

  /// Times at which machines are stopped and started, as schedules of EventBridge.
  func sleep(_ change: SleepTimes, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    let runs = target.runs.filter { (change.resource ?? $0.resource) == $0.resource }
    guard let first = runs.first, runs.allSatisfy({ isUnique($0.resource, ofType: $0.type) }) else {
      throw DataError(
        Place(file: "aws", key: target.id), found: "\(change.subject), of which the inventory has no ids of instances",
        expected: "ids that a schedule can name, such as i-0123456789abcdef0", kind: .missingInput)
    }
    let region = target.region(of: first)
    let ids = runs.map { jsonString($0.resource) }.joined(separator: ", ")
    var commands = ChangeCommands()
    commands.functions = [Self.scheduleInstances]
    commands.check = [
      AWSCall("scheduler list-schedules", in: region).adding("name-prefix", scheduleName(change, number: nil))
        .showing("Schedules[].[Name, State]")
    ]
    for (index, action) in change.actions.enumerated() {
      let name = scheduleName(change, number: index + 1)
      let words = [
        region, name, "cron(\(sixFieldRecurrence(action.recurrence)))", action.timezone,
        action.starts ? "startInstances" : "stopInstances", jsonString("{\"InstanceIds\": [\(ids)]}"),
      ]
      commands.make.append("schedule_instances \(words.map(shellWord).joined(separator: " \\\n    "))")
      commands.back.append(AWSCall("scheduler delete-schedule", in: region).adding("name", name).text)
    }
    commands.remarks = [
      "SCHEDULER_ROLE_ARN must be a role that EventBridge Scheduler assumes, with ec2:StartInstances and ec2:StopInstances."
    ]
    return commands
  }

  /// A name of EventBridge Scheduler: letters, digits, hyphens, underscores and dots, 64 at most.
  private func scheduleName(_ change: SleepTimes, number: Int?) -> String {
    let plain = change.subject.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" }
    return "sleep-" + String(plain.prefix(50)) + (number.map { "-\($0)" } ?? "-")
  }

  private static let scheduleInstances = """
    # Machines stopped or started by the clock: region, name, times, zone, call, its input as a string of JSON.
    schedule_instances() {
      role=${SCHEDULER_ROLE_ARN:?set it to the role that the schedule is to have}
      aws scheduler create-schedule --region "$1" --name "$2" --schedule-expression "$3" \\
        --schedule-expression-timezone "$4" --flexible-time-window Mode=OFF \\
        --target "{\\"Arn\\": \\"arn:aws:scheduler:::aws-sdk:ec2:$5\\", \\"RoleArn\\": \\"$role\\", \\"Input\\": $6}"
    }
    """
}

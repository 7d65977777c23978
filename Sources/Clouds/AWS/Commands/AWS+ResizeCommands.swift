import Model

extension AWS {
  /// Another type: of machines one after the other, of a group through its launch template, of nodes by their own services.
  func resize(_ change: Resize, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    let runs = target.runs.filter { $0.type != change.type && (change.resource ?? $0.resource) == $0.resource }
    guard !runs.isEmpty else {
      throw DataError(
        Place(file: "aws", key: target.id), found: "nothing that runs now on another type than \(change.type)",
        expected: "an instance to change", kind: .missingInput)
    }
    var commands = ChangeCommands()
    switch NodePrefix(of: change.type) {
    case .cache: commands = try resizeCaches(runs, change, target)
    case .database: commands = try resizeDatabases(runs, change, target)
    case nil where try target.known().approach == .group: commands = try resizeGroup(runs, change, target)
    case nil: for run in runs { commands += try resizeMachine(run, change, target) }
    }
    if case .nodes(let nodes) = change.count, nodes != target.runs.count {
      commands.remarks.append(
        "\(nodes) nodes in place of \(target.runs.count): what adds or removes nodes is not written here, for it is not the "
          + "same with shards and with replicas.")
    }
    return commands
  }

  private func resizeMachine(
    _ run: InstanceRun, _ change: Resize, _ target: ChangeTarget
  ) throws(DataError) -> ChangeCommands {
    let region = target.region(of: run)
    let machine = try machineWord(run, target)
    var commands = ChangeCommands()
    commands.functions = machine.functions + [Self.resizeInstance]
    commands.check = [
      machine.describe,
      AWSCall("ec2 describe-instance-type-offerings", in: region).adding("location-type", "availability-zone")
        .adding("filters", "Name=instance-type,Values=\(change.type)").showing("InstanceTypeOfferings[].Location"),
    ]
    func line(_ type: String) -> String {
      "resize_instance \(shellWord(region)) \(machine.word) \(shellWord(type))"
    }
    commands.make = machine.before + [line(change.type)]
    commands.back = machine.before + [line(run.type)]
    commands.remarks = ["\(run.resource) is stopped and started: what is on its instance store is lost."]
    return commands
  }

  private static let resizeInstance = """
    # Another type for a machine, which is stopped meanwhile: region, id, type.
    resize_instance() {
      is=$(aws ec2 describe-instances --region "$1" --instance-ids "$2" --output text \\
        --query 'Reservations[0].Instances[0].InstanceType')
      [ "$is" != "$3" ] || return 0
      aws ec2 stop-instances --region "$1" --instance-ids "$2"
      aws ec2 wait instance-stopped --region "$1" --instance-ids "$2"
      aws ec2 modify-instance-attribute --region "$1" --instance-id "$2" --instance-type "Value=$3"
      aws ec2 start-instances --region "$1" --instance-ids "$2"
      aws ec2 wait instance-running --region "$1" --instance-ids "$2"
    }
    """

  private func resizeGroup(
    _ runs: [InstanceRun], _ change: Resize, _ target: ChangeTarget
  ) throws(DataError) -> ChangeCommands {
    var commands = ChangeCommands()
    commands.functions = [Self.templateOfGroup, Self.resizeGroup]
    for group in try target.groups() {
      func line(_ type: String) -> String {
        "resize_group \(shellWord(group.region)) \(shellWord(group.name)) \(shellWord(type))"
      }
      let call = AWSCall("autoscaling describe-instance-refreshes", in: group.region)
        .adding("auto-scaling-group-name", group.name)
      commands.check += [
        describeGroup(group), call.showing("InstanceRefreshes[].[Status, PercentageComplete, StartTime]"),
      ]
      commands.make.append(line(change.type))
      commands.back.append(line(runs[0].type))
    }
    commands.remarks = ["Instances are replaced while at least 90 % of the group serve; `check` shows how far that is."]
    return commands
  }

  static let templateOfGroup = """
    # What a group is launched from: region, group, and LaunchTemplateId or Version.
    template_of_group() {
      aws autoscaling describe-auto-scaling-groups --region "$1" --auto-scaling-group-names="$2" --output text --query \\
        "AutoScalingGroups[0].not_null(LaunchTemplate, MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification).$3"
    }
    """

  private static let resizeGroup = """
    # Another type for a group: a version of its launch template, and new instances in place of the old: region, group, type.
    resize_group() {
      mixed=$(aws autoscaling describe-auto-scaling-groups --region "$1" --auto-scaling-group-names="$2" --output text \\
        --query 'AutoScalingGroups[0].MixedInstancesPolicy.LaunchTemplate.Overrides[].InstanceType')
      case "$mixed" in
      '' | None) ;;
      *) echo "group $2 names its types itself ($mixed): change them there" >&2; exit 65 ;;
      esac
      template=$(template_of_group "$1" "$2" LaunchTemplateId)
      [ "$template" != None ] || { echo "no group $2 with a launch template" >&2; exit 65; }
      version=$(aws ec2 create-launch-template-version --region "$1" --launch-template-id "$template" \\
        --source-version "$(template_of_group "$1" "$2" Version)" --launch-template-data "{\\"InstanceType\\": \\"$3\\"}" \\
        --query LaunchTemplateVersion.VersionNumber --output text)
      aws autoscaling update-auto-scaling-group --region "$1" --auto-scaling-group-name="$2" \\
        --launch-template "LaunchTemplateId=$template,Version=$version"
      aws autoscaling start-instance-refresh --region "$1" --auto-scaling-group-name="$2" \\
        --preferences MinHealthyPercentage=90
    }
    """

  private func resizeDatabases(
    _ runs: [InstanceRun], _ change: Resize, _ target: ChangeTarget
  ) throws(DataError) -> ChangeCommands {
    var commands = ChangeCommands()
    for run in runs {
      let region = target.region(of: run)
      let name = try commandName(run.resource, key: target.id)
      let service = try databaseService(of: run, target)
      func modify(_ type: String) -> String {
        AWSCall("\(service) modify-db-instance", in: region).adding("db-instance-identifier", name)
          .adding("db-instance-class", type).adding(raw: "--no-apply-immediately").text
      }
      commands.check.append(
        AWSCall("\(service) describe-db-instances", in: region).adding("db-instance-identifier", name).showing(
          "DBInstances[].[DBInstanceIdentifier, DBInstanceClass, DBInstanceStatus, PreferredMaintenanceWindow]"))
      commands.make.append(modify(change.type))
      commands.back.insert(modify(run.type), at: 0)
    }
    commands.remarks = ["Each is changed in its next maintenance window, and is out of service meanwhile."]
    return commands
  }

  /// The command that databases of a kind are under.
  func databaseService(of run: InstanceRun, _ target: ChangeTarget) throws(DataError) -> String {
    let service = try target.known()
    let engine = run.engine ?? service.engine
    return priceService(ofType: run.type, engine: engine) == "documentdb" ? "docdb" : "rds"
  }

  private func resizeCaches(
    _ runs: [InstanceRun], _ change: Resize, _ target: ChangeTarget
  ) throws(DataError) -> ChangeCommands {
    var commands = ChangeCommands()
    commands.functions = [Self.resizeCache]
    for run in runs {
      let (region, name) = (target.region(of: run), try commandName(run.resource, key: target.id))
      func line(_ type: String) -> String {
        "resize_cache \(shellWord(region)) \(shellWord(name)) \(shellWord(type))"
      }
      commands.check.append(
        AWSCall("elasticache describe-cache-clusters", in: region).adding("cache-cluster-id", name).showing(
          "CacheClusters[].[CacheClusterId, CacheNodeType, NumCacheNodes, ReplicationGroupId, CacheClusterStatus]"))
      commands.make.append(line(change.type))
      commands.back.insert(line(run.type), at: 0)
    }
    commands.remarks = [
      "All nodes of a replication group change together, with its first one; its others are then of the type already."
    ]
    return commands
  }

  private static let resizeCache = """
    # Another type for a cache node, with its replication group where it is of one: region, node, type.
    resize_cache() {
      is=$(aws elasticache describe-cache-clusters --region "$1" --cache-cluster-id="$2" \\
        --query 'CacheClusters[0].CacheNodeType' --output text)
      [ "$is" != "$3" ] || return 0
      group=$(aws elasticache describe-cache-clusters --region "$1" --cache-cluster-id="$2" \\
        --query 'CacheClusters[0].ReplicationGroupId' --output text)
      if [ "$group" = None ]; then
        aws elasticache modify-cache-cluster --region "$1" --cache-cluster-id="$2" --cache-node-type "$3" \\
          --apply-immediately
        aws elasticache wait cache-cluster-available --region "$1" --cache-cluster-id="$2"
      else
        aws elasticache modify-replication-group --region "$1" --replication-group-id "$group" --cache-node-type "$3" \\
          --apply-immediately
        aws elasticache wait replication-group-available --region "$1" --replication-group-id "$group"
      fi
    }
    """
}

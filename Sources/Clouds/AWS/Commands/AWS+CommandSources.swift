// Changes as commands of AWS's command line. Each names what it changes by the ids that the inventory has, and groups by the
// tag that Auto Scaling gives their instances, or by their service. What was there before is written out where it is known,
// so that the way back needs no memory.
//
// Source: AWS CLI reference, the commands named in this folder.

import Model

extension AWS: CommandSources {
  package func commands(for change: Change, on target: ChangeTarget) throws(DataError) -> ChangeCommands {
    var commands: ChangeCommands
    switch change.change {
    case let change as Resize: commands = try resize(change, target)
    case let change as StopInstance: commands = try stop(change, target)
    case let change as FixedCount:
      commands = try groupLimits(target, minimum: change.count, desired: change.count, maximum: change.count)
    case let change as MinimumCount: commands = try groupLimits(target, minimum: change.count)
    case let change as MaximumCount: commands = try groupLimits(target, maximum: change.count)
    case let change as ScheduledCapacity: commands = try schedule(change, target)
    case let change as SleepTimes: commands = try sleep(change, target)
    case let change as SpotShare: commands = try spot(change, target)
    case let change as Reserve: commands = try purchase(change, target)
    case let change as CommitSavingsPlan: commands = try purchase(change, target)
    default:
      throw DataError(
        Place(file: "aws", key: target.id), found: change.change.words,
        expected: "a change of instances, their counts or how they are bought", kind: .usage)
    }
    return commands.inAccount(of: target, buying: change.buyer)
  }
}

extension ChangeCommands {
  /// The same commands, which stop where the credentials are of another account than what they change.
  /// - Parameter buyer: the account that buys, where that is not for all.
  fileprivate func inAccount(of target: ChangeTarget, buying buyer: String?) -> ChangeCommands {
    let accounts = buyer.map { [$0] } ?? Set(target.runs.compactMap(\.account))
    guard accounts.count == 1, let account = accounts.first else { return self }
    var commands = self
    let guarding = "in_account \(shellWord(account))"
    commands.functions.append(Self.inAccount)
    commands.check.insert(guarding, at: 0)
    commands.make.insert(guarding, at: 0)
    if !back.isEmpty { commands.back.insert(guarding, at: 0) }
    return commands
  }

  private static let inAccount = """
    # Goes on where the credentials are of an account.
    in_account() {
      here=$(aws sts get-caller-identity --query Account --output text)
      [ "$here" = "$1" ] || { echo "the credentials are of account $here, not of $1" >&2; exit 65; }
    }
    """
}

extension Change {
  /// The account that a purchase names.
  fileprivate var buyer: String? { (change as? Reserve)?.account ?? (change as? CommitSavingsPlan)?.account }
}

extension ChangeTarget {
  /// The service, of a change that is of one.
  func known() throws(DataError) -> Service {
    if let service { return service }
    throw DataError(Place(file: "aws", key: id), found: "a change of no service", expected: "one of a service")
  }

  /// Where an instance is.
  func region(of run: InstanceRun) -> String { run.region ?? AWS().region(ofZone: run.zone) ?? region }

  /// The scaling groups of the service, each once: by the tag that Auto Scaling gives their instances, else by the
  /// service's name where it is.
  func groups() throws(DataError) -> [(name: String, region: String)] {
    var groups: [(name: String, region: String)] = []
    for run in runs {
      guard let name = run.tag("aws:autoscaling:groupName") else { continue }
      let one = (name: try commandName(name, key: id), region: region(of: run))
      if !groups.contains(where: { $0 == one }) { groups.append(one) }
    }
    guard groups.isEmpty else { return groups }
    let name = try commandName(known().name, key: id)
    return Set(runs.map { region(of: $0) }.isEmpty ? [region] : runs.map { region(of: $0) }).sorted().map { (name, $0) }
  }

  /// The one group of the service.
  /// - Throws: ``DataError`` where there are several, among which counts would have to be divided.
  func group() throws(DataError) -> (name: String, region: String) {
    let groups = try groups()
    if groups.count == 1 { return groups[0] }
    throw DataError(
      Place(file: "aws", key: id), found: "\(groups.count) groups of \(try known().name)",
      expected: "one: which of them should have how many is yours to say", kind: .usage)
  }
}

/// What a group is, to be looked at before it is changed.
func describeGroup(_ group: (name: String, region: String)) -> String {
  AWSCall("autoscaling describe-auto-scaling-groups", in: group.region)
    .adding("auto-scaling-group-names", group.name)
    .showing(
      "AutoScalingGroups[].[AutoScalingGroupName, MinSize, DesiredCapacity, MaxSize, LaunchTemplate.LaunchTemplateId, "
        + "LaunchTemplate.Version]")
}

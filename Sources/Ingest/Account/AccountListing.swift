import Clouds
import Model

/// What a cloud prints of an account, in our words: instances and nodes, the groups they scale in, and what is held beside
/// them. Of any number of answers; what they say together does not depend on their order.
package struct AccountListing: Sendable {
  /// Sorted by name and start once ``settle()`` was called.
  package var instances: [ListedInstance] = []
  package var groups: [ListedGroup] = []
  package var policies: [ListedPolicy] = []
  package var schedules: [ListedSchedule] = []
  /// Policies and alarms as they were listed; none once ``settle()`` was called.
  var scaling: [AWSResource] = []
  package var holdings: [ListedHolding] = []
  package var nodes: [ListedNode] = []
  package var pods: [ListedPod] = []
  /// Nodes of groups that no answer dates.
  package var undatedNodes: [UndatedNode] = []
  /// What is not billed here, by what it is and why, with how many there are: `stopped machines whose stop has no date`.
  package var leftOut: [String: Int] = [:]
  /// What its owner should know besides; sorted once ``settle()`` was called.
  package var notes: Set<String> = []
  /// How many things the answers listed, whether they are of use or not.
  package var listed = 0

  package init() {}

  /// Counts one that is left out.
  mutating func leaveOut(_ reason: String) { leftOut[reason, default: 0] += 1 }

  /// Adds what another answer says.
  package mutating func add(_ other: AccountListing) {
    instances += other.instances
    groups += other.groups
    policies += other.policies
    schedules += other.schedules
    scaling += other.scaling
    holdings += other.holdings
    nodes += other.nodes
    pods += other.pods
    undatedNodes += other.undatedNodes
    leftOut.merge(other.leftOut, uniquingKeysWith: +)
    notes.formUnion(other.notes)
    listed += other.listed
  }
}

/// A machine or a node that a cloud lists.
package struct ListedInstance: Hashable, Sendable {
  package var id: String
  /// The id in the listing, which several things may share: a database and a cache, or databases of two regions.
  package let listedID: String
  package var type: String
  /// Empty where the cloud names none.
  package var zone = ""
  package var region, account: String?
  package var lifecycle = Lifecycle.onDemand
  /// The last time it was started.
  package var started: Instant
  /// nil while it runs.
  package var stopped: Instant?
  /// As the price book calls it; nil for what mostly runs on such a type.
  package var engine: String?
  /// The group that it scales in, or the cluster it is of; nil for none.
  package var group: String?
  /// What it is called where no tag says so; nil for a number alone.
  package var name: String?
  /// Sorted by key.
  package var tags: [ResourceTag] = []
  /// True where what runs on the machine lists it: what the cloud says of it comes first.
  package var isNode = false

  package init(id: String, type: String, started: Instant) {
    self.id = id
    listedID = id
    self.type = type
    self.started = started
  }

  /// The service of machines without a group and a name.
  package static let unnamedService = "unnamed"

  /// What it serves: by a tag where one is asked for and there, else by its group, the tag `Name`, its own name.
  package func service(groupedBy tag: String?) -> String {
    let words = [tag.flatMap { self.tag($0) }, group, self.tag("Name"), name]
    return words.compactMap { $0?.trimmed.asName }.first { !$0.isEmpty } ?? Self.unnamedService
  }

  /// The value of a tag; nil where it has none of that key.
  package func tag(_ key: String) -> String? { tags.first { $0.key == key }?.value }

  /// The time it ran, for its service.
  package func run(groupedBy tag: String?) -> InstanceRun {
    InstanceRun(
      service: service(groupedBy: tag), resource: id, type: type, zone: zone, lifecycle: lifecycle, started: started,
      stopped: stopped, engine: engine, account: account, region: zone.isEmpty ? region : nil, tags: tags)
  }
}

/// A node that a group lists and that nothing dates.
package struct UndatedNode: Hashable, Sendable {
  package var id, group: String
}

/// Machines that a cloud adds and removes together.
package struct ListedGroup: Hashable, Sendable {
  package var name: String
  package var region, account: String?
  package var minimum, maximum, desired: Int
  /// Seconds.
  package var cooldown: Int?
  /// What stands before it, by name; nil for nothing.
  package var loadBalancer: String?
  /// The machines that are in it now, by id.
  package var members: [String] = []
  /// Sorted by key.
  package var tags: [ResourceTag] = []
  /// What does not happen at present, for it is suspended.
  package var suspensions: [String] = []
}

/// How a group scales by itself, or why that cannot be said here.
package struct ListedPolicy: Sendable {
  package var group, name: String
  package var policy: ScalingPolicy?
  /// nil for a policy that is whole.
  package var reason: String?
}

/// A change of a group's capacity at fixed times, or why that cannot be said here.
package struct ListedSchedule: Sendable {
  package var group, name: String
  package var action: ScheduledAction?
  /// nil for an action that is whole.
  package var reason: String?
}

/// Something that is paid for beside instances: a volume, a gateway, an address.
package struct ListedHolding: Hashable, Sendable {
  /// What it is, one of it: `volume`.
  package var noun: String
  package var id: String
  package var region, account: String?
  /// The machine it belongs to; nil for none.
  package var instance: String?
  /// The service it stands under where it belongs to none: `storage`.
  package var service: String
  /// What it is billed by, each an item of the price book and an amount of it; empty for what cannot be priced.
  package var uses: [HeldUse] = []
  /// Why it, or a part of it, is not priced; nil where all is.
  package var unpriced: String?
  /// True for what is attached to nothing.
  package var isUnattached = false
}

/// So much of an item of the price book.
package struct HeldUse: Hashable, Sendable {
  /// `ebs/gp3-gb-month`.
  package var item: String
  package var amount: ScaledDecimal
  /// True for one whose price falls with the amount of each: it is billed by itself.
  package var isTiered = false
}

/// What a node of Kubernetes has for pods.
package struct ListedNode: Hashable, Sendable {
  package var name: String
  /// The machine it is, by the cloud's name.
  package var machine: String
  /// Thousandths of a vCPU, and bytes; nil where it does not say.
  package var cpu, memory: Int64?
}

/// A pod of Kubernetes, and what it asks for.
package struct ListedPod: Hashable, Sendable {
  package var namespace, name: String
  /// nil where it is not placed.
  package var node: String?
  package var labels: [ResourceTag]
  /// Thousandths of a vCPU, and bytes; nil where a container asks for none.
  package var cpuRequest, cpuLimit, memoryRequest, memoryLimit: Int64?
}

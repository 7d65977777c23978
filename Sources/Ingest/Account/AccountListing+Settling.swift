import Clouds
import Model

extension AccountListing {
  /// Brings together what the answers say of one thing, in an order of its own.
  ///
  /// A machine that several answers list runs once. Where one says that it stopped and another that it runs, it stopped;
  /// where it was started again, it ran until then at most. Machines are of the group that lists them, where none of
  /// their tags says so.
  package mutating func settle() {
    joinGroups()
    joinScaling()
    tellApart()
    settleRuns()
    policies = each(policies) { "\($0.group)\n\($0.name)" }
    schedules = each(schedules) { "\($0.group)\n\($0.name)" }
    holdings = Set(holdings).sorted { ($0.noun, $0.id, $0.instance ?? "") < ($1.noun, $1.id, $1.instance ?? "") }
    nodes = Set(nodes).sorted { ($0.name, $0.machine) < ($1.name, $1.machine) }
    pods = Set(pods).sorted { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
    let known = Set(instances.map(\.listedID))
    undatedNodes = Set(undatedNodes).filter { !known.contains($0.id) }.sorted { ($0.id, $0.group) < ($1.id, $1.group) }
  }

  private mutating func joinGroups() {
    groups = Set(groups).sorted { ($0.name, $0.region ?? "", $0.maximum) < ($1.name, $1.region ?? "", $1.maximum) }
    var groupOf: [String: String] = [:]
    for group in groups { for member in group.members where groupOf[member] == nil { groupOf[member] = group.name } }
    for index in instances.indices where instances[index].group == nil {
      instances[index].group = groupOf[instances[index].id]
    }
  }

  /// Gives what shares an id with something else a name of its own: by what it is, by its region, by its account, as far as
  /// these differ. Ids of machines are nobody else's.
  private mutating func tellApart() {
    let named = instances.indices.filter { !supportedCloud.isUnique(instances[$0].id, ofType: instances[$0].type) }
    for part in 0..<3 {
      for (_, places) in Dictionary(grouping: named, by: { instances[$0].id }) {
        let words = places.map { instances[$0].distinctions[part] }
        guard Set(words).count > 1 else { continue }
        for (index, word) in zip(places, words) where !word.isEmpty {
          let old = instances[index].id
          instances[index].id = "\(old)/\(word)"
          if instances[index].name == old { instances[index].name = instances[index].id }
        }
      }
    }
  }

  private mutating func settleRuns() {
    var settled: [ListedInstance] = []
    for (_, all) in Dictionary(grouping: instances, by: \.id).sorted(by: { $0.key < $1.key }) {
      let own = asListed(all)
      var runs: [ListedInstance] = []
      for (_, same) in Dictionary(grouping: own, by: \.started).sorted(by: { $0.key < $1.key }) {
        guard var run = same.min(by: { $0.precedes($1) }) else { continue }
        run.stopped = same.compactMap(\.stopped).min()
        run.tags = tags(of: same)
        runs.append(run)
      }
      for index in runs.indices.dropLast() where runs[index].stopped.map({ $0 > runs[index + 1].started }) ?? true {
        runs[index].stopped = runs[index + 1].started
        notes.insert(
          "\(runs[index].id) was started again at \(runs[index + 1].started): it is taken to have run till then")
      }
      settled += runs
    }
    instances = settled
  }

  /// What the cloud says of a machine, with the group and the labels that it has as a node; what nodes say where the cloud
  /// says nothing.
  private func asListed(_ all: [ListedInstance]) -> [ListedInstance] {
    let nodes = all.filter(\.isNode)
    var machines = all.filter { !$0.isNode }
    guard !machines.isEmpty, !nodes.isEmpty else { return all }
    let (group, labels) = (nodes.compactMap(\.group).min(), tags(of: nodes))
    for index in machines.indices {
      machines[index].group = machines[index].group ?? group
      let known = Set(machines[index].tags.map(\.key))
      machines[index].tags = (machines[index].tags + labels.filter { !known.contains($0.key) }).sorted()
    }
    return machines
  }

  /// All that answers say, and of two values of a key the first by the alphabet.
  private func tags(of same: [ListedInstance]) -> [ResourceTag] {
    var seen: Set<String> = []
    return same.flatMap(\.tags).sorted().filter { seen.insert($0.key).inserted }
  }

  private func each<Value>(_ all: [Value], by key: (Value) -> String) -> [Value] {
    var first: [String: Value] = [:]
    for one in all where first[key(one)] == nil { first[key(one)] = one }
    return first.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension ListedInstance {
  /// What it is, where, and whose.
  fileprivate var distinctions: [String] {
    [
      supportedCloud.priceService(ofType: type, engine: ""), supportedCloud.region(ofZone: zone) ?? region ?? "",
      account ?? "",
    ]
  }

  /// An order of what answers say of one run: what has a group comes first.
  fileprivate func precedes(_ other: ListedInstance) -> Bool {
    let (own, others) = (order, other.order)
    return own.lexicographicallyPrecedes(others)
  }

  private var order: [String] {
    [
      group == nil ? "1" : "0", group ?? "", account ?? "", type, zone, region ?? "", lifecycle.rawValue, engine ?? "",
      name ?? "",
    ]
  }
}

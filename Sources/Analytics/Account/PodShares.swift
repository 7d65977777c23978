import Ingest
import Model

/// What pods of Kubernetes ask for, summed by node, namespace and label, and the share that each namespace has of its nodes.
///
/// A pod's share of a node is the mean of its parts of the CPU and of the memory that the node has for pods; of several nodes
/// the mean of its shares, and of what they cost the same part where they cost alike. What no pod asks for is idle. Pods
/// that ask for nothing have no share.
package struct PodShares: Hashable, Sendable {
  /// What pods of one name ask for together.
  package struct Sum: Hashable, Sendable {
    package var name: String
    package var pods = 0
    /// Those of them that ask for CPU or memory.
    package var asking = 0
    /// Thousandths of a vCPU, and bytes.
    package var cpuRequest: Int64 = 0, cpuLimit: Int64 = 0, memoryRequest: Int64 = 0, memoryLimit: Int64 = 0
    /// Of the capacity of all nodes, in millionths; nil where it is not known.
    package var millionths: Int64?
  }

  /// Sorted by name.
  package let namespaces, nodes, apps: [Sum]
  /// What no pod asks for of the nodes, in millionths; nil where no node says what it has.
  package let idle: Int64?
  /// Pods on no node that was listed.
  package let unplaced: Int

  /// - Returns: nil where there are no pods.
  init?(_ listing: AccountListing, groupedBy tag: String?) {
    guard !listing.pods.isEmpty else { return nil }
    let byName = Self.room(of: listing)
    func share(_ pod: ListedPod) -> Int128? { pod.node.flatMap { byName[$0] }.flatMap { $0.billionths(of: pod) } }
    func sums(_ name: (ListedPod) -> String) -> [Sum] {
      Dictionary(grouping: listing.pods, by: name).map { name, pods in
        var sum = Sum(name: name)
        for pod in pods { sum.add(pod) }
        let shares = pods.compactMap(share)
        if !byName.isEmpty {
          sum.millionths = Int64(clamping: shares.reduce(Int128(0), +) / 1000 / Int128(byName.count))
        }
        return sum
      }.sorted { $0.name < $1.name }
    }
    namespaces = sums(\.namespace)
    nodes = sums { $0.node ?? "on no node" }
    apps = sums { pod in
      let labels = ["app.kubernetes.io/name", "app", "k8s-app"]
      let label = labels.compactMap { key in pod.labels.first { $0.key == key } }.first
      return label.map { "\($0.key)=\($0.value)" } ?? "no label"
    }
    idle = byName.isEmpty ? nil : 1_000_000 - namespaces.compactMap(\.millionths).reduce(0, +)
    unplaced = listing.pods.count { $0.node.flatMap { byName[$0] } == nil }
  }
}

extension PodShares {
  /// The nodes that say what they have for pods, by name.
  private static func room(of listing: AccountListing) -> [String: ListedNode] {
    let known = listing.nodes.filter { ($0.cpu ?? 0) > 0 && ($0.memory ?? 0) > 0 }
    return Dictionary(known.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Of each service that is a pool of nodes, the part that each namespace asks for of its nodes, in millionths, rounded
  /// down; sorted by name, without those that ask for nothing. Where more is asked for than there is, what is asked for is
  /// the whole.
  static func parts(of listing: AccountListing, groupedBy tag: String?) -> [(
    service: String, parts: [(name: String, millionths: Int64)]
  )] {
    let machines = Dictionary(listing.instances.map { ($0.id, $0) }) { first, _ in first }
    let nodes = room(of: listing)
    let services = nodes.compactMapValues { machines[$0.machine]?.service(groupedBy: tag) }
    let counts = Dictionary(grouping: services.values) { $0 }.mapValues { Int128($0.count) }
    var asked: [String: [String: Int128]] = [:]
    for pod in listing.pods {
      guard let name = pod.node, let node = nodes[name], let service = services[name],
        let billionths = node.billionths(of: pod), billionths > 0
      else { continue }
      asked[service, default: [:]][pod.namespace, default: 0] += billionths
    }
    return asked.map { service, parts in
      let whole = max((counts[service] ?? 1) * 1_000_000_000, parts.values.reduce(0, +))
      let all = parts.map { (name: $0.key, millionths: Int64(clamping: $0.value * 1_000_000 / whole)) }
      return (service, all.filter { $0.millionths > 0 }.sorted { $0.name < $1.name })
    }.sorted { $0.0 < $1.0 }
  }
}

extension ListedNode {
  /// The part of it that a pod asks for, the mean of CPU and memory; nil where it does not say what it has.
  fileprivate func billionths(of pod: ListedPod) -> Int128? {
    guard let cpu, let memory, cpu > 0, memory > 0 else { return nil }
    let most = Int128(1_000_000_000)
    let ofCPU = min(Int128(pod.cpuRequest ?? 0) * most / Int128(cpu), most)
    let ofMemory = min(Int128(pod.memoryRequest ?? 0) * most / Int128(memory), most)
    return (ofCPU + ofMemory) / 2
  }
}

extension PodShares.Sum {
  fileprivate mutating func add(_ pod: ListedPod) {
    pods += 1
    if pod.cpuRequest != nil || pod.memoryRequest != nil { asking += 1 }
    cpuRequest = sum(cpuRequest, pod.cpuRequest)
    cpuLimit = sum(cpuLimit, pod.cpuLimit)
    memoryRequest = sum(memoryRequest, pod.memoryRequest)
    memoryLimit = sum(memoryLimit, pod.memoryLimit)
  }

  private func sum(_ a: Int64, _ b: Int64?) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b ?? 0)
    return overflow ? Int64.max : sum
  }
}

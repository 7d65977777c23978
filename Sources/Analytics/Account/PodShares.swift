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
    let room = listing.nodes.filter { ($0.cpu ?? 0) > 0 && ($0.memory ?? 0) > 0 }
    let byName = Dictionary(room.map { ($0.name, $0) }) { first, _ in first }
    func share(_ pod: ListedPod) -> Int128? {
      guard let node = pod.node.flatMap({ byName[$0] }), let cpu = node.cpu, let memory = node.memory else {
        return nil
      }
      let parts = Int128(pod.cpuRequest ?? 0) * Int128(memory) + Int128(pod.memoryRequest ?? 0) * Int128(cpu)
      // Billionths of a node.
      return parts * 1_000_000_000 / (2 * Int128(cpu) * Int128(memory))
    }
    func sums(_ name: (ListedPod) -> String) -> [Sum] {
      Dictionary(grouping: listing.pods, by: name).map { name, pods in
        var sum = Sum(name: name)
        for pod in pods { sum.add(pod) }
        let shares = pods.compactMap(share)
        if !room.isEmpty {
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
    idle = room.isEmpty ? nil : 1_000_000 - namespaces.compactMap(\.millionths).reduce(0, +)
    unplaced = listing.pods.count { $0.node.flatMap { byName[$0] } == nil }
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

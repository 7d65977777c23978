import Clouds
import Model
import Reading

/// What `kubectl get nodes,pods -o json` prints, with pods of all namespaces (`-A`): nodes as machines, and what pods ask
/// for of them.
///
/// A node is the machine that its `providerID` names, of the type, zone and node pool that its labels say, from its
/// creation on; its labels are tags. Nodes of another cloud are left out. Pods that have ended count for nothing. A pod
/// asks for what its containers ask for together, or its largest init container where that is more, and its overhead.
///
/// Source: Kubernetes documentation, "Well-Known Labels, Annotations and Taints", "Resource Management for Pods and
/// Containers", "Init Containers" (resource sharing within containers), "Pod Overhead".
enum KubernetesListing: AccountFormat {
  static let name = "kubernetes"
  static let outline = "nodes and pods (kubectl get nodes,pods -A -o json)"
  static let noun = "node or pod"
  static let plural = "nodes and pods"
  static let example = """
    {
      "apiVersion": "v1", "kind": "List",
      "items": [
        {
          "apiVersion": "v1", "kind": "Node",
          "metadata": {
            "name": "ip-10-0-0-41.ec2.internal", "creationTimestamp": "2026-09-08T01:46:51Z",
            "labels": {
              "eks.amazonaws.com/nodegroup": "general", "node.kubernetes.io/instance-type": "m6g.2xlarge",
              "topology.kubernetes.io/region": "us-east-1", "topology.kubernetes.io/zone": "us-east-1a"
            }
          },
          "spec": {"providerID": "aws:///us-east-1a/i-0c1"},
          "status": {"allocatable": {"cpu": "7910m", "memory": "31127824Ki"}}
        },
        {
          "apiVersion": "v1", "kind": "Pod",
          "metadata": {"name": "api-1", "namespace": "shop", "labels": {"app": "api"}},
          "spec": {
            "nodeName": "ip-10-0-0-41.ec2.internal",
            "containers": [
              {"name": "api", "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"memory": "2Gi"}}}
            ]
          },
          "status": {"phase": "Running"}
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("items") && start.hasKey("apiVersion")
  }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("items", of: document, plural) { record, listing in
      // A list of one kind that the server itself printed has no kind for each.
      let kind =
        try record.textIfKnown("kind")
        ?? (record.node["status"]?["allocatable"] != nil
          ? "Node" : record.node["spec"]?["containers"] != nil ? "Pod" : "")
      switch kind {
      case "Node": try addNode(record, &listing)
      case "Pod": try addPod(record, &listing)
      default: listing.leaveOut("things of Kubernetes that are neither nodes nor pods")
      }
    }
  }

  private static let typeLabels = ["node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"]
  private static let zoneLabels = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"]
  private static let regionLabels = ["topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"]
  private static let poolLabels = [
    "eks.amazonaws.com/nodegroup", "karpenter.sh/nodepool", "karpenter.sh/provisioner-name",
    "alpha.eksctl.io/nodegroup-name",
  ]
  private static let capacityLabels = ["eks.amazonaws.com/capacityType", "karpenter.sh/capacity-type"]

  private static func addNode(_ record: JSONRecord, _ listing: inout AccountListing) throws(DataError) {
    let metadata = try record.record("metadata")
    let name = try metadata.name("name")
    let labels = labels(metadata)
    func label(_ names: [String]) -> String? {
      names.lazy.compactMap { name in labels.first { $0.key == name }?.value }.first { !$0.isEmpty }
    }
    let provider = record.node["spec"]?["providerID"]?.text?.asPrintable ?? ""
    guard provider.isEmpty || provider.hasPrefix("aws://") else {
      return listing.leaveOut("nodes of another cloud")
    }
    guard let type = label(typeLabels) else { return listing.leaveOut("nodes without the label of their type") }
    let machine = provider.split(separator: "/").last.map(String.init) ?? name
    var one = ListedInstance(id: machine, type: type, started: try metadata.instant("creationTimestamp"))
    one.zone = label(zoneLabels) ?? ""
    one.region = label(regionLabels)
    one.group = label(poolLabels)
    one.name = one.group == nil ? "nodes" : nil
    one.lifecycle = label(capacityLabels)?.lowercased() == "spot" ? .spot : .onDemand
    one.engine = label(["kubernetes.io/os", "beta.kubernetes.io/os"])
    one.tags = labels
    one.isNode = true
    listing.instances.append(one)
    let room = record.node["status"]?["allocatable"] ?? record.node["status"]?["capacity"]
    listing.nodes.append(
      ListedNode(
        name: name, machine: machine, cpu: quantity(room?["cpu"], thousandths: true),
        memory: quantity(room?["memory"], thousandths: false)))
  }

  private static func addPod(_ record: JSONRecord, _ listing: inout AccountListing) throws(DataError) {
    let phase = record.node["status"]?["phase"]?.text ?? ""
    guard phase != "Succeeded", phase != "Failed" else { return listing.leaveOut("pods that have ended") }
    let metadata = try record.record("metadata")
    var pod = ListedPod(
      namespace: try metadata.nameIfKnown("namespace") ?? "default", name: try metadata.name("name"),
      node: record.node["spec"]?["nodeName"]?.text?.asPrintable, labels: labels(metadata))
    let spec = record.node["spec"]
    pod.cpuRequest = asked(spec, "requests", "cpu")
    pod.cpuLimit = asked(spec, "limits", "cpu")
    pod.memoryRequest = asked(spec, "requests", "memory")
    pod.memoryLimit = asked(spec, "limits", "memory")
    listing.pods.append(pod)
  }

  private static func labels(_ metadata: JSONRecord) -> [ResourceTag] {
    (metadata.node["labels"]?.members ?? []).compactMap { member in
      guard let key = member.key.asPrintable, let value = member.value.text, value.controlCharacter == nil else {
        return nil
      }
      return ResourceTag(key, value.asName)
    }.sorted()
  }

  /// What a pod asks for, or may use at most, of one resource; nil where none of its containers says.
  private static func asked(_ spec: JSONNode?, _ part: String, _ resource: String) -> Int64? {
    func each(_ list: String) -> [Int64] {
      (spec?[list]?.elements ?? []).compactMap {
        quantity($0["resources"]?[part]?[resource], thousandths: resource == "cpu")
      }
    }
    let (containers, starting) = (each("containers"), each("initContainers"))
    guard !containers.isEmpty || !starting.isEmpty else { return nil }
    let together = containers.reduce(Int64(0)) { saturatedSum($0, $1) }
    let overhead = quantity(spec?["overhead"]?[resource], thousandths: resource == "cpu") ?? 0
    return saturatedSum(max(together, starting.max() ?? 0), overhead)
  }
}

private func saturatedSum(_ a: Int64, _ b: Int64) -> Int64 {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? Int64.max : sum
}

/// A quantity of Kubernetes, `7910m`, `31127824Ki`, `0.5`, `1e3`, rounded up as Kubernetes does; nil for anything else.
/// - Parameter thousandths: true to count thousandths, as CPU is; false for whole ones.
private func quantity(_ node: JSONNode?, thousandths: Bool) -> Int64? {
  node?.text.flatMap { quantity($0, thousandths) }
}

func quantity(_ text: String, _ thousandths: Bool) -> Int64? {
  let binary: [String: Int] = ["Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50]
  let decimal: [String: Int] = ["n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15]
  var number = text
  var (shift, power) = (0, 0)
  if let unit = binary.first(where: { text.hasSuffix($0.key) }) {
    number = String(text.dropLast(2))
    shift = unit.value
  } else if let unit = decimal.first(where: { text.hasSuffix($0.key) }) {
    number = String(text.dropLast())
    power = unit.value
  }
  guard let value = ScaledDecimal(number), value.mantissa >= 0 else { return nil }
  let exponent = power - value.scale + (thousandths ? 3 : 0)
  let (whole, isTooMuch) = Int128(value.mantissa).multipliedReportingOverflow(by: Int128(1) << Int128(shift))
  guard !isTooMuch, abs(exponent) <= 18 else { return nil }
  guard exponent < 0 else {
    let (product, overflow) = whole.multipliedReportingOverflow(by: widePowerOfTen(exponent))
    return overflow ? nil : Int64(exactly: product)
  }
  let divisor = widePowerOfTen(-exponent)
  return Int64(exactly: (whole + divisor - 1) / divisor)
}

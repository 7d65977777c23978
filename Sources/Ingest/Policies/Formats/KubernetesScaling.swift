import Model

/// Objects of Kubernetes that scale what runs there: a HorizontalPodAutoscaler, with several metrics and its behaviour, and
/// KEDA's ScaledObject with its triggers; a list of such.
///
/// What scales nodes (Karpenter), sizes pods (VerticalPodAutoscaler) or does something else is refused by name.
///
/// Source: Kubernetes API reference, `autoscaling/v2`; KEDA documentation.
enum KubernetesScaling: PolicyFormat {
  static let name = "kubernetes"
  static let outline = "a HorizontalPodAutoscaler of Kubernetes or a ScaledObject of KEDA"
  static let example = """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: api}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
      minReplicas: 2
      maxReplicas: 10
      metrics:
        - type: Resource
          resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
    """

  static func recognises(_ document: DocumentNode) -> Bool {
    document[key: "apiVersion"]?.text != nil && document[key: "kind"]?.text != nil
  }

  static func read(_ document: PolicyDocument, into reading: inout PolicyReading) {
    let kind = document.root[key: "kind"]?.text ?? ""
    if kind == "List" || kind.hasSuffix("AutoscalerList") || kind == "ScaledObjectList" {
      for item in document.root[key: "items"]?.elements ?? [] {
        readObject(PolicyDocument(file: document.file, root: item), into: &reading)
      }
      return
    }
    readObject(document, into: &reading)
  }

  private static func readObject(_ document: PolicyDocument, into reading: inout PolicyReading) {
    let kind = document.root[key: "kind"]?.text?.asPrintable ?? "object without a kind"
    let name = document.root[key: "metadata"]?[key: "name"]?.text?.asPrintable ?? "without a name"
    let place = Place(file: document.file, line: document.root.line)
    do throws(PolicyFault) {
      switch kind {
      case "HorizontalPodAutoscaler": try PodAutoscalerReading(document).read(into: &reading)
      case "ScaledObject":
        var object = ScaledObjectReading(document)
        try object.read(into: &reading)
      default: throw .refused(reasons[kind] ?? "it does not scale what runs")
      }
    } catch {
      reading.note(error, "\(kind) \(name)", at: place)
    }
  }

  private static let reasons = [
    "NodePool": "it chooses nodes for what pods ask for, and follows no metric",
    "EC2NodeClass": "it says what nodes are, and not how many",
    "VerticalPodAutoscaler": "it changes what pods ask for, and not how many there are",
    "ScaledJob": "it starts jobs, and runs nothing that stays",
    "TriggerAuthentication": "it says how a trigger proves who it is",
    "ClusterTriggerAuthentication": "it says how a trigger proves who it is",
  ]
}

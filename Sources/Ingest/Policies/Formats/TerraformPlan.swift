import Model

/// What `terraform show -json` prints of a plan or of a state: the groups, policies, scheduled actions and alarms of AWS in it.
///
/// What a plan does not know yet, such as which policy an alarm sets off, is taken from the references of its configuration.
///
/// Source: "JSON Output Format", Terraform documentation; resources `aws_autoscaling_*`, `aws_appautoscaling_*` and
/// `aws_cloudwatch_metric_alarm` of its AWS provider.
enum TerraformPlan: PolicyFormat {
  static let name = "terraform-plan"
  static let outline = "a plan or state of Terraform (terraform show -json)"
  static let example = """
    {
      "format_version": "1.2",
      "planned_values": {
        "root_module": {
          "resources": [
            {
              "address": "aws_autoscaling_policy.cpu", "type": "aws_autoscaling_policy", "name": "cpu",
              "values": {
                "name": "cpu40", "autoscaling_group_name": "web", "policy_type": "TargetTrackingScaling",
                "target_tracking_configuration": [
                  {
                    "predefined_metric_specification": [{"predefined_metric_type": "ASGAverageCPUUtilization"}],
                    "target_value": 40
                  }
                ]
              }
            }
          ]
        }
      }
    }
    """

  static func recognises(_ document: DocumentNode) -> Bool {
    document[key: "format_version"] != nil
      && (document[key: "planned_values"] != nil || document[key: "values"] != nil)
  }

  static func read(_ document: PolicyDocument, into reading: inout PolicyReading) {
    let scope = TemplateScope(file: document.file, key: document.file, hasNextTimes: true)
    let values = document.root[key: "planned_values"] ?? document.root[key: "values"]
    guard let module = values?[key: "root_module"], case .mapping = module.content else {
      reading.refuse(
        Place(file: document.file, line: document.root.line), "Terraform plan", "it has no root_module with resources")
      return
    }
    let configuration = document.root[key: "configuration"]?[key: "root_module"]
    let before = reading.resources.count + reading.configuration.refused.count
    read(module, configuration, scope, into: &reading)
    if reading.resources.count + reading.configuration.refused.count == before {
      reading.refuse(
        Place(file: document.file, line: document.root.line), "Terraform plan", "nothing in it scales")
    }
  }

  private static func read(
    _ module: DocumentNode, _ configuration: DocumentNode?, _ scope: TemplateScope, into reading: inout PolicyReading
  ) {
    let prefix = module[key: "address"]?.text.map { "\($0)." } ?? ""
    let written = (configuration?[key: "resources"]?.elements ?? []).reduce(into: [String: DocumentNode]()) {
      if let address = $1[key: "address"]?.text { $0[address] = $1[key: "expressions"] }
    }
    for key in ["resources", "child_modules"] {
      guard let value = module[key: key], !value.isNull else { continue }
      if case .list = value.content { continue }
      reading.refuse(scope.place(value), "\(key) of the module", "it is no list")
    }
    for resource in module[key: "resources"]?.elements ?? [] {
      guard let type = resource[key: "type"]?.text, let address = resource[key: "address"]?.text,
        let values = resource[key: "values"]
      else { continue }
      let plain = "\(type).\(resource[key: "name"]?.text ?? "")"
      TerraformWords(scope: scope, prefix: prefix, expressions: written[plain], isPlanned: true)
        .read(type, address: address, values, at: scope.place(resource), into: &reading)
    }
    for child in module[key: "child_modules"]?.elements ?? [] {
      let name = child[key: "address"]?.text?.split(separator: ".").last.map { String($0.prefix { $0 != "[" }) } ?? ""
      read(child, configuration?[key: "module_calls"]?[key: name]?[key: "module"], scope, into: &reading)
    }
  }
}

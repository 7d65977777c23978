import Model

/// A configuration of Terraform in JSON (`.tf.json`), as `plimsoll export` writes it for terraform.
///
/// Variables stand for their defaults; other expressions are refused by name.
///
/// Source: "JSON Configuration Syntax", Terraform documentation.
enum TerraformJSON: PolicyFormat {
  static let name = "terraform-json"
  static let outline = "a configuration of Terraform in JSON (.tf.json)"
  static let example = """
    {
      "resource": {
        "aws_autoscaling_schedule": {
          "night": {
            "scheduled_action_name": "night", "autoscaling_group_name": "web", "recurrence": "0 1 * * *", "min_size": 1
          }
        }
      }
    }
    """

  static func recognises(_ document: DocumentNode) -> Bool {
    guard case .mapping? = document[key: "resource"]?.content else { return false }
    return document[key: "Resources"] == nil
  }

  static func read(_ document: PolicyDocument, into reading: inout PolicyReading) {
    var scope = TemplateScope(file: document.file, key: document.file, escapesReferences: true)
    if case .mapping(let variables)? = document.root[key: "variable"]?.content {
      for variable in variables { scope.parameters[variable.key] = .some(variable.value[key: "default"]?.text) }
    }
    guard case .mapping(let types)? = document.root[key: "resource"]?.content else { return }
    for type in types {
      guard case .mapping(let resources) = type.value.content else { continue }
      for resource in resources {
        let address = "\(type.key).\(resource.key)"
        if let many = ["count", "for_each"].first(where: { resource.value[key: $0] != nil }),
          TerraformWords.known[type.key] != nil
        {
          reading.refuse(
            scope.place(resource.value), address, "it is there by \(many), how often only Terraform works out")
          continue
        }
        TerraformWords(scope: scope, prefix: "", expressions: nil)
          .read(type.key, address: address, resource.value, at: scope.place(resource.value), into: &reading)
      }
    }
  }
}

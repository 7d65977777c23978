// "aws_autoscaling_schedule", documentation of Terraform's AWS provider.

import Model

/// Terraform's scheduled actions; the names of the groups are variables.
package struct TerraformExport: ExportFormat {
  package let name = "terraform"
  package let summary = "Terraform resources of scheduled actions"
  package let kinds: [any PlanChange.Type] = [ScheduledCapacity.self]
  package init() {}

  package func render(_ changes: ExportedChanges) -> [UInt8] {
    let groups = Identifiers(changes.scheduledServices) { "\($0.snakeCase)_group" }
    let actions = changes.actions
    let names = Identifiers(actions.map(\.name)) { $0.snakeCase }
    let comments = ([changes.origin] + leftOut(changes).map { "Not written here: \($0)" }).map { "# \(oneLine($0))\n" }
    let variables = changes.scheduledServices.map { service in
      """
      variable "\(groups[service])" {
        description = \(hclString("Auto Scaling group of \(service)"))
        type        = string
        default     = \(hclString(service))
      }

      """
    }
    let resources = actions.map { named in
      let action = named.action
      return """
        resource "aws_autoscaling_schedule" "\(names[named.name])" {
          scheduled_action_name  = \(hclString(named.name))
          autoscaling_group_name = var.\(groups[named.service])
          recurrence             = \(hclString(action.recurrence))
          time_zone              = \(hclString(action.timezone))
          min_size               = \(action.minimum)
          desired_capacity       = \(action.desired)
          max_size               = \(action.maximum)
        }

        """
    }
    return Array((comments.joined() + "\n" + (variables + resources).joined(separator: "\n")).utf8)
  }

  /// A string of HCL: as JSON has it, and nothing in it is a template.
  private func hclString(_ text: String) -> String {
    jsonString(text).replacing("${", with: "$${").replacing("%{", with: "%%{")
  }
}

/// Text for a comment, which a line end would close.
func oneLine(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isUnseen || $0 == "\n" || $0 == "\r" ? " " : $0 }))
}

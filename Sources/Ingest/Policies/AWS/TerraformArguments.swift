// Arguments of `aws_autoscaling_*`, `aws_appautoscaling_*` and `aws_cloudwatch_metric_alarm`, documentation of the AWS provider
// of Terraform; "Meta-Arguments", documentation of Terraform.

import Model

extension TerraformWords {
  /// Arguments that a resource does not have: mistyped, or newer than what is known here.
  private func unknown(_ type: String, _ values: DocumentNode) -> [DocumentEntry] {
    guard let known = Self.known[type], case .mapping(let entries) = values.content else { return [] }
    return entries.filter { entry in
      !known.contains(entry.key) && !Self.ofAnyResource.contains(entry.key)
        && !(isPlanned && (Self.workedOut.contains(entry.key) || entry.value.isNothing))
    }
  }

  /// Adds a resource to a reading, and every argument that is not known here to what is not read of it.
  /// - Parameter place: where the resource stands.
  func read(
    _ type: String, address: String, _ values: DocumentNode, at place: Place, into reading: inout PolicyReading
  ) {
    func refuse(_ argument: DocumentEntry, _ name: String, _ reason: String) {
      reading.refuse(Place(file: scope.file, line: argument.line), "\(name) of \(address)", reason)
    }
    for argument in unknown(type, values) { refuse(argument, argument.key, "\(type) has no such argument") }
    guard let found = resource(type, address: address, values) else {
      if let reason = Self.refusal(type) { reading.refuse(place, address, reason) }
      return
    }
    for part in found.kind.unknownParts(found.properties.node) where !(isPlanned && part.entry.value.isNothing) {
      let words = (part.path + [part.entry.key]).map(found.properties.scope.word)
      refuse(part.entry, words.joined(separator: "."), "\(words.dropLast().last ?? type) has no such argument")
    }
    reading.resources.append(found)
  }

  /// `least_capacity` of `LeastCapacity`.
  static func argument(_ property: String) -> String {
    property.reduce(into: "") { $0 += $1.isUppercase ? ($0.isEmpty ? "" : "_") + $1.lowercased() : String($1) }
  }

  private static let ofAnyResource: Set<String> = [
    "//", "connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner", "region", "timeouts",
  ]

  /// What the provider works out, which plans and states have beside the arguments.
  private static let workedOut: Set<String> = [
    "alarm_arns", "arn", "id", "predicted_capacity", "tags_all", "warm_pool_size",
  ]

  /// By type, what a resource has.
  static let known: [String: Set<String>] = [
    "aws_autoscaling_group": [
      "availability_zone_distribution", "availability_zones", "capacity_rebalance",
      "capacity_reservation_specification",
      "context", "default_cooldown", "default_instance_warmup", "desired_capacity", "desired_capacity_type",
      "enabled_metrics", "force_delete", "force_delete_warm_pool", "health_check_grace_period", "health_check_type",
      "ignore_failed_scaling_activities", "initial_lifecycle_hook", "instance_maintenance_policy", "instance_refresh",
      "launch_configuration", "launch_template", "load_balancers", "max_instance_lifetime", "max_size",
      "metrics_granularity", "min_elb_capacity", "min_size", "mixed_instances_policy", "name", "name_prefix",
      "placement_group", "protect_from_scale_in", "service_linked_role_arn", "suspended_processes", "tag",
      "target_group_arns", "termination_policies", "traffic_source", "vpc_zone_identifier",
      "wait_for_capacity_timeout", "wait_for_elb_capacity", "warm_pool",
    ],
    "aws_autoscaling_policy": [
      "adjustment_type", "autoscaling_group_name", "cooldown", "enabled", "estimated_instance_warmup",
      "metric_aggregation_type", "min_adjustment_magnitude", "name", "policy_type", "predictive_scaling_configuration",
      "scaling_adjustment", "step_adjustment", "target_tracking_configuration",
    ],
    "aws_autoscaling_schedule": [
      "autoscaling_group_name", "desired_capacity", "end_time", "max_size", "min_size", "recurrence",
      "scheduled_action_name", "start_time", "time_zone",
    ],
    "aws_cloudwatch_metric_alarm": [
      "actions_enabled", "alarm_actions", "alarm_description", "alarm_name", "comparison_operator",
      "datapoints_to_alarm", "dimensions", "evaluate_low_sample_count_percentiles", "evaluation_periods",
      "extended_statistic", "insufficient_data_actions", "metric_name", "metric_query", "namespace", "ok_actions",
      "period", "statistic", "tags", "threshold", "threshold_metric_id", "treat_missing_data", "unit",
    ],
    "aws_appautoscaling_target": [
      "max_capacity", "min_capacity", "resource_id", "role_arn", "scalable_dimension", "service_namespace",
      "suspended_state", "tags",
    ],
    "aws_appautoscaling_policy": [
      "name", "policy_type", "predictive_scaling_policy_configuration", "resource_id", "scalable_dimension",
      "service_namespace", "step_scaling_policy_configuration", "target_tracking_scaling_policy_configuration",
    ],
    "aws_appautoscaling_scheduled_action": [
      "end_time", "name", "resource_id", "scalable_dimension", "scalable_target_action", "schedule",
      "service_namespace", "start_time", "timezone",
    ],
  ]
}

extension DocumentNode {
  /// True for what plans write of arguments that nobody wrote: null, an empty text or an empty list.
  fileprivate var isNothing: Bool {
    switch content {
    case .scalar(let text, _): text.isEmpty || isNull
    case .list(let elements): elements.isEmpty
    case .mapping(let entries): entries.isEmpty
    }
  }
}

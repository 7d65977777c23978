/// What the owners' documents claim, kept as data so that it can be checked against history.
package struct Claims: FleetPart {
  package var expectedConsumption: [ConsumptionClaim] = []
  package var allocations: [AllocationClaim] = []

  package init() {}

  package static let about = "What the owners' documents claim, kept as data so that it can be checked against history."

  package static let keys: [FleetKey<Claims>] = [
    FleetKey("expected_consumption", \.expectedConsumption, "What each service is said to need at a number of users."),
    FleetKey("allocations", \.allocations, "What is said to run, service by service, at a number of users."),
  ]
}

/// A row of the expected-consumption table.
package struct ConsumptionClaim: FleetPart {
  package var service = ""
  package var perUser = ""
  package var loadPerUser: [LoadPerUser] = []
  package var memoryMbPerUser: ScaledDecimal?
  package var at: [CapacityClaim] = []

  package init() {}

  package static let about = "A row of the expected-consumption table."

  package static let keys: [FleetKey<ConsumptionClaim>] = [
    .required("service", \.service, "The service it is about, as the document calls it."),
    FleetKey("per_user", \.perUser, "What one user needs, in the owners' words; nothing reads it."),
    FleetKey("load_per_user", \.loadPerUser, "The same as figures: what one concurrent user causes at the peak."),
    FleetKey(
      "memory_mb_per_user", \.memoryMbPerUser, "Memory that one concurrent user takes, in all its instances or nodes.",
      unit: "MB", absent: "none where the document names none"),
    .required("at", \.at, "What is needed at each number of users."),
  ]
}

/// How much of a metric of the service as a whole one concurrent user is said to cause at the peak.
package struct LoadPerUser: FleetPart, Hashable {
  package var metric: Metric = .unnamed
  package var value = ScaledDecimal(mantissa: 0, scale: 0)

  package init() {}

  package static let about =
    "How much of a metric of the service as a whole one concurrent user is said to cause at the peak."

  package static let keys: [FleetKey<LoadPerUser>] = [
    .required("metric", \.metric, "What is caused."),
    .required("value", \.value, "How much of it, in the unit of the metric, 0 or more."),
  ]
}

/// What a service is said to need at a number of concurrent users.
package struct CapacityClaim: FleetPart {
  package var users = 0
  package var instances: CountRange?
  package var type: String?
  package var note: String?

  package init() {}

  package static let about = "What a service is said to need at a number of concurrent users."

  package static let keys: [FleetKey<CapacityClaim>] = [
    .required("users", \.users, "Concurrent users."),
    FleetKey("instances", \.instances, "Instances or nodes.", absent: "none when the claim names a type only"),
    FleetKey("type", \.type, "The instance type.", absent: "none when the claim names none"),
    FleetKey("note", \.note, "The owners' remark.", absent: "none"),
  ]
}

/// A resource-allocation table.
package struct AllocationClaim: FleetPart {
  package var title = ""
  package var users = 0
  package var rows: [AllocationRow] = []

  package init() {}

  package static let about = "A resource-allocation table."

  package static let keys: [FleetKey<AllocationClaim>] = [
    FleetKey("title", \.title, "The heading of the table."),
    .required("users", \.users, "Concurrent users that the table is for."),
    FleetKey("rows", \.rows, "The rows of the table."),
  ]
}

/// One row of a resource-allocation table.
package struct AllocationRow: FleetPart {
  package var service = ""
  package var type: String?
  package var count: CountRange?
  package var replicas: CountRange?
  package var rationale = ""

  package init() {}

  package static let about = "One row of a resource-allocation table."

  package static let keys: [FleetKey<AllocationRow>] = [
    .required("service", \.service, "The service it is about, as the document calls it."),
    FleetKey("type", \.type, "The instance type.", absent: "none when the row names none"),
    FleetKey("count", \.count, "Instances or nodes.", absent: "none when the row names none"),
    FleetKey("replicas", \.replicas, "Replicas beside them.", absent: "none when the row names none"),
    FleetKey("rationale", \.rationale, "Why, in the owners' words."),
  ]
}

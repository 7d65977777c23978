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
  package var at: [CapacityClaim] = []

  package init() {}

  package static let about = "A row of the expected-consumption table."

  package static let keys: [FleetKey<ConsumptionClaim>] = [
    .required("service", \.service, "The service it is about, as the document calls it."),
    FleetKey("per_user", \.perUser, "What one user needs, in the owners' words."),
    .required("at", \.at, "What is needed at each number of users."),
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

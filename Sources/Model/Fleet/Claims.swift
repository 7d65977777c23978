/// What the owners' documents claim, kept as data so that it can be checked against history.
package struct Claims: Decodable, Sendable {
  /// What each service is said to need at a number of users.
  package var expectedConsumption: [ConsumptionClaim]
  /// What is said to run, service by service, at a number of users.
  package var allocations: [AllocationClaim]
}

/// A row of the expected-consumption table.
package struct ConsumptionClaim: Decodable, Sendable {
  /// The service it is about, as the document calls it.
  package var service: String
  /// What one user needs, in the owners' words.
  package var perUser: String
  /// What is needed at each number of users.
  package var at: [CapacityClaim]
}

/// What a service is said to need at a number of concurrent users.
package struct CapacityClaim: Decodable, Sendable {
  /// Concurrent users.
  package var users: Int
  /// Instances or nodes; nil when the claim names a type only.
  package var instances: CountRange?
  /// The instance type; nil when the claim names none.
  package var type: String?
  /// The owners' remark; nil for none.
  package var note: String?
}

/// A resource-allocation table.
package struct AllocationClaim: Decodable, Sendable {
  /// The heading of the table.
  package var title: String
  /// Concurrent users that the table is for.
  package var users: Int
  /// The rows of the table.
  package var rows: [AllocationRow]
}

/// One row of a resource-allocation table.
package struct AllocationRow: Decodable, Sendable {
  /// The service it is about, as the document calls it.
  package var service: String
  /// The instance type; nil when the row names none.
  package var type: String?
  /// Instances or nodes; nil when the row names none.
  package var count: CountRange?
  /// Replicas beside them; nil when the row names none.
  package var replicas: CountRange?
  /// Why, in the owners' words.
  package var rationale: String
}

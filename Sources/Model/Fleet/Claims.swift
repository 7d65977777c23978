/// What the owners' documents claim, kept as data so that it can be checked against history.
package struct Claims: Decodable, Sendable {
  package var expectedConsumption: [ConsumptionClaim]
  package var allocations: [AllocationClaim]
}

/// A row of the expected-consumption table.
package struct ConsumptionClaim: Decodable, Sendable {
  package var service: String
  package var perUser: String
  package var at: [CapacityClaim]
}

/// What a service is said to need at a number of concurrent users.
package struct CapacityClaim: Decodable, Sendable {
  package var users: Int
  /// Instances or nodes; absent when the claim names a type only.
  package var instances: CountRange?
  package var type: String?
  package var note: String?
}

/// A resource-allocation table.
package struct AllocationClaim: Decodable, Sendable {
  package var title: String
  package var users: Int
  package var rows: [AllocationRow]
}

/// One row of a resource-allocation table.
package struct AllocationRow: Decodable, Sendable {
  package var service: String
  package var type: String?
  package var count: CountRange?
  package var replicas: CountRange?
  package var rationale: String
}

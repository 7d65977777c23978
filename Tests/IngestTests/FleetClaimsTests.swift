import Ingest
import Model
import Testing

/// What a document claims of each user, and what others allow, as a fleet file says it.
@Suite struct FleetClaimsTests {
  @Test("Claims have figures, limits a time, and a database the largest type of its document")
  func shipped() throws {
    let fleet = try shippedFleet()
    let api = try #require(fleet.claims.expectedConsumption.first { $0.service == "api" })
    #expect(api.loadPerUser.map(\.metric) == [.requestsPerSecond] && api.loadPerUser.map(\.value.double) == [2])
    #expect(fleet.claims.expectedConsumption.compactMap(\.memoryMbPerUser?.double) == [1, 50])
    #expect(fleet.rateLimits.map(\.most) == [15_000] && fleet.rateLimits.map(\.per.seconds) == [3_600])
    #expect(fleet.service("database")?.database?.maximumType == "m5.2xlarge")
    // As many as a load balancer may have for targets, where nobody says otherwise.
    #expect(fleet.services.allSatisfy { $0.regionMaximum == 1_000 })
  }

  @Test("What is no amount, or is of each instance, is refused with its place")
  func refused() {
    let cases = [
      (
        "memory_mb_per_user: 50", "memory_mb_per_user: -1",
        "claims.expected_consumption[5].memory_mb_per_user: found -1, expected a number from 0 to 1000000000"
      ),
      (
        "{ metric: requests_per_second, value: 2 }", "{ metric: cpu_percent, value: 2 }",
        "claims.expected_consumption[2].load_per_user[0].metric: found cpu_percent, which is of each instance, expected a "
          + "metric of the service as a whole, such as requests_per_second"
      ),
      ("most: 15000", "most: 0", "rate_limits[0].most: found 0, expected a whole number from 1 to 1000000000000"),
    ]
    for (old, new, message) in cases { #expect(fleetError(old, new) == "fleet.yaml: \(message)") }
  }
}

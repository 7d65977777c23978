import Ingest
import Model
import Testing

/// How the fleet file says what spot may serve.
@Suite struct FleetSpotTests {
  private static let shipped = "spot: { deadline: 15min, replacement: 5min }"
  private static let full =
    "spot: { deadline: 90s, replacement: 0s, zones: [us-east-1a, use1-az2], types: [c5.xlarge, c5.large] }"

  @Test("Spot rules are read as they are written, and absent ones are nil")
  func read() throws {
    let text = shippedFleetText.replacing(Self.shipped, with: Self.full)
    let rules = try #require(try readFleet(text: text, file: "fleet.yaml").service("worker")?.spot)
    #expect(rules.deadline?.seconds == 90 && rules.replacement?.seconds == 0)
    #expect(rules.zones == ["us-east-1a", "use1-az2"] && rules.types == ["c5.xlarge", "c5.large"])
    let shipped = try shippedFleet()
    #expect(shipped.service("worker")?.spot?.deadline?.seconds == 900)
    #expect(shipped.service("worker")?.spot?.zones == nil && shipped.service("worker")?.spot?.types == nil)
    #expect(shipped.service("api")?.spot == nil)
  }

  @Test("Only an interruptible service has spot rules")
  func interruptible() {
    #expect(
      fleetError("interruptible: true", "interruptible: false", line: "spot:")
        == "fleet.yaml: services[3].spot: found spot rules of worker, which is not interruptible, expected none, or "
        + "interruptible: true")
  }

  @Test("Times are ones that can be meant")
  func times() {
    #expect(
      error("spot: { deadline: 0s }")
        == "fleet.yaml: services[3].spot.deadline: found 0s, expected a duration from 1s to 168h")
    #expect(
      error("spot: { deadline: 169h }")
        == "fleet.yaml: services[3].spot.deadline: found 169h, expected a duration from 1s to 168h")
    #expect(
      error("spot: { replacement: 25h }")
        == "fleet.yaml: services[3].spot.replacement: found 25h, expected a duration of at most 24h")
    #expect(
      error("spot: { replacement: soon }")
        == "fleet.yaml: services[3].spot.replacement: found \"soon\", expected a duration such as 300s, 5min or 24h")
    #expect(error("spot: { deadline: 168h, replacement: 24h }") == "no error")
  }

  @Test("Lists name something, each once, and types are among the service's")
  func lists() {
    #expect(
      error("spot: { zones: [] }")
        == "fleet.yaml: services[3].spot.zones: found an empty list, expected at least one zone")
    #expect(
      error("spot: { zones: [a, b, a] }")
        == "fleet.yaml: services[3].spot.zones[2]: found a second zone \"a\", expected each zone once")
    #expect(
      error("spot: { types: [c5.large, c5.large] }")
        == "fleet.yaml: services[3].spot.types[1]: found a second type \"c5.large\", expected each type once")
    #expect(
      error("spot: { types: [c5.large, c5.xlarg] }")
        == "fleet.yaml: services[3].spot.types[1]: found \"c5.xlarg\", expected one of c5.large, c5.xlarge, c5.2xlarge; "
        + "did you mean \"c5.xlarge\"?")
  }

  @Test("An unknown key is named with the nearest")
  func unknownKey() {
    #expect(
      error("spot: { dead_line: 5min }")
        == "fleet.yaml: services[3].spot: found unknown key \"dead_line\", expected a known key; did you mean \"deadline\"?"
    )
  }

  /// The message for the shipped fleet with other spot rules, whose line it must be.
  private func error(_ rules: String) -> String { fleetError(Self.shipped, rules, line: "spot:") }
}

import Model
import TestSupport
import Testing

@testable import Ingest

@Suite("What a fleet file leaves out")
struct FleetDefaultsTests {
  @Test("The least fleet file is its name, and everything else has a default")
  func least() throws {
    let fleet = try readFleet(text: "name: x", file: "fleet.yaml")
    #expect(fleet.title == "x")
    #expect(fleet.timezone == "UTC")
    #expect(fleet.currency == "USD")
    #expect(fleet.services.isEmpty)
    #expect(fleet.userTypes.isEmpty)
    #expect(fleet.review.percentile == ScaledDecimal(mantissa: 995, scale: 1))
    #expect(fleet.purchase.offers.map(\.description) == ["standard-1yr-no-upfront"])
  }

  @Test("A service may be one line, and what services share is said once; its own word stands in place of it")
  func defaults() throws {
    let text = """
      name: x
      defaults: {minimum: 2, maximum: 6, engine: windows}
      services:
        - web
        - {name: jobs, maximum: 9, instance_types: [m5.large, m5.xlarge]}
      """
    let services = try readFleet(text: text, file: "fleet.yaml").services
    #expect(services.map(\.name) == ["web", "jobs"])
    #expect(services.map(\.title) == ["web", "jobs"])
    #expect(services.map(\.minimum) == [2, 2])
    #expect(services.map(\.maximum) == [6, 9])
    #expect(services.map(\.engine) == ["windows", "windows"])
    #expect(services.map(\.initialType) == ["", "m5.large"])
  }

  @Test(
    "What services share lies in range as each service does, also where the file names none; it is one fault",
    arguments: [
      (
        "{reserved_memory_percent: 101}",
        "defaults.reserved_memory_percent: found 101, expected a whole number from 0 to 99"
      ),
      ("{minimum: -1}", "defaults.minimum: found -1, expected a whole number from 0 to 100000"),
      ("{minimum: 5, maximum: 3}", "defaults.minimum: found minimum 5 above maximum 3, expected at most 3"),
      (
        "{cluster: {maximum_nodes: 9223372036854775807}}",
        "defaults.cluster.maximum_nodes: found 9223372036854775807, expected a whole number from 1 to 500"
      ),
      ("{minimum: two}", "defaults.minimum: found \"two\", expected a whole number"),
    ])
  func rangesOfDefaults(defaults: String, expected: String) {
    do {
      _ = try readFleet(text: "name: x\ndefaults: \(defaults)\n", file: "fleet.yaml")
      Issue.record("no error")
    } catch {
      #expect(([error] + error.further).map(\.description) == ["fleet.yaml:2: \(expected)"])
    }
  }

  @Test("A file that names no services may speak of those of the inventory")
  func unnamedServices() throws {
    let text = "name: x\ndiscounts: {services: {ec2: 10}}\npurchase: {reserved_baseline: [{service: web, count: 1}]}\n"
    #expect(try readFleet(text: text, file: "fleet.yaml").purchase.reservedBaseline.count == 1)
  }

  @Test("Merge keys are followed: what is said beside them comes first, and of two the first")
  func mergeKeys() throws {
    let text = """
      name: x
      services:
        - &base {name: a, minimum: 2, maximum: 4}
        - &other {name: b, maximum: 7, interruptible: true}
        - {<<: *base, name: c, maximum: 5}
        - {<<: [*base, *other], name: d}
      """
    let services = try readFleet(text: text, file: "fleet.yaml").services
    #expect(services.map(\.minimum) == [2, 1, 2, 2])
    #expect(services.map(\.maximum) == [4, 7, 5, 4])
    #expect(services.map(\.interruptible) == [false, true, false, true])
  }

  @Test("All that is wrong with a file is said at once, by lines")
  func allFaults() {
    let text = """
      name: x
      timezone: Mars/Olympus
      servces: []
      services:
        - {name: a, minimum: two}
        - {name: a, minimum: 3, maximum: 2}
        - {minimum: 1}
      """
    do {
      _ = try readFleet(text: text, file: "fleet.yaml")
      Issue.record("no error")
    } catch {
      #expect(
        ([error] + error.further).map(\.description) == [
          "fleet.yaml:2: timezone: found time zone \"Mars/Olympus\", expected an IANA name such as America/New_York",
          "fleet.yaml:3: found unknown key \"servces\", expected a known key; did you mean \"services\"?",
          "fleet.yaml:5: services[0].minimum: found \"two\", expected a whole number",
          "fleet.yaml:6: services[1].name: found a second service \"a\", expected each service once",
          "fleet.yaml:6: services[1].minimum: found minimum 3 above maximum 2, expected at most 2",
          "fleet.yaml:7: services[2]: found no key \"name\", expected \"name\" with text",
        ])
    }
  }

  @Test("A driver is a name of its own or any metric; a misspelt one is refused")
  func drivers() throws {
    let text = "name: x\nservices: [{name: a, driver: requests_per_second}, {name: b, driver: orders}]"
    let services = try readFleet(text: text, file: "fleet.yaml").services
    #expect(services.map(\.driver) == [.metric(.requestsPerSecond), .metric(Metric("orders"))])
    let error = #expect(throws: DataError.self) {
      try readFleet(text: "name: x\nservices: [{name: a, driver: usres}]", file: "fleet.yaml")
    }
    #expect(error?.found == "\"usres\"")
  }

  @Test("Aliases of aliases that multiply are refused")
  func multiplyingAliases() {
    let lines = (1...9).map {
      "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ", "))]"
    }
    let text = (["name: x", "a0: &a0 [1, 1]"] + lines).joined(separator: "\n")
    let error = #expect(throws: DataError.self) { try readFleet(text: text, file: "fleet.yaml") }
    #expect(error?.found == "more than 1000000 values")
  }
}

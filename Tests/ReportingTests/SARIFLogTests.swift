import Model
import Testing

@testable import Reporting

/// The findings of a report as SARIF 2.1.0.
@Suite struct SARIFLogTests {
  private func run(_ findings: ReportFindings?) throws -> JSONValue? {
    var document = ReportDocument("check", title: "A check")
    document.findings = findings
    let log = try JSONValue(SARIFLog().render(document))
    #expect(log["version"]?.string == "2.1.0")
    return log["runs"]?.array.first
  }

  @Test("A finding names its rule, its level, its place, and what it contradicts beside it")
  func finding() throws {
    let finding = ReportFinding(
      rule: "second", level: .warning, message: "8 < 12 & \"more\"",
      places: [
        Place(file: "fleets/my fleet,1.yaml", line: 7, key: "services[0].maximum"),
        Place(file: "/etc/f.yaml", key: "name"),
      ])
    let rules = [ReportRule("first", "One."), ReportRule("second", "Two.")]
    let result = try run(ReportFindings(rules: rules, findings: [finding]))?["results"]?.array.first
    // RFC 3986: a space and a comma are percent-encoded.
    let expected = """
      {"ruleId": "second", "ruleIndex": 1, "level": "warning", "message": {"text": "8 < 12 & \\"more\\""},
       "locations": [{
         "physicalLocation": {"artifactLocation": {"uri": "fleets/my%20fleet%2C1.yaml"}, "region": {"startLine": 7}},
         "logicalLocations": [{"fullyQualifiedName": "services[0].maximum"}]}],
       "relatedLocations": [{
         "physicalLocation": {"artifactLocation": {"uri": "file:///etc/f.yaml"}},
         "logicalLocations": [{"fullyQualifiedName": "name"}]}]}
      """
    #expect(result == (try JSONValue(Array(expected.utf8))))
  }

  @Test("A report that looks for nothing is a run of the tool without rules and results")
  func nothing() throws {
    let run = try run(nil)
    #expect(run?["results"] == .array([]))
    #expect(run?["tool"]?["driver"] == .object(["name": .string("plimsoll"), "rules": .array([])]))
  }
}

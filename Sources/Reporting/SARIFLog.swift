// "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS standard of 27 March 2020: a log of one run.

import Model

/// The findings of a report as a SARIF log, which code hosts show beside the lines of files. Always the same bytes for the
/// same report; of one that looks for no findings a run without rules and results.
package struct SARIFLog: ReportFormat {
  package let name = "sarif"
  package init() {}

  package func render(_ document: ReportDocument) -> [UInt8] {
    let findings = document.findings ?? ReportFindings(rules: [], findings: [])
    let driver = JSONTree.object([
      ("name", .string("plimsoll")), ("rules", .array(findings.rules.map(rule))),
    ])
    let run = JSONTree.object([
      ("tool", .object([("driver", driver)])), ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(findings.findings.map { result($0, findings.rules) })),
    ])
    let log = JSONTree.object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .string("2.1.0")),
      ("runs", .array([run])),
    ])
    return Array((log.text() + "\n").utf8)
  }

  private func rule(_ rule: ReportRule) -> JSONTree {
    .object([("id", .string(rule.id)), ("shortDescription", .line([("text", .string(rule.about))]))])
  }

  private func result(_ finding: ReportFinding, _ rules: [ReportRule]) -> JSONTree {
    let index = rules.firstIndex { $0.id == finding.rule }.map { [("ruleIndex", JSONTree.raw("\($0)"))] } ?? []
    let related = finding.places.dropFirst().map { JSONTree.object(location($0)) }
    return .object(
      [("ruleId", .string(finding.rule))] + index + [
        ("level", .string(finding.level.rawValue)), ("message", .line([("text", .string(finding.message))])),
        ("locations", .array(finding.places.prefix(1).map { .object(location($0)) })),
      ] + (related.isEmpty ? [] : [("relatedLocations", .array(related))]))
  }

  private func location(_ place: Place) -> [(String, JSONTree)] {
    let region = place.line.map { [("region", JSONTree.line([("startLine", .raw("\($0)"))]))] } ?? []
    let file = JSONTree.line([("uri", .string(reference(place.file)))])
    let key = place.key.flatMap { key in
      key.isEmpty ? nil : ("logicalLocations", JSONTree.array([.line([("fullyQualifiedName", .string(key))])]))
    }
    return [("physicalLocation", .object([("artifactLocation", file)] + region))] + (key.map { [$0] } ?? [])
  }

  /// A path as a URI reference (RFC 3986): what is none of its unreserved characters nor a slash is percent-encoded.
  private func reference(_ path: String) -> String {
    var text = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "-._~/".utf8.contains(byte)
      if isPlain {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }
}

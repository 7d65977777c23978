import Foundation
import Testing

/// The shipped fleet file with its strategy set right: what must be changed for nothing to contradict anything.
///
/// Each correction is a piece of the file, which must be there, and what stands in its place.
func correctedFleet(_ text: String) throws -> String {
  var text = text
  for (piece, corrected) in corrections {
    let range = try #require(text.range(of: piece), "the fleet file no longer has: \(piece)")
    text = text.replacingCharacters(in: range, with: corrected)
  }
  return text
}

private let corrections: [(String, String)] = [
  // As many may run as the tables ask for with 50,000 users, who are no more than the tables say.
  ("    maximum: 10\n", "    maximum: 20\n"), ("    maximum: 8\n", "    maximum: 40\n"),
  ("    maximum: 12\n", "    maximum: 60\n"),
  ("    maximum: 20\n    interruptible: true", "    maximum: 80\n    interruptible: true"),
  ("count: 15+", "count: 15-20"), ("count: 25+", "count: 25-40"), ("count: 30+", "count: 30-60"),
  ("count: 40+", "count: 40-80"),
  // The database may become what its table asks for.
  ("maximum_type: m5.2xlarge", "maximum_type: m5.4xlarge"),
  // What users cause and take is what was measured: a third of a request a second in place of 2, 2.5 MB in place of 50.
  // 50,000 x 0.35 = 17,500 requests a second are fewer than 60 x 300; 0.35 a second are 1,260 in an hour's session.
  ("{ metric: requests_per_second, value: 2 }", "{ metric: requests_per_second, value: 0.35 }"),
  ("memory_mb_per_user: 50", "memory_mb_per_user: 2.5"),
  ("    api_calls_per_session: 50\n", "    api_calls_per_session: 1000-1500\n"),
  // The schedule is on the fleet's clock, and takes away at night.
  (
    "        recurrence: \"0 0 * * *\" # Midnight UTC every day\n        timezone: UTC",
    "        recurrence: \"30 1 * * *\"\n        timezone: America/New_York"
  ),
  (
    "        recurrence: \"0 12 * * *\" # Noon UTC every day\n        timezone: UTC",
    "        recurrence: \"0 9 * * *\"\n        timezone: America/New_York"
  ),
  // Policies that track a target leave removing to the rules.
  ("        target: 70.0\n", "        target: 70.0\n        scale_in: false\n"),
  ("        target: 1500.0\n", "        target: 1500.0\n        scale_in: false\n"),
  // Workers serve before more are added.
  ("      cooldown: 3min\n", "      cooldown: 5min\n"),
  // What always runs is reserved.
  ("{ service: database, count: 2 }", "{ service: database, count: 3 }"),
  ("{ service: cache, count: 2 }", "{ service: cache, count: 3 }"),
  // Alerts have the severity of their table.
  severity(before: "scaling_action: vertical\n    summary: MongoDB connections"),
  severity(before: "scaling_action: add_replica"),
  severity(before: "scaling_action: vertical\n    summary: Redis memory"),
  severity(before: "scaling_action: vertical\n    summary: Redis eviction"),
]

private func severity(before text: String) -> (String, String) {
  ("    severity: warning\n    \(text)", "    severity: scaling\n    \(text)")
}

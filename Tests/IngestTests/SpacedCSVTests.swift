import Ingest
import Testing

/// Blanks beside a separator, which people and programs write behind a comma.
@Suite struct SpacedCSVTests {
  @Test(
    "Blanks beside a separator are no part of a name; those in quotes are",
    arguments: [
      "timestamp, service, resource, calls\n2026-10-01T00:00:00Z, web, i-1, 30\n2026-10-01T00:05:00Z,web\t,i-1,40\n",
      "timestamp, service, resource, metric, value\n2026-10-01T00:00:00Z, web, i-1, calls, 30\n"
        + "2026-10-01T00:05:00Z,web,\ti-1,calls ,40\n",
      "timestamp,service,resource,calls\n2026-10-01T00:00:00Z, web,\"i-1\",30\n2026-10-01T00:05:00Z,\"web\", i-1,40\n",
    ])
  func blanks(text: String) throws {
    let file = try read(text)
    #expect(file.values == ["web/i-1 calls": ["30", "40"]])
    let quoted = try read(text.replacing(" web,", with: "\" web\","))
    #expect(quoted.values == [" web/i-1 calls": ["30"], "web/i-1 calls": ["40"]])
  }

  @Test("A service of blanks is none, and a resource of blanks is the service as a whole")
  func onlyBlanks() throws {
    let file = try Reader(badRowLimit: 1).read(
      "timestamp,service,resource,calls\n2026-10-01T00:00:00Z, ,i-1,30\n2026-10-01T00:05:00Z,web, ,40\n")
    #expect(file.values == ["web calls": ["40"]] && file.summary.badRows.map(\.found) == ["no service"])
  }
}

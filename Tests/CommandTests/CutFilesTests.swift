import Foundation
import Testing

/// Files that end too early, and look whole.
@Suite struct CutFilesTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test(
    "A last row without a line end is refused with its line: it may be the start of one",
    arguments: [
      ("long.csv", "timestamp,service,resource,metric,value\n2026-10-01T00:00:00Z,web,i-1,cpu_percent,3100"),
      ("wide.csv", "timestamp,service,resource,cpu_percent\r\n2026-10-01T00:00:00Z,web,i-1,3100"),
      ("two.csv", "timestamp,value\n2026-10-01T00:00:00Z,310"),
      ("163.csv", "Timestamp [ms];\tCPU usage [%]\n1376314846;\t93.2"),
      ("plain.prom", "web_requests{service=\"web\"} 310 1790827200"),
    ])
  func rows(name: String, text: String) throws {
    try place.file(name, text)
    try place.file("whole-\(name)", text + "\n")
    let named = ["--service", "web", "--resource", "i-1"] + (name == "two.csv" ? ["--metric", "m"] : [])
    let line = text.utf8.split(separator: 10).count
    let run = try place.run(place.importing([name] + named))
    #expect(run.status == 65)
    #expect(
      run.firstError == "plimsoll: \(name):\(line): found a last row without a line end, expected one; the file may "
        + "have been cut short")
    #expect(try place.run(place.importing(["whole-\(name)"] + named)).status == 0)
  }

  @Test("OpenMetrics that tells types ends with # EOF, or is refused")
  func openMetrics() throws {
    let text = "# TYPE web_requests gauge\nweb_requests 310 1790827200\n"
    try place.file("cut.om", text)
    let named = ["--service", "web", "--resource", "i-1"]
    let run = try place.run(place.importing(["cut.om"] + named))
    #expect(run.status == 65)
    #expect(
      run.firstError
        == "plimsoll: cut.om:3: found no # EOF, expected it behind the last sample; the file may have been "
        + "cut short")
    for (name, end) in [("a.om", "# EOF"), ("b.om", "# EOF\n")] {
      try place.file(name, text + end)
      #expect(try place.run(place.importing([name] + named)).status == 0)
    }
  }

  @Test("A header row of any length up to 8 MiB is read, and a longer one is refused by its length")
  func wideHeaders() throws {
    let names = (0..<300).map { "a_metric_\($0)_" + String(repeating: "of_many_", count: 110) }
    let row = "2026-10-01T00:00:00Z,web,i-1" + String(repeating: ",1", count: names.count)
    try place.file("wide.csv", "timestamp,service,resource,\(names.joined(separator: ","))\n\(row)\n")
    #expect(place.bytes("wide.csv")?.count ?? 0 > 256 << 10)
    #expect(try place.imported("wide.csv").first == "wide.csv: 300 samples added")
    try place.file("wider.csv", "timestamp," + String(repeating: "x", count: 8 << 20) + "\n1,2\n")
    try place.expectRefused(
      "wider.csv", saying: "plimsoll: wider.csv:1: found a first row of more than 8388608 bytes, expected a shorter one"
    )
  }
}

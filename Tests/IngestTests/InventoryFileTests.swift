import Ingest
import Model
import Reading
import Testing

@Suite struct InventoryFileTests {
  private let head = "service,resource,type,zone,lifecycle,started,stopped\n"
  private let october = Instant(year: 2026, month: 10, day: 1)

  @Test("Columns may say whose an instance is: its account, its region, and any tags")
  func owners() throws {
    let text = """
      service,resource,type,zone,lifecycle,started,stopped,tag:team,account,region,tag:Cost Center
      web,i-1,t3.medium,,on-demand,2026-10-01,,shop,123456789012,eu-west-1,
      web,i-2,t3.medium,us-east-1a,on-demand,2026-10-01,,,,,42

      """
    let runs = try readInventory(InputFile(name: "i", bytes: Array(text.utf8)))
    #expect(runs.map(\.account) == ["123456789012", nil] && runs.map(\.region) == ["eu-west-1", nil])
    #expect(runs.map(\.tags) == [[ResourceTag("team", "shop")], [ResourceTag("Cost Center", "42")]])
  }

  @Test("Runs come sorted; one without a stop is still running")
  func runs() throws {
    let runs = try readInventory(
      file(
        head + """
          web,i-2,t3.medium,us-east-1a,spot,2026-10-01T00:00:00Z,2026-10-01T02:00:00Z
          web,i-1,t3.medium,,on-demand,2026-10-01T02:00:00Z,
          web,i-1,t3.medium,us-east-1b,on-demand,2026-10-01T00:00:00Z,2026-10-01T02:00:00Z
          """))
    #expect(
      runs == [
        run("i-1", "us-east-1b", .onDemand, from: 0, to: 7200), run("i-1", "", .onDemand, from: 7200, to: nil),
        run("i-2", "us-east-1a", .spot, from: 0, to: 7200),
      ])
  }

  @Test("What runs on an instance is in the words of the price book; where nothing is written it is the service's")
  func engines() throws {
    let head = head.replacing("\n", with: ",engine\n")
    let rows = [
      ("db.m5.large", "postgres"), ("db.m5.large", "MySQL"), ("m5.large", "Windows"), ("m5.large", "Linux/UNIX"),
      ("m5.large", "windoes"), ("m5.large", ""),
    ].enumerated().map { "web,n-\($0),\($1.0),a,on-demand,2026-10-01,,\($1.1)\n" }
    #expect(
      try readInventory(file(head + rows.joined())).map(\.engine) == [
        "postgresql", "mysql", "windows", "linux", "windoes", nil,
      ])
  }

  @Test("A last row without a line end is refused: its stop may be cut off, and it would run for ever")
  func cutShort() {
    let row = "web,i-1,t3.medium,us-east-1a,on-demand,2026-10-01T00:00:00Z,2026-10-11T00:00:00Z"
    for text in [row, String(row.dropLast(20)), ""] {
      let cut = InputFile(name: "usage.csv", bytes: Array((head + text).utf8.dropLast(text.isEmpty ? 1 : 0)))
      expectFailure(
        "usage.csv:\(text.isEmpty ? 1 : 2): found a last row without a line end, expected one; the file may have been cut "
          + "short"
      ) { _ = try readInventory(cut) }
    }
  }

  @Test("Blanks beside a separator are no part of a name, nor are quotes behind one")
  func blanks() throws {
    let plain = "web,i-1,t3.medium,us-east-1a,spot,2026-10-01T00:00:00Z,"
    let spaced = plain.replacing(",", with: " , ")
    let quoted = "\"" + plain.replacing(",", with: "\", \"") + "\""
    for text in [spaced, quoted] {
      #expect(
        try readInventory(file(head.replacing(",", with: ", ") + text + "\n")) == readInventory(file(head + plain)),
        "\(text)")
    }
  }

  @Test(
    "An instance runs for one service at a time, whatever lies between its lines",
    arguments: ["", "web,i-9,t3.medium,a,spot,2026-10-01,\n"])
  func sharedInstance(between: String) {
    let rows = "web,i-1,m5.large,a,spot,2026-10-01,\n\(between)api,i-1,m5.large,a,spot,2026-10-05,\n"
    expectFailure(
      "i.csv:\(between.isEmpty ? 3 : 4): found api/i-1 while it runs for web, expected one service at a time; "
        + "line 2 has it for web"
    ) { () throws(DataError) in _ = try readInventory(file(head + rows, name: "i.csv")) }
  }

  @Test(
    "An instance may go on for another service; names that owners give may be given again",
    arguments: [
      "web,i-1,m5.large,a,spot,2026-10-01,2026-10-05\napi,i-1,m5.large,a,spot,2026-10-05,\n",
      "web,main,db.m5.large,a,on-demand,2026-10-01,\napi,main,cache.m5.large,a,on-demand,2026-10-01,\n",
      "web,node-1,m5.large,a,spot,2026-10-01,\napi,node-1,m5.large,a,spot,2026-10-01,\n",
    ])
  func separateInstances(rows: String) throws {
    #expect(try readInventory(file(head + rows)).count == 2)
  }

  @Test(
    "A row that cannot be used is named with its line",
    arguments: [
      (
        "web,i-1,t3.medium,a,on_demand,2026-10-01,",
        "i.csv:2: found lifecycle \"on_demand\", expected one of on-demand, spot; did you mean \"on-demand\"?"
      ),
      (
        "web,i-1,t3.medium,a,spot,2026-10-01,2026-10-01",
        "i.csv:2: found stopped at 2026-10-01T00:00:00Z, expected a time after 2026-10-01T00:00:00Z, when it started"
      ),
      (
        "web,i-1,t3.medium,a,spot,soon,",
        "i.csv:2: found \"soon\", expected a timestamp such as 2026-10-01T04:00:00Z"
      ),
      ("web,i-1,,a,spot,2026-10-01,", "i.csv:2: found no type, expected one"),
      (
        "web,i-1,t3.medium,a,spot,2026-10-03,\nweb,i-1,t3.medium,a,spot,2026-10-01,2026-10-04",
        "i.csv:2: found web/i-1 started at 2026-10-03T00:00:00Z, expected a start after its run of line 3, which "
          + "stops at 2026-10-04T00:00:00Z"
      ),
      (
        "web,i-1,t3.medium,a,spot,2026-10-01,\nweb,i-1,t3.medium,a,spot,2026-10-05,",
        "i.csv:3: found web/i-1 started at 2026-10-05T00:00:00Z, expected a start after its run of line 2, which is "
          + "still running"
      ),
    ])
  func wrong(rows: String, message: String) {
    expectFailure(message) { () throws(DataError) in _ = try readInventory(file(head + rows, name: "i.csv")) }
  }

  private func run(_ resource: String, _ zone: String, _ lifecycle: Lifecycle, from: Int64, to: Int64?) -> InstanceRun {
    InstanceRun(
      service: "web", resource: resource, type: "t3.medium", zone: zone, lifecycle: lifecycle,
      started: october.advanced(by: from), stopped: to.map { october.advanced(by: $0) })
  }
}

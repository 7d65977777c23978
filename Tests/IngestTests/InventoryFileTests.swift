import Ingest
import Model
import Testing

@Suite struct InventoryFileTests {
  private let head = "service,resource,type,zone,lifecycle,started,stopped\n"
  private let october = Instant(year: 2026, month: 10, day: 1)

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

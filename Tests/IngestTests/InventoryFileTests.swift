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
      ("web,i-1,,a,spot,2026-10-01,", "i.csv:2: found no type, expected the name of a type"),
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

@Suite struct CommitmentsFileTests {
  private let head = "id,service,type,count,offer,started\n"

  @Test("Commitments come sorted by id")
  func read() throws {
    let commitments = try readCommitments(
      file(
        head + "ri-2,web,c5.large,1,convertible-3yr-all-upfront,2026-03-01\nri-1,web,t3.medium,3,"
          + "standard-1yr-no-upfront,2026-03-01T00:00:00Z"))
    #expect(commitments.map(\.id) == ["ri-1", "ri-2"])
    #expect(commitments[0].count == 3)
    #expect(commitments[0].term == OfferTerm(offerClass: .standard, years: 1, payment: .noUpfront))
    #expect(commitments[1].started == Instant(year: 2026, month: 3, day: 1))
  }

  @Test(
    "A row that cannot be used is named with its line",
    arguments: [
      (
        "ri,web,t3.medium,0,standard-1yr-no-upfront,2026-03-01",
        "c.csv:2: found count \"0\", expected a whole number of at least 1"
      ),
      (
        "ri,web,t3.medium,1,standard-1y-no-upfront,2026-03-01",
        "c.csv:2: found offer \"standard-1y-no-upfront\", expected an offer such as standard-1yr-no-upfront; did you "
          + "mean \"standard-1yr-no-upfront\"?"
      ),
      (
        "ri,web,a,1,standard-1yr-no-upfront,2026-03-01\nri,web,a,1,standard-1yr-no-upfront,2026-03-01",
        "c.csv:3: found commitment \"ri\" again, expected each id once; line 2 has it"
      ),
    ])
  func wrong(rows: String, message: String) {
    expectFailure(message) { () throws(DataError) in _ = try readCommitments(file(head + rows, name: "c.csv")) }
  }
}

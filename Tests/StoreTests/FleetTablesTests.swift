import Model
import Store
import Testing

@Suite struct FleetTablesTests {
  let folder: TemporaryFolder
  let store: FleetStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  @Test("Runs come back as they were; the same again changes nothing; a stop is taken over")
  func inventory() throws {
    let running = run("i-1")
    var stopped = running
    stopped.stopped = october.advanced(by: 3600)
    var other = run("i-0", .spot)
    other.engine = "windows"
    #expect(try store.importInventory([running, other], from: source(.inventory)) == ImportSummary(added: 2))
    #expect(try store.importInventory([running], from: source(.inventory)) == ImportSummary(alreadyThere: 1))
    #expect(try store.importInventory([stopped], from: source(.inventory)) == ImportSummary(updated: 1))
    #expect(try store.inventory() == [other, stopped])
  }

  @Test("A run that overlaps a stored one is refused, and nothing of the import stays")
  func overlap() throws {
    _ = try store.importInventory([run("i-1")], from: source(.inventory))
    let error = failure { () throws(DataError) in
      _ = try store.importInventory(
        [run("i-2"), run("i-1", from: october.advanced(by: 60))], from: source(.inventory, "later.csv"))
    }
    #expect(
      error?.description == """
        later.csv: found frontend/i-1 started at 2026-10-01T00:01:00Z, expected a start after its run from \
        2026-10-01T00:00:00Z, which is still running
        """)
    #expect(try store.inventory() == [run("i-1")])
  }

  @Test("Commitments come back as they were, one for each id")
  func commitments() throws {
    let one = Commitment(
      id: "ri-1", service: "frontend", type: "t3.medium", count: 3,
      term: OfferTerm(offerClass: .standard, years: 1, payment: .noUpfront), started: october)
    var more = one
    more.count = 4
    #expect(try store.importCommitments([one], from: source(.commitments)) == ImportSummary(added: 1))
    #expect(try store.importCommitments([one], from: source(.commitments)) == ImportSummary(alreadyThere: 1))
    #expect(try store.importCommitments([more], from: source(.commitments)) == ImportSummary(updated: 1))
    #expect(try store.commitments() == [more])
  }

  private func run(_ resource: String, _ lifecycle: Lifecycle = .onDemand, from start: Instant = october) -> InstanceRun
  {
    InstanceRun(
      service: "frontend", resource: resource, type: "t3.medium", zone: "us-east-1a", lifecycle: lifecycle,
      started: start, stopped: nil)
  }
}

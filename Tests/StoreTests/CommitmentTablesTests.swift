import Model
import Store
import Testing

@Suite struct CommitmentTablesTests {
  let store: FleetStore
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  private let one = Commitment(
    id: "ri-1", service: "frontend", type: "t3.medium", count: 3,
    term: OfferTerm(offerClass: .standard, years: 1, payment: .noUpfront), started: october)
  private let plan = HeldSavingsPlan(
    id: "sp-1", term: SavingsPlanTerm("compute-savings-plan-1yr-no-upfront")!, hourly: Money("0.40")!, started: october)

  @Test("A reservation comes back with its zone, its engine, what is paid, when it was bought and when it ended")
  func reservations() throws {
    var full = one
    full.id = "ri-2"
    full.zone = "us-east-1a"
    full.region = "us-east-1"
    full.engine = "linux"
    full.paid = PaidPrice(upfront: Money("109")!, hourly: Money("0.0124")!, file: "held.json")
    full.ended = october.advanced(by: 3600)
    full.bought = october.advanced(by: -3600)
    full.account = "123456789012"
    #expect(try store.importCommitments([one, full], from: source(.commitments)) == ImportSummary(added: 2))
    #expect(try store.commitments() == [one, full])
    full.paid?.file = "copy.json"
    #expect(try store.importCommitments([full], from: source(.commitments)) == ImportSummary(alreadyThere: 1))
    // A file that does not say whose it is says nothing against it.
    var silent = full
    silent.account = nil
    #expect(try store.importCommitments([silent], from: source(.commitments)) == ImportSummary(alreadyThere: 1))
    full.paid?.hourly = Money("0.0125")!
    #expect(try store.importCommitments([full], from: source(.commitments)) == ImportSummary(updated: 1))
    #expect(try store.commitments() == [one, full])
  }

  @Test("Savings plans come back as they were, one for each id, and are counted")
  func savingsPlans() throws {
    var bound = plan
    bound.id = "sp-0"
    bound.term = SavingsPlanTerm("ec2-instance-savings-plan-3yr-all-upfront")!
    bound.family = "m5"
    bound.region = "us-east-1"
    bound.upfront = Money("1000")!
    bound.account = "123456789012"
    #expect(try store.importCommitments([], [plan, bound], from: source(.commitments)) == ImportSummary(added: 2))
    #expect(
      try store.importCommitments([one], [plan], from: source(.commitments)) == ImportSummary(added: 1, alreadyThere: 1)
    )
    var silent = bound
    silent.account = nil
    #expect(try store.importCommitments([], [silent], from: source(.commitments)) == ImportSummary(alreadyThere: 1))
    bound.ended = october.advanced(by: 60)
    #expect(try store.importCommitments([], [bound], from: source(.commitments)) == ImportSummary(updated: 1))
    #expect(try store.savingsPlans() == [bound, plan])
    let status = try store.status()
    #expect(status.commitments == 1 && status.savingsPlans == 2)
  }
}

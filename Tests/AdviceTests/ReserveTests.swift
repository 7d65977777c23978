import Model
import TestSupport
import Testing

@testable import Advice

/// A reservation for the account: what it does to a plan, and what is signed.
@Suite struct ReserveTests {
  @Test("It belongs to no service, is of its own kind, and covers whatever it can")
  func apply() throws {
    var study = AccountStudy()
    study.add(1, "m5.large", of: "app")
    var plan = study.plan
    let context = try study.context()
    _ = try Reserve(2, oneYear, of: kind("m5.large")).apply(to: &plan, context)
    let held = try #require(plan.commitments.first)
    #expect(held.commitment.service == Commitment.unassigned && held.isPlanned && held.commitment.count == 2)
    #expect(held.kind == kind("m5.large"))
    // 744 × 0.096 before; 744 × 2 × 0.0576 after, whoever runs.
    #expect(try context.engine.bill(study.plan, over: october).total == usd("71.424"))
    #expect(try context.engine.bill(plan, over: october).total == usd("85.7088"))
  }

  @Test("Without a place it is of the fleet's region and of what mostly runs on the type")
  func usual() throws {
    var study = AccountStudy()
    study.add(1, "cache.m5.large", of: "cache", engine: "redis")
    var plan = study.plan
    let reserve = try #require(Reserve(optionText: "1@standard-1yr-no-upfront:cache.m5.large"))
    _ = try reserve.apply(to: &plan, study.context())
    #expect(plan.commitments.first?.kind == kind("cache.m5.large", engine: "redis"))
  }

  @Test("What is signed is for all of them, until the last day of the term")
  func terms() throws {
    var study = AccountStudy()
    study.add(1, "m5.large", of: "app")
    let terms = try Reserve(2, oneYear, of: kind("m5.large")).terms(on: study.plan, study.context())
    #expect(terms.effort == .purchase && terms.signed?.hourly == usd("0.1152") && terms.signed?.upfront == .zero)
    #expect(terms.signed?.lastDay == CivilDate("2027-10-31") && terms.signed?.family == "m5")
  }
}

import Analysis
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

@Suite struct UnknownServiceTests {
  @Test("A reservation for a service that the fleet file lacks covers what it can, and the bill names the service")
  func commitment() throws {
    var month = TinyMonth()
    month.commitments = [
      Commitment(id: "ri", service: "webb", type: "m5.large", count: 3, term: oneYear, started: instant("2026-01-01"))
    ]
    let bill = try bill(of: month)
    // Two run and three are held at 0.0576: 3 × 744 × 0.0576.
    #expect(bill.total == usd("128.5632"))
    #expect(bill.items.filter { $0.option == .reservedUnused }.map(\.service) == ["webb"])
    #expect(bill.items.filter { $0.option == .reserved }.map(\.service) == ["app"])
    // The review is answered too.
    #expect(throws: Never.self) { try month.review() }
  }

  @Test("A reservation that was modified costs what it did on the day it was bought")
  func purchaseDate() throws {
    var month = TinyMonth(count: 1)
    month.prices.reserved.append(
      ReservedPrice(
        kind: kind("m5.large"), term: oneYear, upfront: .zero, hourly: usd("0.05"),
        provenance: provenance("2026-06-01")))
    var held = Commitment(
      id: "ri", service: "app", type: "m5.large", count: 1, term: oneYear, started: instant("2026-08-01"))
    month.commitments = [held]
    // 744 × 0.05 of June; 744 × 0.0576 of January.
    #expect(try bill(of: month).total == usd("37.2"))
    held.bought = instant("2026-03-01")
    month.commitments = [held]
    #expect(try bill(of: month).total == usd("42.8544"))
    // Before the book begins, what it says at its start.
    held.bought = instant("2025-12-01")
    month.commitments = [held]
    #expect(try bill(of: month).total == usd("37.2"))
  }

  private func bill(of month: TinyMonth) throws -> Bill {
    let study = try month.study()
    return try study.outcome(of: study.asRun()).bill
  }
}

import Foundation
import Testing

@Suite struct IndependentOctoberTests {
  @Test("October of the shipped dataset is, line by line and to the cent, what its files add up to by hand")
  func october() throws {
    // That the review makes this file of the dataset, GoldenReportTests checks.
    let path = packageFolder.appendingPathComponent("reports/sketchy-chain-2026-10/bill.csv").path
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var billed: [String: Decimal] = [:]
    for row in rows { billed["\(row[1]) \(row[2]) \(row[3]) \(row[4])", default: 0] += Decimal(string: row[8])! }
    let byHand = try IndependentOctober().lines.filter { $0.value != 0 }
    #expect(byHand.count == rows.count)
    #expect(byHand == billed)
    var (exact, cents) = (byHand.values.reduce(0, +), Decimal())
    NSDecimalRound(&cents, &exact, 2, .bankers)
    #expect(rows.reduce(0) { $0 + Decimal(string: $1[7])! } == cents)
    // Nothing was paid upfront: cash is cost.
    #expect(rows.allSatisfy { $0[9] == $0[7] })
  }
}

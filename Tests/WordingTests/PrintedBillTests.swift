import Model
import TestSupport
import Testing

@testable import Analysis
@testable import Wording

@Suite struct PrintedBillTests {
  @Test("Printed parts of a bill add up to its printed total, whatever table shows them", arguments: 0..<50)
  func addsUp(seed: Int) {
    var random = SplitMix64(seed: seed)
    let options: [PurchaseOption] = [.onDemand, .reserved, .metered]
    let items = (0..<random.number(1...20)).map { index in
      LineItem(
        service: "s\(index % 4)", option: options[random.number(0...2)], item: "i\(index)",
        quantity: decimal("1.0000"), unit: "hour", dollars: Money(nanoDollars: Int64(random.number(0...9_999_999_999))),
        driver: .shared, price: PriceNote(.onDemand(type: "a"), .zero))
    }
    let printed = PrintedBill(Bill(period: october, items: items, incomplete: []))
    #expect(printed.total == Cents(printed.bill.total))
    let table = billTable(printed)
    for column in table.columns.indices.dropFirst() {
      let cells = table.rows.map { $0[column] }
      #expect(cells.reduce(.zero) { $0 + cents($1) } == cents(table.total![column]))
      #expect(cells.reduce(.zero) { $0 + amount($1) } == amount(table.total![column]))
    }
    for row in table.rows + [table.total!] {
      #expect(row.dropFirst().dropLast().reduce(.zero) { $0 + cents($1) } == cents(row.last!))
    }
  }

  private func cents(_ cell: ReportCell) -> Cents { if case .money(_, let cents) = cell { cents } else { .zero } }
  private func amount(_ cell: ReportCell) -> Money { if case .money(let amount, _) = cell { amount } else { .zero } }
}

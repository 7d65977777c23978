import Analysis
import Model

/// What the bill costs beside what is paid within the month, where commitments are held; the three figures add up.
func cashBlocks(_ printed: PrintedBill) -> [ReportBlock] {
  guard printed.bill.items.contains(where: { $0.commitment != nil }) else { return [] }
  let (code, suffix) = (printed.bill.currency.code, printed.bill.currency.suffix)
  return [
    .table(
      ReportTable(
        "cash",
        columns: [
          ">Effective cost, \(code)|effective_\(suffix)", ">Upfront difference|upfront_difference_\(suffix)",
          ">Cash when paid|cash_\(suffix)",
        ],
        rows: [
          [printed.total.grouped, (printed.cashTotal - printed.total).signed, printed.cashTotal.grouped]
        ]))
  ]
}

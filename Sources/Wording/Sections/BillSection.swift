import Analysis
import Analytics
import Model

/// The bill by service and purchase option.
struct BillSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? { LongTable("bill", .largest("total_\(currency.suffix)")) }

  func section(_ printed: PrintedReview) -> ReportSection? {
    ReportSection(
      "bill", title: "The bill",
      blocks: [
        .paragraph(
          "Effective cost: upfront payments spread over their term. Every line item with its price row is in `bill.csv`."
        ),
        .table(billTable(printed.bill)),
      ])
  }
}

func billTable(_ printed: PrintedBill) -> ReportTable {
  let options = PurchaseOption.allCases.filter { option in
    option != .upfront && printed.bill.items.contains { $0.option == option }
  }
  let currency = printed.currency
  return ReportTable(
    "bill",
    columns: [.text("service", "Service")] + options.map { currency.column($0.rawValue, $0.title) }
      + [currency.column("total", "Total, \(currency.code)")],
    rows: printed.bill.services.map { service in
      [.text(service)] + options.map { printed.cell(of: service, $0) } + [printed.cell(of: service)]
    },
    total: [.text("Total")] + options.map { printed.cell(of: $0) } + [printed.totalCell])
}

extension PurchaseOption {
  fileprivate var title: String {
    switch self {
    case .onDemand: "On-demand"
    case .reserved: "Reserved"
    case .reservedUnused: "Reserved, unused"
    case .savingsPlan: "Savings plan"
    case .savingsPlanUnused: "Savings plan, unused"
    case .upfront: "Upfront"
    case .spot: "Spot"
    case .surplusCredits: "Surplus credits"
    case .spotRework: "Spot rework"
    case .metered: "Metered"
    case .negotiatedDiscount: "Negotiated discount"
    }
  }
}

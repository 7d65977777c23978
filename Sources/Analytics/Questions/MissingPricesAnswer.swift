import Analysis
import Model
import Pricing

/// The prices that the bill of a month needs and the book lacks.
public struct MissingPricesAnswer: Sendable {
  /// The month and its clock.
  public let scope: MonthScope
  package let missing: [MissingPrice]

  /// Our own price files with the rows that would fill them, one file of each kind: the price, the day it was taken and where
  /// it was seen are left open. Empty where nothing is missing.
  public var files: [String] { priceFiles(filling: missing) }
}

extension Workspace {
  /// Every price that the bill of a month needs and the book lacks, savings plan rates among them that would make it lower.
  /// - Throws: `DataError` when the month cannot be billed for another reason.
  public func missingPrices(month: String?) throws -> MissingPricesAnswer {
    let study = try allowingUnpriced.study(month: month)
    let bill = try study.outcome(Scenario()).bill
    let rates = bill.incomplete.compactMap { gap -> MissingPrice? in
      guard case .unrated(_, let term, let kind, let since) = gap else { return nil }
      return MissingPrice(
        .savingsPlan(kind, term), since: since,
        DataError(
          Place(file: "price book"), found: "no \(term) rate of \(kind)", expected: "an imported price",
          kind: .missingInput))
    }
    return MissingPricesAnswer(scope: MonthScope(study), missing: MissingPrice.sorted(bill.missingPrices + rates))
  }
}

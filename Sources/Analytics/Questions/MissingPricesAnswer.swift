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
  /// What a question answers; where prices are missing in regions that its changes move to, the error says how to ask for
  /// their rows.
  func remedying<Answer>(_ regions: Set<String>, _ answer: () throws -> Answer) throws -> Answer {
    do { return try answer() } catch var error as DataError {
      guard !regions.isEmpty else { throw error }
      let remedy = MissingPrice.remedy(in: regions)
      if error.remedy != nil { error.remedy = remedy }
      for index in error.further.indices where error.further[index].remedy != nil {
        error.further[index].remedy = remedy
      }
      throw error
    }
  }

  /// Every price that the bill of a month needs and the book lacks, savings plan rates among them that would make it lower.
  /// - Throws: `DataError` when the month cannot be billed for another reason.
  /// - Parameter region: where all of it would run; nil for where it ran.
  public func missingPrices(month: String?, region: String? = nil) throws -> MissingPricesAnswer {
    if let region, RegionMove(optionText: region)?.fault != nil {
      throw DataError(Place(parameter: .region), found: "\"\(region)\"", expected: "a region", kind: .usage)
    }
    let study = try allowingUnpriced.study(month: month, alsoIn: region.map { [$0] } ?? [])
    var plan = try study.asRun()
    if let region { plan.move(to: region, in: study.context.cloud) }
    let bill = try study.outcome(of: plan).bill
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

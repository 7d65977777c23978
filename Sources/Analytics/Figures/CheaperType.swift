import Analysis
import Model

/// A type beyond what a service may be moved to that would carry it for less, the best of them.
package struct CheaperType: Hashable, Sendable {
  package var service: String
  package var alternative: SizeAlternative
  /// A month of ``hoursAMonth`` on demand, in the bill's currency and less its discounts.
  package var saving: Money
}

extension Study {
  /// The best alternative of each verdict that has one, the largest saving first.
  func cheaperTypes(_ verdicts: [Verdict], in currency: BillCurrency) throws(DataError) -> [CheaperType] {
    var types: [CheaperType] = []
    for verdict in verdicts {
      guard let service = verdict.services.first,
        let best = verdict.alternatives.max(by: { $0.saving < $1.saving })
      else { continue }
      let kind = context.fleet.kind(best.type, of: service, in: nil)
      let saving = try context.engine.billed(best.saving, context.cloud.priceService(of: kind), in: currency)
      types.append(CheaperType(service: service, alternative: best, saving: saving))
    }
    return types.sorted { ($1.saving, $0.service) < ($0.saving, $1.service) }
  }
}

import Advice
import Analysis
import Model

/// An instance that is billed and does not report: the first thing to look at.
package struct SilentCost: Sendable {
  package struct Cost: Sendable {
    package let amount: Money
    package let quality: PriceQuality
  }
  package let instance: SilentInstance
  /// What its silent time costs on demand, as the bill has it; why not known is a price that is missing.
  package let cost: Result<Cost, DataError>
}

extension Study {
  /// Instances whose samples end before they do, with what their silence costs.
  func silentCosts(in currency: BillCurrency) -> [SilentCost] {
    let silent = silentInstances(inputs.inventory, series: inputs.series, on: context.grid) { service, slot in
      context.loads[service]?.meanVcpu[slot] != nil
    }
    return silent.map { instance in
      SilentCost(
        instance: instance, cost: Result { () throws(DataError) in try cost(of: instance, in: currency) })
    }
  }

  private func cost(of silent: SilentInstance, in currency: BillCurrency) throws(DataError) -> SilentCost.Cost {
    let price = try inputs.catalogue.onDemand(context.engine.kind(silent.run), at: period.start)
    let service = priceService(ofType: price.kind.type, engine: price.kind.engine)
    let dollars = price.hourly.perHour(seconds: silent.silentSeconds)
    return SilentCost.Cost(
      amount: try context.engine.billed(dollars, service, in: currency), quality: price.provenance.quality)
  }
}

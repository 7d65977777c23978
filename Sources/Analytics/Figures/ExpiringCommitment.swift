import Advice
import Analysis
import Model

/// A reservation that ends soon, and what its hours would cost without it.
package struct ExpiringCommitment: Sendable {
  /// Days ahead of the advice within which an end is named.
  package static let noticeDays: Int64 = 60

  package let id: String
  package let count: Int
  package let type: String
  package let ends: Instant
  /// What the hours that it covered in the month cost more on demand; why not known is a price that is missing.
  package let onDemandExcess: Result<Money, DataError>
}

extension Study {
  /// The reservations of a plan that end soon behind the date of the advice, in the plan's order.
  func expiringCommitments(_ outcome: Outcome) -> [ExpiringCommitment] {
    let soon = context.asOf.advanced(by: ExpiringCommitment.noticeDays * 86_400)
    let lines = outcome.bill.itemsByCommitment
    return outcome.plan.commitments.filter {
      let end = $0.commitment.period.end
      return end > context.asOf && end <= soon
    }.map { held in
      ExpiringCommitment(
        id: held.commitment.id, count: held.commitment.count, type: held.commitment.type,
        ends: held.commitment.period.end,
        onDemandExcess: Result { () throws(DataError) in
          if let missing = held.missing { throw missing.error }
          return try onDemandExcess(of: held, on: lines[held.commitment.id] ?? [], in: outcome.bill.currency)
        })
    }
  }

  /// On-demand cost of the hours that a reservation covered, less what they cost on it.
  private func onDemandExcess(of held: PricedCommitment, on items: [LineItem], in currency: BillCurrency)
    throws(DataError) -> Money
  {
    let lines = items.filter { $0.option == .reserved }
    var more = Money.zero
    for line in lines {
      let kind = InstanceKind(region: held.price.kind.region, type: line.item, engine: held.price.kind.engine)
      let price = try inputs.catalogue.onDemand(kind, at: context.asOf)
      more += price.hourly.charge(for: Int128(line.quantity.mantissa), per: widePowerOfTen(line.quantity.scale))
      more -= line.dollars
    }
    // Both are of one service of the provider, so one discount is off both.
    return try context.engine.billed(more, lines.first?.priceService, in: currency)
  }
}

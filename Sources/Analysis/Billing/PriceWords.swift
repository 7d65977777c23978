import Model

/// Price rows in words, with what their age and origin are judged by.
extension BillingEngine {
  /// `t3.medium 0.0416/h on-demand (from 2026-07-20, ec2-on-demand.csv)`.
  package func note(_ price: OnDemandPrice) -> PriceNote {
    PriceNote("\(price.kind.type) \(rate(price.hourly))/h on-demand (\(words(price.provenance)))", price.provenance)
  }

  /// `t3.medium 10.00 upfront + 0.02/h standard-1yr-partial-upfront (from 2026-07-20, ec2-reserved.csv)`.
  package func note(_ price: ReservedPrice) -> PriceNote {
    let upfront = price.upfront == .zero ? "" : "\(rate(price.upfront)) upfront + "
    return PriceNote(
      "\(price.kind.type) \(upfront)\(rate(price.hourly))/h \(price.term) (\(words(price.provenance)))",
      price.provenance)
  }

  /// The price a commitment was bought at; what an owner pays by the provider's word is no list price that could be out
  /// of date.
  func note(_ held: PricedCommitment) -> PriceNote {
    var note = note(held.price)
    if held.commitment.paid != nil { note.confirmed = nil }
    return note
  }

  /// `t3.medium 0.03/h compute-savings-plan-1yr-no-upfront (from 2026-07-20, savings-plans.csv)`; a derived rate names
  /// the reservation whose effective rate it is.
  package func note(_ price: SavingsPlanRate) -> PriceNote {
    let twin = price.derivedFrom.map { ", as \($0)" } ?? ""
    return PriceNote(
      "\(price.kind.type) \(rate(price.hourly))/h \(price.term)\(twin) (\(words(price.provenance)))", price.provenance)
  }

  /// A commitment; what an owner pays by the provider's word is no list price that could be out of date.
  func note(_ plan: HeldSavingsPlan) -> PriceNote {
    PriceNote(
      "\(rate(plan.hourly))/h committed, \(plan.term) (from \(plan.started.date))", confirmed: nil, quality: .published)
  }

  /// A spot rate: always derived, from the estimate in the words and from the on-demand price.
  package func note(_ spot: SpotEstimate, onDemand: OnDemandPrice) -> PriceNote {
    let hourly = onDemand.hourly.charge(for: Int128(100 - spot.savingsPercent), per: 100)
    return PriceNote(
      "\(spot.kind.type) \(rate(hourly))/h spot, derived: on-demand less \(spot.savingsPercent) % "
        + "(\(words(spot.provenance)))",
      confirmed: spot.provenance.confirmed, quality: .derived, basis: [note(onDemand)])
  }

  /// A spot rate from history: derived, as a mean is nobody's price.
  package func note(_ mean: SpotMean, of type: String, over words: String) -> PriceNote {
    PriceNote(
      "\(type) \(rate(mean.hourly))/h spot, derived: mean of \(words) (\(self.words(mean.newest)))",
      confirmed: mean.newest.confirmed, quality: .derived)
  }

  /// The price of surplus CPU credits of a type.
  func note(surplus price: Money, of specification: InstanceSpecification) -> PriceNote {
    let provenance = specification.provenance
    return PriceNote(
      "\(specification.type) surplus credits \(rate(price))/vCPU-hour (\(words(provenance)))", provenance)
  }

  /// `elb/alb-hour 0.0225/hour (from 2025-01-01, services.csv)`; a price of the fleet file has no date and no age.
  func note(_ price: UnitPrice) -> PriceNote {
    let per = price.perUnits == 1 ? price.unit : "\(grouped(Int(price.perUnits))) \(price.unit)s"
    if price.item == "fixed" {
      return PriceNote("\(rate(price.price))/\(per) (fleet file)", confirmed: nil, quality: .published)
    }
    return PriceNote("\(price.item) \(rate(price.price))/\(per) (\(words(price.provenance)))", price.provenance)
  }

  private func words(_ provenance: Provenance) -> String {
    let quality = provenance.quality == .derived ? ", derived" : ""
    // The file's name alone: where it lay when it was imported is no part of the price.
    let file = provenance.source.file.split(separator: "/").last ?? ""
    return "from \(provenance.effectiveFrom.date), \(file)\(quality)"
  }
}

import Analysis
import Model

/// Refusals of one step for one kind of reason: for want of a price of the same offers, whatever the types.
package struct RefusalGroup: Sendable {
  package let step: AdviceStep
  /// One for each service, the dearest first.
  package let verdicts: [Verdict]
  /// What these services cost in the month, in the bill's currency.
  package let cost: Money

  /// True where all have one reason, to the figure.
  package var haveOneReason: Bool { verdicts.allSatisfy { $0.reason == verdicts[0].reason } }
}

extension Review {
  /// The verdicts that were refused, in the order of steps.
  package var refused: [Verdict] { verdicts.filter { $0.outcome == .refused } }

  /// The same by step and kind of reason, those first whose services cost most.
  package var refusals: [RefusalGroup] {
    let costs = current.bill.itemsByService.mapValues(\.cost)
    func cost(_ verdict: Verdict) -> Money { verdict.services.reduce(.zero) { $0 + (costs[$1] ?? .zero) } }
    return Dictionary(grouping: refused) { RefusalKey(step: $0.step, kind: $0.reason.kind) }.map { key, verdicts in
      RefusalGroup(
        step: key.step, verdicts: verdicts.sorted { (cost($1), $0.subject.name) < (cost($0), $1.subject.name) },
        cost: verdicts.reduce(.zero) { $0 + cost($1) })
    }.sorted { ($1.cost, $0.verdicts[0].id) < ($0.cost, $1.verdicts[0].id) }
  }
}

private struct RefusalKey: Hashable {
  var step: AdviceStep
  var kind: ReasonKind
}

/// A reason without what is its service's own: types, amounts and moments.
private indirect enum ReasonKind: Hashable {
  /// What was not seen, and the rule that it misses.
  case unmeasured(CoverageShortfall.Subject)
  case tooFewHours(CoverageShortfall.Subject)
  case tooCoarse(CoverageShortfall.Subject)
  case tooSmallShare(CoverageShortfall.Subject)
  /// Something better has less of what was not seen.
  case doubt(ReasonKind)
  /// What cannot be compared, by its terms, and whether for want of a price.
  case offers([OfferKind])
  case decommissioned
  case severalPlaces, severalEngines
  case unpriced
  /// Nothing of it is a service's own, or it refuses nothing today.
  case other(VerdictReason)
}

private struct OfferKind: Hashable {
  var term: CommitmentTerm
  var isUnpriced: Bool

  init(_ offer: OfferLeftOut) {
    switch offer {
    case .unpriced(let term, _, _, _): (self.term, isUnpriced) = (term, true)
    case .notFor(_, let plan): (term, isUnpriced) = (.savingsPlan(plan), false)
    }
  }
}

extension VerdictReason {
  fileprivate var kind: ReasonKind {
    switch self {
    case .shortfall(let shortfall), .schedule(.shortfall(let shortfall)): shortfall.kind
    case .size(.doubt(let doubt)): .doubt(doubt.unknown.kind)
    case .purchase(.offersMissing(let offers)): .offers(offers.map(OfferKind.init))
    case .purchase(.decommissioned): .decommissioned
    case .severalPlaces: .severalPlaces
    case .severalEngines: .severalEngines
    case .unpriced, .lacking: .unpriced
    case .nothingRan, .waste, .size, .schedule, .tuning, .purchase, .notWorth: .other(self)
    }
  }
}

extension CoverageShortfall {
  fileprivate var kind: ReasonKind {
    switch lack {
    case .unmeasured: .unmeasured(subject)
    case .hours: .tooFewHours(subject)
    case .tooCoarse: .tooCoarse(subject)
    case .share: .tooSmallShare(subject)
    }
  }
}

import Analysis
import Model

/// What runs, what may be run instead, and what the price book has beyond that.
struct SizeChoice<Candidate: SizeCandidate>: Sendable {
  let own: Candidate
  /// The best first.
  let candidates: [Candidate]
  /// Those that would be better than what is taken and are not permitted, one for each effort of moving.
  private(set) var outside: [Candidate] = []
  /// Those that are better than what runs, with what speaks against each: it has less of what is not measured. The best
  /// first.
  let better: [(candidate: Candidate, doubt: SizeDoubt?)]
  private let need: SizeNeed
  /// What else was seen, before the candidates.
  private let notes: [SizeFigure]

  init(own: Candidate, _ candidates: [Candidate], need: SizeNeed, notes: [SizeFigure] = []) {
    self.own = own
    self.need = need
    self.notes = notes
    self.candidates = candidates.sorted { $0.isBetter(than: $1) }
    better = self.candidates.filter { $0.name != own.name && $0.fits && ($0.rank < own.rank || !own.fits) }
      .map { ($0, $0.doubt(beside: own, need)) }
  }

  /// The same with other types of the price book.
  func beside(_ others: [Candidate], isPermitted: Bool) -> SizeChoice {
    if isPermitted { return SizeChoice(own: own, candidates + others, need: need, notes: notes) }
    var copy = self
    copy.outside = others
    return copy
  }

  /// The best of which nothing is in doubt; what runs when there is none better.
  var taken: Candidate { better.first { $0.doubt == nil }?.candidate ?? own }

  /// Of many, those that a reader asks about: the own one, the first that fits, three that come before it, and the next.
  var shown: [Candidate] {
    guard candidates.count > 8, let best = candidates.firstIndex(where: \.fits) else { return candidates }
    let near = max(0, best - 3)...min(candidates.count - 1, best + 1)
    return candidates.indices.filter { near.contains($0) || candidates[$0].name == own.name }.map { candidates[$0] }
  }

  /// Their types, each once.
  var offersShown: [TypeOffer] {
    shown.map(\.offer).reduce(into: []) { offers, offer in
      if !offers.contains(where: { $0.type == offer.type }) { offers.append(offer) }
    }
  }

  /// Why the own one is kept: what is wrong with the next smaller one, or with the next best.
  var reasonToKeep: SizeReason {
    let smaller = candidates.filter { $0.rung < own.rung }.max { $0.rung < $1.rung }
    guard let other = smaller ?? candidates.first(where: { $0.name != own.name }) else {
      return .nothingElseListed
    }
    return other.fits ? other.reasonAgainst(beside: own) : .tooSmall(other.name, other.shortfalls)
  }

  /// What the book has beyond what may be proposed, where it is cheaper than what is taken.
  var alternatives: [SizeAlternative] {
    let beside = taken
    return outside.filter { $0.cost < beside.cost }.map { candidate in
      SizeAlternative(
        type: candidate.type, counts: candidate.counts, effort: candidate.offer.effort,
        architecture: candidate.offer.specification.architecture, insteadOf: beside.type, monthly: beside.monthly,
        alternativeMonthly: candidate.monthly)
    }
  }

  var figures: [EvidenceFigure] {
    let offers = candidates.map(\.offer)
    var figures = notes + shown.map { .candidate($0.figure(among: offers, isPermitted: true)) }
    if shown.count < candidates.count { figures.append(.lookedAt(candidates.count)) }
    figures += outside.map { .candidate($0.figure(among: offers, isPermitted: false)) }
    return figures.map { .size($0) }
  }
}

import Model

/// What tests ask of a verdict on a size.
extension Verdict {
  var sizeReason: SizeReason? { if case .size(let reason) = reason { reason } else { nil } }
  var move: SizeMove? { if case .move(let move)? = sizeReason { move } else { nil } }

  /// Whether it recommends to move from one type to another, and a change that does so.
  func moves(_ from: CountedType, to: CountedType, _ effort: MigrationEffort = .none) -> Bool {
    guard let move, outcome == .recommended, conclusion == .change else { return false }
    let types = changes.compactMap { ($0.change as? Resize)?.type }
    return move.from == from && move.to == to && move.migration.effort == effort && types == [to.type]
  }

  func moves(_ from: String, to: String, _ effort: MigrationEffort = .none) -> Bool {
    moves(CountedType(from), to: CountedType(to), effort)
  }

  var sizeFigures: [SizeFigure] {
    evidence.figures.compactMap { if case .size(let figure) = $0 { figure } else { nil } }
  }
  var candidates: [CandidateFigure] {
    sizeFigures.compactMap { if case .candidate(let candidate) = $0 { candidate } else { nil } }
  }

  func candidate(_ size: CountedType) -> CandidateFigure? { candidates.first { $0.size == size } }
  func candidate(_ type: String) -> CandidateFigure? { candidate(CountedType(type)) }

  func need(_ dimension: SizeDimension) -> DimensionNeed? {
    sizeFigures.compactMap { if case .need(let need) = $0 { need } else { nil } }
      .first { $0.dimension == dimension }
  }

  /// Why the size that it keeps is kept: what the other one is, and what it is too small in, to two decimals.
  var tooSmall: [SizeShortfall]? {
    guard case .tooSmall(_, let shortfalls)? = sizeReason else { return nil }
    return shortfalls.map(\.roundedToHundredths)
  }
}

extension CandidateFigure {
  var roundedShortfalls: [SizeShortfall] { shortfalls.map(\.roundedToHundredths) }
  var nodes: NodeTrial? { if case .nodes(let trial)? = trial { trial } else { nil } }
  var replay: ReplayTrial? { if case .replay(let trial)? = trial { trial } else { nil } }
}

extension SizeShortfall {
  /// With numbers as a test writes them.
  var roundedToHundredths: SizeShortfall {
    func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    return switch self {
    case .capacity(let dimension, let offered, let needed):
      .capacity(dimension, offered: hundredths(offered), needed: hundredths(needed))
    case .creditBaseline(let mean, let baseline, let surplus):
      .creditBaseline(meanVcpu: hundredths(mean), baselineVcpu: hundredths(baseline), surplus: surplus)
    case .idleMemory(let offered, let percent, let idle):
      .idleMemory(offeredGiB: hundredths(offered), reservedPercent: percent, idleGiB: hundredths(idle))
    case .idleInDoubt(let idle): .idleInDoubt(idleGiB: hundredths(idle))
    case .throttled, .memoryShort, .count, .saturated, .growth: self
    }
  }
}

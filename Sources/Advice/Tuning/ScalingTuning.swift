// The cheapest scaling that keeps within a budget of critical time.
//
// It is looked for by replay on the first part of a load (`ScalingSpace` says among what, `TuningSearch` how) in instances and
// time, as what a bill comes to is not known before the bill is made. What nothing else beats is billed; the cheapest of it by
// the bill is played once on the part that nothing was learned on, and is recommended only where it holds there: within the
// budget, and no dearer than what is there today. It is not chosen among several by that part, which would learn on it.

import Analysis
import Model
import Solvers

/// What tuning a service's scaling came to.
package struct ScalingTuning: Sendable {
  /// What is asked of it.
  package struct Question: Sendable {
    /// For how many seconds a month anything may be critical; nil for as long as today.
    package var criticalSecondsAMonth: Int64?
    /// How many seconds that month has.
    package var monthSeconds: Int64
    /// True where the file's own rules and policies alone are tuned.
    package var ownAlone = false
    /// Ticks that may be replayed in all.
    package var mostTicks = ScalingTuning.usualMostTicks

    package init(criticalSecondsAMonth: Int64? = nil, monthSeconds: Int64, ownAlone: Bool = false) {
      self.criticalSecondsAMonth = criticalSecondsAMonth
      self.monthSeconds = monthSeconds
      self.ownAlone = ownAlone
    }
  }

  /// A scaling that was looked at.
  package struct Option: Sendable {
    package enum Kind: Hashable, Sendable {
      /// What ran.
      case asRun
      /// What the fleet file has.
      case present
      /// What others hold CPU at where nobody says otherwise, in percent.
      case usual(percent: Int)
      /// What was found.
      case found(ScalingForm)
    }
    package let kind: Kind
    /// The service as it would stand in the fleet file; nil for what ran.
    package let service: Service?
    package let learned, judged: TuningPart.Result
  }

  /// What it comes to.
  package enum Outcome: Hashable, Sendable {
    case holds
    /// Nothing that was tried is cheaper than what is there.
    case nothingCheaper
    /// Nothing that was tried keeps within the budget on what was learned on.
    case noneWithin
    /// What was found, played on what it was not learned on, was critical for too long, left too much undone, or cost more than
    /// what is there.
    case critical, unserved, dearer
  }

  /// The service as the fleet file has it.
  package let fileService: Service
  package let learned, judged: Period
  package let learnedBudget, judgedBudget: TuningBudget
  /// What is there today.
  package let present: [Option]
  /// What others have for a default.
  package let usual: [Option]
  /// What nothing that was tried beats on what was learned on, the cheapest first, without what is there today.
  package let frontier: [Option]
  /// What was found, whatever came of it; nil where nothing keeps within the budget.
  package let found: Option?
  package let outcome: Outcome
  /// How many scalings were tried, and of which forms.
  package let trials: Int
  package let forms: [ScalingForm]

  /// A few seconds of replaying.
  package static let usualMostTicks = 60_000_000
  /// So many of what nothing beats are billed and played at most.
  private static let mostFinalists = 12
  /// What AWS's console and VASIM hold CPU at where nobody says otherwise.
  private static let usualPercents = [50, 70]

  /// - Throws: ``DataError`` for figures beyond what may be replayed, and what the parts' costs throw.
  package init(learning learned: TuningPart, judging judged: TuningPart, _ question: Question) throws(DataError) {
    let service = learned.simulation.service
    fileService = service
    @Sendable func option(_ kind: Option.Kind, _ service: Service) throws(DataError) -> Option {
      Option(
        kind: kind, service: service, learned: try learned.result(of: service), judged: try judged.result(of: service))
    }
    var present: [Option] = []
    if let before = try learned.resultAsRun(), let after = try judged.resultAsRun() {
      present.append(Option(kind: .asRun, service: nil, learned: before, judged: after))
    }
    if learned.simulation.hasScaling || present.isEmpty { present.append(try option(.present, service)) }
    func budget(_ part: TuningPart, _ results: [TuningPart.Result]) -> TuningBudget {
      let asked = question.criticalSecondsAMonth.map { asked -> Int64 in
        wholeNumber(
          (Double(asked) * Double(part.period.seconds) / Double(max(1, question.monthSeconds))).rounded(.down))
      }
      return TuningBudget(results, asked: asked)
    }
    learnedBudget = budget(learned, present.map(\.learned))
    judgedBudget = budget(judged, present.map(\.judged))
    let search = try TuningSearches(learned, learnedBudget, question)
    (trials, forms) = (search.trials, search.forms)
    let finalists = try search.finalists(Self.mostFinalists)
    let options = try finalists.concurrentMap { finalist throws(DataError) in
      try option(.found(finalist.form), finalist.service)
    }
    var usual: [Option] = []
    for percent in Self.usualPercents {
      let target = ScaledDecimal(mantissa: Int64(percent), scale: 0)
      guard let tracked = learned.simulation.tracking(.cpuPercent, target, named: "usual") else { continue }
      usual.append(try option(.usual(percent: percent), tracked))
    }
    self.usual = usual
    let today = TunedScaling(service, from: service)
    frontier = zip(finalists, options).filter { finalist, _ in
      finalist.isOnFrontier && TunedScaling(finalist.service, from: service) != today
    }.map(\.1)
    self.present = present
    (self.learned, self.judged) = (learned.period, judged.period)
    found = options.filter { [learnedBudget] in learnedBudget.holds($0.learned) }
      .min { $0.learned.isCheaper(than: $1.learned) }
    outcome = Self.outcome(found, present, learnedBudget, judgedBudget)
  }

  private static func outcome(
    _ found: Option?, _ present: [Option], _ learned: TuningBudget, _ judged: TuningBudget
  ) -> Outcome {
    guard let found else { return .noneWithin }
    if let baseline = learned.baseline, !found.learned.isCheaper(than: present[baseline].learned) {
      return .nothingCheaper
    }
    if found.judged.criticalSeconds > judged.criticalSeconds { return .critical }
    if found.judged.bare.unserved > judged.unserved { return .unserved }
    if let baseline = judged.baseline, present[baseline].judged.isCheaper(than: found.judged) { return .dearer }
    return .holds
  }

  /// What was found as a change of the fleet file; nil where nothing was.
  package var change: TunedScaling? {
    found?.service.map { TunedScaling($0, from: fileService) }
  }
}

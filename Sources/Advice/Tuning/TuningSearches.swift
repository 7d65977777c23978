import Analysis
import Model
import Solvers

/// The searches of all forms that a service's scaling may have, on what is learned on.
struct TuningSearches {
  /// What a search found.
  struct Finalist: Sendable {
    var form: ScalingForm
    var service: Service
    /// False for what another beats, of another form.
    var isOnFrontier: Bool
  }

  private(set) var trials = 0
  private(set) var forms: [ScalingForm] = []
  private var found: [(space: ScalingSpace, answer: TuningAnswer)] = []
  private let limit: TuningLimit

  /// Each form is tried so often at least, and all together at most.
  private static let leastTrials = 4
  private static let mostTrials = 1_500

  init(_ part: TuningPart, _ budget: TuningBudget, _ question: ScalingTuning.Question) throws(DataError) {
    let simulation = part.simulation
    let limit = budget.limit(tickSeconds: part.tickSeconds)
    self.limit = limit
    let spaces = simulation.spaces(
      minima: Self.minima(simulation), maxima: try Self.maxima(part), ownAlone: question.ownAlone)
    let ticks = max(1, simulation.traffic.grid.count)
    // The file's own form has many numbers, a target few.
    let most = min(Self.mostTrials, question.mostTicks / ticks)
    for space in spaces {
      let share = space.form == .own ? most / 2 : most / (2 * max(1, spaces.count - 1))
      let problem = TuningProblem(
        sizes: space.sizes, start: space.start, limits: Self.limits(around: limit, ticks: ticks),
        mostTrials: max(Self.leastTrials, share))
      let answer = try TuningSearch.solve(problem) { choices throws(DataError) in
        try part.bareFigures(of: choices.map { space.service(at: $0) })
      }
      trials += answer.trials
      forms.append(space.form)
      found.append((space, answer))
    }
  }

  /// That what is asked for, and around it what the trade-off is drawn by.
  private static func limits(around limit: TuningLimit, ticks: Int) -> [TuningLimit] {
    let critical = [limit.critical, 0, limit.critical / 2, limit.critical * 2, limit.critical * 4, ticks / 100]
    return critical.eachOnce().map { TuningLimit(critical: $0, unserved: limit.unserved) }
  }

  /// Of all forms together what nothing beats, the cheapest first, and what is cheapest within the limit of each form.
  /// - Parameter most: so many at most: those next to the limit rather than others.
  func finalists(_ most: Int) throws(DataError) -> [Finalist] {
    var points: [(point: TuningPoint, place: Int)] = []
    for (place, part) in found.enumerated() { points += part.answer.frontier.map { ($0, place) } }
    // A point is known by its form and choice.
    let tagged = points.map { TuningPoint(choice: [$0.place] + $0.point.choice, figures: $0.point.figures) }
    let frontier = paretoFrontier(tagged)
    let best = found.enumerated().compactMap { place, part in
      part.answer.best.map { TuningPoint(choice: [place] + $0.choice, figures: $0.figures) }
    }
    let cheapest = frontier.firstIndex { limit.holds($0.figures) } ?? frontier.count
    let kept = Self.thinned(frontier, around: cheapest, to: max(1, most - best.count))
    let all = (kept + best).eachOnce().sorted { a, b in
      (a.figures.cost, a.figures.critical, a.choice.first ?? 0) < (
        b.figures.cost, b.figures.critical, b.choice.first ?? 0
      )
    }
    return all.compactMap { point in
      guard let place = point.choice.first,
        let service = found[place].space.service(at: Array(point.choice.dropFirst()))
      else { return nil }
      return Finalist(form: found[place].space.form, service: service, isOnFrontier: frontier.contains(point))
    }
  }

  /// Half of them the nearest on the side that keeps within the limit, the others spread over the rest.
  private static func thinned(_ points: [TuningPoint], around place: Int, to most: Int) -> [TuningPoint] {
    guard points.count > most else { return points }
    var kept = Set(place..<min(points.count, place + most / 2))
    let rest = points.indices.filter { !kept.contains($0) }
    let left = most - kept.count
    for index in 0..<max(0, left) {
      kept.insert(rest[left == 1 ? 0 : index * (rest.count - 1) / (left - 1)])
    }
    return kept.sorted().map { points[$0] }
  }

  // MARK: Limits of the count

  /// Never below two where the file has two or more: one is no redundancy. Up to what was ever asked for.
  private static func minima(_ simulation: ServiceSimulation) -> [Int] {
    let service = simulation.service
    let low = max(1, min(service.minimum, 2))
    let high = max(low, min(service.maximum, simulation.required.compactMap(\.self).max() ?? low))
    let count = 8
    guard high - low >= count else { return Array(low...high) }
    return (0...count).map { low + (high - low) * $0 / count }
  }

  /// The present one alone where it never bound.
  private static func maxima(_ part: TuningPart) throws(DataError) -> [Int] {
    let service = part.simulation.service
    let asked = part.simulation.required.compactMap(\.self).max() ?? 0
    let reached = part.simulation.hasScaling ? try part.result(of: service).figures.most : 0
    guard max(asked, reached) >= service.maximum else { return [service.maximum] }
    return [100, 125, 150, 200].map { percent in
      min(max(service.maximum, service.regionMaximum), (service.maximum * percent + 99) / 100)
    }
  }
}

import Analysis
import Model

/// What was measured of a group for as long as the study looks back, and how it is divided: what is learned on comes
/// before what is judged on.
struct ScheduleRecord: Sendable {
  let service: Service
  let grid: SampleGrid
  let days: LocalDays
  /// What the rules of the review want, and what scaling triggers ask for.
  let comfortable, needed: ServiceNeed
  /// How many served: an instance that fell silent is no capacity.
  let serving: [Int]
  let capacity: InstanceCapacity
  /// Where the first and the last measured slot lie.
  let measured: Range<Int>
  /// The slots of the reviewed period.
  let month: Range<Int>
  /// The days, by their places, that the fleet file names.
  private let named: Set<Int>
  /// What it calls them, of those in the record.
  let eventNames: [String]

  init(_ service: Service, type: InstanceSpecification, _ context: AdviceContext) throws(DataError) {
    let (grid, before) = Self.grid(context)
    let load =
      before == 0
      ? try context.load(of: service)
      : try ServiceLoad(
        service, runs: context.inventory[service.name], history: context.history, grid: grid,
        catalogue: context.catalogue)
    let totals = try context.totals(of: service, on: grid)
    capacity = InstanceCapacity(type, of: load, totals: totals, doingWorkOf: service)
    comfortable = ServiceNeed(
      load, capacity, type: type, totals: totals, rules: context.rules, keepsHeadroom: true)
    needed = ServiceNeed(load, capacity, type: type, totals: totals, rules: context.rules, keepsHeadroom: false)
    serving = runningCounts(load.carrying, on: grid)
    let known = comfortable.values.indices.filter { [values = comfortable.values] in values[$0] != nil }
    measured = known.first.map { $0..<(known.last ?? $0) + 1 } ?? 0..<0
    self.service = service
    self.grid = grid
    let days = LocalDays(grid, clock: context.clock)
    let events = context.fleet.events
    named = Set(days.days.indices.filter { place in events.contains { $0.includes(days.days[place].date) } })
    eventNames = events.filter { event in days.days.contains { event.includes($0.date) } }.map(\.name)
    self.days = days
    month = before..<grid.count
  }

  /// All that the study looks back on up to the end of its period, and the slots before the period.
  static func grid(_ context: AdviceContext) -> (SampleGrid, before: Int) {
    let step = context.grid.stepSeconds
    let before = max(0, context.history.period.start.distance(to: context.period.start) / step)
    let start = context.period.start.advanced(by: -before * step)
    return (SampleGrid(period: Period(start: start, end: context.period.end), stepSeconds: step), Int(before))
  }

  var division: RecordDivision { RecordDivision(grid, measured: measured, month: month) }

  func period(_ slots: Range<Int>) -> Period {
    Period(start: grid.instant(slots.lowerBound), end: min(grid.period.end, grid.instant(slots.upperBound)))
  }

  /// The days of some slots that are like no other of these.
  func oneOffDays(in slots: Range<Int>) -> Set<Int> {
    WeekOfNeed.oneOffDays(comfortable.values, on: days, in: slots, excluding: named)
  }

  /// The same with those that the fleet file names.
  func exceptions(in slots: Range<Int>) -> Set<Int> { named.union(oneOffDays(in: slots)) }

  /// How long an instance that is asked for takes to serve, in times at which actions may strike, rounded up.
  var leadTimes: Int {
    let seconds = max(0, service.scaling.launch.seconds) + max(0, service.scaling.warmUp.seconds)
    let unit = Int64(CronTimes.minutes) * 60
    return Int((min(86_400, seconds) + unit - 1) / unit)
  }
}

/// How a record is divided: what is learned on comes before what is judged on.
struct RecordDivision {
  /// Where the first and the last measured slot lie.
  let measured: Range<Int>
  private let month: Range<Int>
  private let slotsAWeek: Int

  /// - Parameter month: the slots of the reviewed period, the last of the grid.
  init(_ grid: SampleGrid, measured: Range<Int>, month: Range<Int>) {
    self.measured = measured
    self.month = month
    slotsAWeek = Int(max(1, 604_800 / max(1, grid.stepSeconds)))
  }

  /// Half a day: a week that lacks no more is one.
  private var tolerance: Int { slotsAWeek / 14 }

  /// Whole weeks that were measured.
  var weeks: Int { (measured.count + tolerance) / slotsAWeek }

  /// What is learned on, and what it is judged on: the reviewed period where so many weeks come before it, else the
  /// last week of it. nil where there are too few for that.
  func parts(learningOn least: Int) -> (learned: Range<Int>, judged: Range<Int>)? {
    if measured.upperBound > month.lowerBound,
      month.lowerBound - measured.lowerBound + tolerance >= least * slotsAWeek
    {
      return (measured.lowerBound..<month.lowerBound, month.lowerBound..<measured.upperBound)
    }
    let cut = measured.upperBound - slotsAWeek
    guard cut - measured.lowerBound + tolerance >= least * slotsAWeek, cut >= month.lowerBound else { return nil }
    return (measured.lowerBound..<cut, cut..<measured.upperBound)
  }
}

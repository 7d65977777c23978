import Model
import Reading
import Solvers

/// The answer to a single decision of scaling: `{"id","state"}` of an alarm, `{"capacity","id"}` of the others.
func scaleAnswer(to line: UnsafeBufferPointer<UInt8>, at place: Place) -> AnswerLine {
  do throws(DataError) {
    let record = try ScaleLine.record(of: line, at: place)
    let id = record.node["id"].flatMap(ProblemReader.identity) ?? "null"
    let kind: ScaleLine.Kind = try record.word("kind")
    let decision = ScaleLine(record, at: place)
    switch kind {
    case .alarm: return AnswerLine("{\"id\":\(id),\"state\":\(jsonString(try decision.alarm().rawValue))}")
    case .step: return AnswerLine("{\"capacity\":\(try decision.step()),\"id\":\(id)}")
    case .target: return AnswerLine("{\"capacity\":\(try decision.target()),\"id\":\(id)}")
    case .backlog: return AnswerLine("{\"capacity\":\(try decision.backlog()),\"id\":\(id)}")
    }
  } catch {
    return AnswerLine(id: ProblemReader.id(of: line, at: place), error: error)
  }
}

/// A decision as a line states it.
private struct ScaleLine {
  enum Kind: String, CaseIterable { case alarm, step, target, backlog }

  private enum Direction: String, CaseIterable { case above, below }

  private let record: JSONRecord
  private let place: Place

  init(_ record: JSONRecord, at place: Place) {
    self.record = record
    self.place = place
  }

  static func record(of line: UnsafeBufferPointer<UInt8>, at place: Place) throws(DataError) -> JSONRecord {
    var scanner = JSONScanner(line)
    let node: JSONNode
    do throws(JSONStop) {
      node = try scanner.node { _ in place.line ?? 1 }
      try scanner.expectEnd()
    } catch { throw scanner.error(error) { _ in place } }
    return try JSONRecord(node, file: place.file, path: "")
  }

  func alarm() throws(DataError) -> AlarmState {
    guard case .array(let points)? = record.node["datapoints"]?.content else {
      throw record.wrong("datapoints", expected: "a list")
    }
    let rule = AlarmRule(
      needed: try record.whole("m"), periods: try record.whole("n"), treatment: try record.word("treat_missing"))
    let range = max(points.count, rule.periods)
    try faulting(at: place) { () throws(ProblemFault) in try rule.check(range: range) }
    var window = AlarmWindow(range: range)
    for point in points {
      guard let text = point.text, ["0", "X", "-"].contains(text) else {
        throw record.wrong("datapoints", expected: "\"0\", \"X\" and \"-\" for missing")
      }
      window.push(isReal: text != "-", isBreaching: text == "X")
    }
    let previous: AlarmState = record.has("previous") ? try record.word("previous") : .insufficientData
    return rule.state(of: window, after: previous)
  }

  func step() throws(DataError) -> Int {
    let (direction, threshold): (Direction, Int) = (
      try record.word("direction"), try bounded("threshold", size: ReplayProblem.mostThreshold)
    )
    let metric = try bounded("metric", size: ReplayProblem.mostLoad)
    let scaling = try record.stepScaling(threshold: threshold, isUpward: direction == .above)
    try faulting(at: place) { () throws(ProblemFault) in try scaling.check() }
    let (capacity, limits) = try capacity()
    let isBeyond = direction == .above ? metric >= threshold : metric <= threshold
    guard isBeyond,
      let proposal = scaling.proposal(at: ExactFraction(thousandths: metric), CapacityBases(settled: capacity))
    else { return capacity }
    return limits.clamped(proposal)
  }

  func target() throws(DataError) -> Int {
    let target = try record.target()
    try faulting(at: place) { () throws(ProblemFault) in try target.checkAsTarget() }
    let metric = try bounded("metric", size: ReplayProblem.mostLoad)
    let (capacity, limits) = try capacity()
    return limits.clamped(Solvers.capacity(tracking: target, from: capacity, at: ExactFraction(thousandths: metric)))
  }

  func backlog() throws(DataError) -> Int {
    let seconds = try bounded("seconds_per_message", size: ReplayProblem.mostThreshold, least: 0)
    let latency = try bounded("target_latency_seconds", size: ReplayProblem.mostThreshold, least: 1)
    let messages = try bounded("messages", size: ReplayProblem.mostLoad, least: 0)
    let needed = Solvers.capacity(forBacklog: messages, secondsPerMessage: seconds, targetLatency: latency)
    let minimum = try record.wholeIfKnown("minimum") ?? 0
    let maximum = try record.wholeIfKnown("maximum") ?? Int.max
    return ClosedCapacity(floor: minimum, limit: maximum).clamped(needed)
  }

  /// What runs, and between what it may be brought.
  private func capacity() throws(DataError) -> (Int, ClosedCapacity) {
    let (minimum, maximum, capacity) = (
      try record.whole("minimum"), try record.whole("maximum"), try record.whole("capacity")
    )
    try faulting(at: place) { () throws(ProblemFault) in
      try ReplayProblem.check(capacity: capacity, minimum: minimum, maximum: maximum)
    }
    return (capacity, ClosedCapacity(floor: minimum, limit: maximum))
  }

  private func bounded(_ key: String, size: Int, least: Int? = nil) throws(DataError) -> Int {
    let number = try record.thousandths(key)
    guard number >= least ?? -size, number <= size else {
      throw record.wrong(
        key, expected: "a number \(least.map { $0 > 0 ? "above 0, " : "not below 0, " } ?? "")of at most \(size / 1000)"
      )
    }
    return number
  }
}

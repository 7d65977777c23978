import Model
import Reading
import Solvers

/// The answer to a problem of the weekly ring: `{"changes":[[slot,capacity],...],"cost","id"}`; a week without a change
/// has its capacity in slot 0.
func scheduleAnswer(to line: UnsafeBufferPointer<UInt8>, at place: Place) -> AnswerLine {
  do throws(DataError) {
    var reader = ProblemFieldReader(line, at: place, ProblemFieldReader.Keys(wholes: ["required"], objects: ["input"]))
    let (fields, id) = try reader.read()
    let problem = try scheduleProblem(fields)
    let steps = try faulting(at: place) { () throws(ProblemFault) in try WeeklyStepCapacity(problem) }
    var changes = steps.changes.map { "[\($0.slot),\($0.capacity)]" }
    if changes.isEmpty, let capacity = steps.capacity.first { changes = ["[0,\(capacity)]"] }
    return AnswerLine("{\"changes\":[\(changes.joined(separator: ","))],\"cost\":\(steps.cost),\"id\":\(id)}")
  } catch {
    return AnswerLine(id: ProblemReader.id(of: line, at: place), error: error)
  }
}

private func scheduleProblem(_ fields: ProblemFields) throws(DataError) -> ScheduleProblem {
  guard let input = try fields.objects("input").first else {
    throw fields.record.wrong("input", expected: "an object")
  }
  let (required, slots) = (try input.wholes("required"), try input.record.whole("slots"))
  guard slots == required.count else {
    throw input.record.wrong("slots", expected: "\(required.count), as many as \"required\" has")
  }
  return ScheduleProblem(
    required: required, maximumChanges: try input.record.whole("max_changes"),
    changeCost: try input.record.whole("change_cost"))
}

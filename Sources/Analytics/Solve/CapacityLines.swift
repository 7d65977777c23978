import Model
import Reading
import Solvers

/// The answer to a choice of capacity: `{"capacity","id"}`, the capacity as the line writes it.
func capacityAnswer(to line: UnsafeBufferPointer<UInt8>, at place: Place) -> AnswerLine {
  do throws(DataError) {
    var reader = ProblemFieldReader(
      line, at: place, ProblemFieldReader.Keys(decimals: ["history"], objects: ["offers"]))
    let (fields, id) = try reader.read()
    let offers = try fields.objects("offers")
    let problem = try capacityProblem(fields, offers)
    let best = try faulting(at: place) { () throws(ProblemFault) in try problem.solve() }
    return AnswerLine("{\"capacity\":\(offers[best].record.written("capacity") ?? "null"),\"id\":\(id)}")
  } catch {
    return AnswerLine(id: ProblemReader.id(of: line, at: place), error: error)
  }
}

private func capacityProblem(
  _ fields: ProblemFields, _ stated: [ProblemFields]
) throws(DataError) -> CapacityProblem {
  var offers: [CapacityOffer] = []
  for offer in stated {
    offers.append(
      CapacityOffer(capacity: try offer.decimal("capacity"), costPercent: try offer.decimal("cost_percent")))
  }
  let record = fields.record
  return CapacityProblem(
    intervalSeconds: try record.whole("interval_seconds"), holdSeconds: try record.wholeIfKnown("hold_seconds"),
    history: try fields.decimals("history"),
    saturatedAt: record.has("saturated_at") ? try fields.decimal("saturated_at") : nil, offers: offers,
    risk: record.has("risk") ? try record.word("risk") : .expected)
}

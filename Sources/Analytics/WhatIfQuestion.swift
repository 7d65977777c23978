import Model
import Reading

/// What a what-if tries: advice of the review, changes of a file, and changes of its own, made in this order.
package struct WhatIfQuestion: Sendable {
  /// Ids of recommendations; they are applied in the review's order, whatever theirs is here.
  package var advice: [String] = []
  /// Path of a file of changes; `-` is standard input.
  package var file: String?
  package var scenario = Scenario()
  /// How many months ahead it is looked: 1 to 60; nil for the month alone.
  package var horizonMonths: Int?
  /// Files of scenarios, each of which is answered beside the others.
  package var scenarioFiles: [String] = []

  package init() {}
}

extension Study {
  /// The changes of some recommendations, in the order in which the review applies them.
  func changes(of ids: [String], from start: Outcome) throws(DataError) -> [Change] {
    try recommendations(ids, from: start).flatMap(\.changes)
  }

  /// Some recommendations, in the order in which the review applies them.
  /// - Parameter place: where they are named, for errors.
  func recommendations(
    _ ids: [String], from start: Outcome, at place: Place = Place(parameter: .advice)
  ) throws(DataError) -> [Verdict] {
    guard !ids.isEmpty else { return [] }
    let verdicts = try AdviceSequence(self, from: start, tuning: TunedServices(ids: ids)).verdicts
    var asked: [String] = []
    for word in ids { asked += try named(word, among: verdicts, at: place) }
    for id in asked {
      guard let verdict = verdicts.first(where: { $0.id == id }) else { throw unknown(id, among: verdicts, at: place) }
      guard verdict.outcome == .recommended else {
        throw DataError(
          place, found: "\"\(id)\", which recommends nothing (plimsoll why \(id))",
          expected: recommended(verdicts), kind: .usage)
      }
    }
    return verdicts.filter { asked.contains($0.id) }
  }

  /// The ids that a word means: itself, or of `top:10` the ten recommendations that save most, the first of equal ones.
  private func named(_ word: String, among verdicts: [Verdict], at place: Place) throws(DataError) -> [String] {
    guard word.hasPrefix("top:") else { return [word] }
    guard let count = Int(word.dropFirst("top:".count)), (1...10_000).contains(count) else {
      throw DataError(
        place, found: "\"\(word)\"", expected: "top:N with N from 1 to 10,000", kind: .usage)
    }
    let recommended = verdicts.filter { $0.outcome == .recommended }.enumerated()
    let best = recommended.sorted { ($1.element.saving, $0.offset) < ($0.element.saving, $1.offset) }
    return best.prefix(count).map(\.element.id)
  }

  private func unknown(_ id: String, among verdicts: [Verdict], at place: Place) -> DataError {
    let near = nearestName(to: id, among: verdicts.map(\.id)).map { "the id of a recommendation; did you mean \($0)?" }
    return DataError(
      place, found: "\"\(id)\"", expected: near ?? recommended(verdicts), kind: .usage)
  }

  private func recommended(_ verdicts: [Verdict]) -> String {
    let ids = verdicts.filter { $0.outcome == .recommended }.map(\.id)
    return ids.isEmpty ? "no id, since nothing is recommended" : "one of \(ids.joined(separator: ", "))"
  }
}

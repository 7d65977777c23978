/// Every kind of change, in the order in which a what-if makes them.
///
/// What runs comes before how it is bought. Of what runs, services and instances are taken away and types set before demand
/// grows, so that growth is of what is left, on its type; counts, limits and windows come behind growth, which would change
/// them, and what is left then moves. Tokens are counted, then the model is set, then how it is bought, for that asks the
/// prices of the model. Of purchases, prices hold for all; commitments come before spot, which gets what they
/// leave. Kinds next to each other may share an option: its text is of the first that can read it.
package let changeKinds: [any PlanChange.Type] = [
  DropService.self, StopInstance.self, FamilyMove.self, Resize.self, UserMix.self, PeakUsers.self, MonthlyGrowth.self,
  PolicyChange.self, TunedScaling.self, FixedCount.self, MinimumCount.self, MaximumCount.self, WeeklyCapacity.self,
  ScheduledCapacity.self,
  SleepTimes.self, RegionMove.self,
  TokenAmount.self, SwitchModel.self, CachePrompts.self, BatchTokens.self, SeatCount.self,
  PriceCut.self, Reserve.self, CommitSavingsPlan.self, SpotShare.self,
]

/// A change of any kind, as data: what a verdict recommends, a what-if tries and a file stores.
package struct Change: Sendable {
  package let change: any PlanChange

  package init(_ change: some PlanChange) { self.change = change }

  package var kind: String { type(of: change).kind }
}

extension Change: Hashable {
  package static func == (a: Change, b: Change) -> Bool { AnyHashable(a.change) == AnyHashable(b.change) }
  package func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(change)) }
}

extension Change: Codable {
  private enum Key: CodingKey { case kind }

  /// Reads `{"kind": "resize", ...}`.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let kind = try container.decode(String.self, forKey: .kind)
    guard let type = changeKinds.first(where: { $0.kind == kind }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container,
        debugDescription: "one of \(changeKinds.map { $0.kind }.joined(separator: ", "))")
    }
    let change = try type.init(from: decoder)
    if let fault = change.fault {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: fault))
    }
    self.change = change
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try change.encode(to: encoder)
  }
}

/// Changes to try, made one after the other. The empty scenario is today.
package struct Scenario: Hashable, Sendable {
  package var changes: [Change]

  package init(_ changes: [Change] = []) { self.changes = changes }

  /// Changes as options of the command ask for them, in the order of their kinds.
  ///
  /// - Parameter options: option names without dashes, with the texts that were given, each in the order given.
  /// - Throws: ``DataError``, kind `usage`, for a text that is no change and for two changes that set the same.
  package init(options: [(name: String, texts: [String])]) throws(DataError) {
    changes = []
    let names = changeKinds.map { $0.option.name }.eachOnce()
    for name in names {
      for text in options.first(where: { $0.name == name })?.texts ?? [] {
        changes.append(try Self.change(text, of: name))
      }
    }
    if let twice = Self.setTwice(changes) {
      throw DataError(
        Place(parameter: Parameter(type(of: twice.change).option.name)),
        found: "\"\(twice.change.optionText)\", which is set twice",
        expected: "each once", kind: .usage)
    }
    try checkLimits()
  }

  /// The change that the text of an option asks for.
  private static func change(_ text: String, of option: String) throws(DataError) -> Change {
    let kinds = changeKinds.filter { $0.option.name == option }
    var faults: [String] = []
    for kind in kinds {
      guard let change = kind.init(optionText: text) else { continue }
      guard let fault = change.fault else { return Change(change) }
      // What is wrong in particular tells more than what is expected of all.
      if fault != kind.option.expectation { faults.append(fault) }
    }
    throw DataError(
      Place(parameter: Parameter(option)), found: "\"\(text)\"",
      expected: faults.first ?? kinds.reversed().map { $0.option.expectation }.joined(separator: "; or "), kind: .usage)
  }

  /// - Throws: ``DataError`` for a service that is never to run fewer instances than it is never to run more, and for one that
  ///   is given up and changed.
  private func checkLimits() throws(DataError) {
    for dropped in changes.compactMap({ $0.change as? DropService }) {
      guard let other = changes.first(where: { $0.change.services.contains(dropped.service) }) else { continue }
      throw DataError(
        Place(parameter: Parameter(DropService.option.name)),
        found: "\"\(dropped.service)\" beside \"\(other.change.words)\"", expected: "one of the two", kind: .usage)
    }
    for change in changes {
      guard let least = change.change as? MinimumCount else { continue }
      let most = changes.lazy.compactMap { $0.change as? MaximumCount }.first { $0.service == least.service }
      guard let most, most.count < least.count else { continue }
      throw DataError(
        Place(parameter: Parameter(MinimumCount.option.name)),
        found: "\"\(least.optionText)\" beside at most \(most.count)",
        expected: "no more than the most", kind: .usage)
    }
  }

  /// The first change that sets what one of its kind before it has set.
  private static func setTwice(_ changes: [Change]) -> Change? {
    changes.indices.first { index in
      guard let set = changes[index].change.sets else { return false }
      return changes[..<index].contains { $0.kind == changes[index].kind && $0.change.sets == set }
    }.map { changes[$0] }
  }

  /// Every region that it moves something to.
  package var regions: Set<String> { Set(changes.compactMap { ($0.change as? RegionMove)?.region }) }

  /// Every service that it names.
  package var services: [String] { changes.flatMap(\.change.services) }
}

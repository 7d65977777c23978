import Model

#if canImport(Synchronization)
  import Synchronization
#endif

/// What the services that were asked about last need and used: a recommendation and the change that it makes ask the same.
final class LatestNeeds: Sendable {
  struct Answer: Sendable {
    /// With the instance, where it is of one.
    var service: String
    var current: String
    var need: SizeNeed
    var use: [InstanceUse]

    /// Slots of all instances.
    fileprivate var size: Int { use.reduce(0) { $0 + $1.peakVcpu.count } }
  }

  /// Slots of all that are kept together, at some 60 bytes; the latest is kept whatever its size.
  private static let mostSlots = 2_000_000

  private let kept = Mutex<[Answer]>([])

  /// - Throws: ``DataError`` when a type that ran has no specification, or the samples cannot be read.
  func answer(_ service: Service, current: String, _ context: AdviceContext) throws(DataError) -> Answer {
    let known = kept.withLock { kept in kept.last { $0.service == service.subject && $0.current == current } }
    if let known { return known }
    let need = try SizeNeed(service, current: current, context)
    let answer = Answer(
      service: service.subject, current: current, need: need, use: try InstanceUse.of(service, need, context))
    kept.withLock { kept in
      kept.append(answer)
      var slots = kept.reduce(0) { $0 + $1.size }
      while slots > Self.mostSlots, kept.count > 1 { slots -= kept.removeFirst().size }
    }
    return answer
  }
}

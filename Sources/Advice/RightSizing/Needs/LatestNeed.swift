import Model

#if canImport(Synchronization)
  import Synchronization
#endif

/// What the service that was asked about last needs and used: a recommendation and the change that it makes ask the same.
final class LatestNeed: Sendable {
  struct Answer: Sendable {
    /// With the instance, where it is of one.
    var service: String
    var current: String
    var need: SizeNeed
    var use: [InstanceUse]
  }

  private let latest = Mutex<Answer?>(nil)

  /// - Throws: ``DataError`` when a type that ran has no specification, or the samples cannot be read.
  func answer(_ service: Service, current: String, _ context: AdviceContext) throws(DataError) -> Answer {
    if let known = latest.withLock({ $0 }), known.service == service.subject, known.current == current { return known }
    let need = try SizeNeed(service, current: current, context)
    let answer = Answer(
      service: service.subject, current: current, need: need, use: try InstanceUse.of(service, need, context))
    latest.withLock { $0 = answer }
    return answer
  }
}

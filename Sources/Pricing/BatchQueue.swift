import Foundation
import Model

/// Batches on their way from the thread that reads a file to the one that stores them, at most a few at a time.
final class BatchQueue: @unchecked Sendable {
  /// Batches that may wait.
  private static let most = 8

  private struct Stopped: Error {}

  // Guards everything below.
  private let condition = NSCondition()
  private var batches: [PriceBook] = []
  private var outcome: Result<PriceSummary, any Error>?
  private var isStopped = false

  /// Puts a batch behind the others, when there is room for it.
  /// - Throws: when nobody takes any more.
  func put(_ batch: PriceBook) throws {
    condition.lock()
    defer { condition.unlock() }
    while batches.count >= Self.most, !isStopped { condition.wait() }
    guard !isStopped else { throw Stopped() }
    batches.append(batch)
    condition.broadcast()
  }

  /// Says how the reading ended; no batch follows.
  func end(_ outcome: Result<PriceSummary, any Error>) {
    condition.lock()
    self.outcome = outcome
    condition.broadcast()
    condition.unlock()
  }

  /// The next batch; nil behind the last.
  /// - Throws: what ended the reading, once all before it is taken.
  func take() throws -> PriceBook? {
    condition.lock()
    defer { condition.unlock() }
    while batches.isEmpty, outcome == nil { condition.wait() }
    guard batches.isEmpty else {
      defer { condition.broadcast() }
      return batches.removeFirst()
    }
    _ = try outcome?.get()
    return nil
  }

  /// What was read, after the last batch.
  func summary() throws -> PriceSummary {
    condition.lock()
    defer { condition.unlock() }
    while outcome == nil { condition.wait() }
    return try outcome!.get()
  }

  /// Takes no more.
  func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
  }
}

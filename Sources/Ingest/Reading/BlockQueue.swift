import Foundation
import Model
import Reading

/// What became of a block.
struct ParsedBlock {
  var batch: SampleBatch
  /// Which parser's numbers its samples bear.
  var lane: Int
  /// Stored bytes of the file that were taken when it was cut.
  var storedOffset: Int
}

/// Hands blocks of a file out to lanes that parse them side by side, and what they make of them back in file order.
///
/// Memory is bounded: no lane takes a block that is too far ahead of the one that is waited for.
final class BlockQueue: @unchecked Sendable {
  /// Blocks that may be parsed and waiting, or in work: samples for the time that the one who takes them may need to
  /// write a day of them.
  private static let most = 256

  /// What the one who wants the next block in order has to do.
  enum Step {
    case take(ParsedBlock)
    case parse(Ticket)
    case end
  }

  /// A block in work.
  struct Ticket {
    var number: Int
    var block: Block
    var batch: SampleBatch
    var storedOffset: Int
  }

  // Guards everything below, except that the cutter belongs to whoever has set `isCutting`.
  private let condition = NSCondition()
  private let source: ByteSource
  private var cutter: BlockCutter
  private var isCutting = false
  private var cut = 0
  private var taken = 0
  private var isAtEnd = false
  private var finished: [Int: ParsedBlock] = [:]
  private var failure: DataError?
  private var spareBatches: [SampleBatch] = []
  private var spareBytes: [[UInt8]] = []

  init(_ source: ByteSource, _ cutter: BlockCutter) {
    self.source = source
    self.cutter = cutter
  }

  /// For a lane that only parses: the next block, when there is room for it; nil at the end.
  func waitForBlock() -> Ticket? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if isAtEnd { return nil }
      if mayCut, let ticket = cutNext() { return ticket }
      if !isAtEnd, !mayCut { condition.wait() }
    }
  }

  /// For the one who takes blocks in order: the next when it is parsed, else a block to parse meanwhile.
  /// - Throws: what kept the source from being read, once all before it is taken.
  func next() throws(DataError) -> Step {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let parsed = finished.removeValue(forKey: taken) {
        taken += 1
        condition.broadcast()
        return .take(parsed)
      }
      if isAtEnd, taken == cut {
        if let failure { throw failure }
        return .end
      }
      if mayCut, let ticket = cutNext() { return .parse(ticket) }
      if finished[taken] == nil, !mayCut, !(isAtEnd && taken == cut) { condition.wait() }
    }
  }

  /// Gives back what was made of a block.
  func finish(_ ticket: consuming Ticket, _ batch: SampleBatch, lane: Int) {
    condition.lock()
    spareBytes.append(ticket.block.bytes)
    finished[ticket.number] = ParsedBlock(
      batch: batch, lane: lane, storedOffset: ticket.storedOffset)
    condition.broadcast()
    condition.unlock()
  }

  /// Gives back the memory of a batch that is done with.
  func recycle(_ parsed: consuming ParsedBlock) {
    condition.lock()
    parsed.batch.clear()
    spareBatches.append(parsed.batch)
    condition.unlock()
  }

  /// Hands out no more blocks.
  func stop() {
    condition.lock()
    isAtEnd = true
    condition.broadcast()
    condition.unlock()
  }

  private var mayCut: Bool { !isCutting && !isAtEnd && cut - taken < Self.most }

  /// Cuts a block, unlocked meanwhile; nil at the end. Called and left with the lock held.
  private func cutNext() -> Ticket? {
    isCutting = true
    let storage = spareBytes.popLast() ?? []
    let batch = spareBatches.popLast() ?? SampleBatch()
    condition.unlock()
    var outcome: Result<Block?, DataError>
    do throws(DataError) { outcome = .success(try cutter.next(reusing: storage)) } catch { outcome = .failure(error) }
    let offset = source.storedOffset
    condition.lock()
    isCutting = false
    condition.broadcast()
    switch outcome {
    case .success(let block?):
      guard !isAtEnd else { return nil }
      defer { cut += 1 }
      return Ticket(number: cut, block: block, batch: batch, storedOffset: offset)
    case .success(nil): isAtEnd = true
    case .failure(let error):
      isAtEnd = true
      failure = error
    }
    return nil
  }
}

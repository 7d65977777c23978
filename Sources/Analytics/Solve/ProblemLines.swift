import Advice
import Model
import Reading
import Solvers

/// What the bare solvers solve.
public enum ProblemKind: String, CaseIterable, Sendable {
  /// Which commitments to buy.
  case mix
  /// Which type a fixed instance should be.
  case size
  /// What a scaling policy decides, once.
  case scale
  /// What scaling policies do over a load.
  case replay
  /// Which capacity runs in each slot of a week.
  case schedule
  /// Which of a few capacities to run.
  case capacity
  /// What to commit to now.
  case buy
}

/// Solves problems, one a line (JSON), and hands on an answer for each, in the same order.
///
/// A line that is no problem is answered with its `id`, as far as it has one, and an `error`; the lines behind it are
/// solved all the same. Memory does not grow with the number of lines.
/// - Parameters:
///   - path: a file, gzip or not, or `-` for standard input.
///   - write: takes a line of JSON, without its end.
/// - Returns: false when any line was no problem.
/// - Throws: `DataError` for a file that cannot be read, and what `write` throws.
public func solveProblems(_ kind: ProblemKind, from path: String, write: (String) throws -> Void) throws -> Bool {
  let source = try ByteSource.open(path: path)
  var areAllSolved = true
  try forEachLine(of: source) { line, number in
    let place = Place(file: source.name, line: number)
    let answer =
      switch kind {
      case .mix: mixAnswer(to: line, at: place)
      case .size: sizeAnswer(to: line, at: place)
      case .scale: scaleAnswer(to: line, at: place)
      case .replay: replayAnswer(to: line, at: place)
      case .schedule: scheduleAnswer(to: line, at: place)
      case .capacity: capacityAnswer(to: line, at: place)
      case .buy: buyAnswer(to: line, at: place)
      }
    if answer.isError { areAllSolved = false }
    try write(answer.line)
  }
  return areAllSolved
}

/// The problems of the purchase mix in a file, read and not yet solved.
/// - Throws: `DataError` for a file that cannot be read, and for the first line that is no problem.
package func mixLines(from path: String) throws -> [MixLine] {
  let source = try ByteSource.open(path: path)
  var lines: [Result<MixLine, DataError>] = []
  try forEachLine(of: source) { line, number in
    let place = Place(file: source.name, line: number)
    lines.append(Result { () throws(DataError) in try MixLine(line, at: place) })
  }
  return try lines.map { try $0.get() }
}

/// The problems of replaying in a file, read and not yet solved.
/// - Throws: `DataError` for a file that cannot be read, and for the first line that is no problem.
package func replayProblems(from path: String) throws -> [ReplayProblem] {
  let source = try ByteSource.open(path: path)
  var problems: [ReplayProblem] = []
  try forEachLine(of: source) { line, number in
    var reader = ReplayLine(line, at: Place(file: source.name, line: number))
    problems.append(try reader.read().problem)
  }
  return problems
}

/// Does something whose faults are of a line.
func faulting<T>(at place: Place, _ body: () throws(ProblemFault) -> T) throws(DataError) -> T {
  do throws(ProblemFault) { return try body() } catch { throw error.error(at: place) }
}

/// An answer, or why there is none.
struct AnswerLine {
  var line: String
  var isError = false

  /// - Parameter id: as JSON; nil when the line has none.
  init(id: String?, error: DataError) {
    line = "{\"error\":\(jsonString("\(error)")),\"id\":\(id ?? "null")}"
    isError = true
  }

  init(_ line: String) { self.line = line }
}

/// Hands on the lines of a source, numbered from 1, without their ends; one that is not ended is the last.
/// - Throws: `DataError` for a line of more than 64 MiB, and what `body` throws.
private func forEachLine(of source: ByteSource, _ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Void) throws {
  var window = [UInt8](repeating: 0, count: 1 << 20)
  var (count, number, isAtEnd) = (0, 0, false)
  while !isAtEnd {
    let read = try source.read(into: &window, from: count, to: window.count)
    isAtEnd = read < window.count - count
    count += read
    var start = 0
    try window.withUnsafeBufferPointer { bytes in
      while let end = bytes[start..<count].firstIndex(of: UInt8(ascii: "\n"))
        ?? (isAtEnd && start < count ? count : nil)
      {
        number += 1
        try body(UnsafeBufferPointer(rebasing: bytes[start..<end]), number)
        start = min(end + 1, count)
      }
    }
    window.replaceSubrange(0..<(count - start), with: Array(window[start..<count]))
    count -= start
    guard count == window.count else { continue }
    guard count < JSONStream.longestValue else {
      throw DataError(
        Place(file: source.name, line: number + 1), found: "a line of more than \(count) bytes",
        expected: "shorter ones")
    }
    window += [UInt8](repeating: 0, count: count)
  }
}

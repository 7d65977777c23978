import Advice
import Analytics
import Solvers

/// How long the solvers take on problems that are read already.
struct SolveTimes {
  /// Times of one problem that count, and those before them that do not.
  static let (repeats, warmUps) = (21, 3)

  /// A line of JSON for each problem: its cost, bound, and the least, median and greatest nanoseconds of a solve.
  /// - Throws: `DataError` for a file that cannot be read, ``ProblemFault`` for a problem that cannot be solved.
  static func print(of path: String) throws {
    for line in try mixLines(from: path) {
      var (answer, times) = (try line.solve(), [Int]())
      for turn in 0..<(warmUps + repeats) {
        let clock = ContinuousClock()
        let start = clock.now
        answer = try line.solve()
        if turn >= warmUps { times.append(nanoseconds(clock.now - start)) }
      }
      times.sort()
      Swift.print(
        "{\"id\":\(line.id ?? "null"),\"kind\":\"\(line.kind)\",\"cost\":\(answer.cost),\"bound\":\(answer.bound),"
          + "\"nanoseconds\":[\(times[0]),\(times[repeats / 2]),\(times[repeats - 1])]}")
    }
  }

  private static func nanoseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
  }
}

import Foundation
import Model
import TestSupport
import Testing

@testable import Analytics

@Suite struct ReplayLinesTests {
  /// `replay_oracle.py gen 2026 16 --answers`: a problem of each of its families.
  private static let fixtures: [String] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("SolversTests/Fixtures/replay.jsonl")
    return (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n").map(String.init) ?? []
  }()

  private func answer(_ line: String) -> AnswerLine {
    Array(line.utf8).withUnsafeBufferPointer { replayAnswer(to: $0, at: Place(file: "problems", line: 1)) }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("A problem of each family is answered as the specification's own program does, in every figure")
  func families() throws {
    #expect(Self.fixtures.count == 16)
    for fixture in Self.fixtures {
      let answer = answer(fixture)
      #expect(!answer.isError, "\(answer.line)")
      var (got, wanted) = (try object(answer.line), try #require(try object(fixture)["answer"] as? [String: Any]))
      wanted["id"] = try object(fixture)["id"]
      for key in wanted.keys {
        let (a, b) = (got.removeValue(forKey: key) as? NSObject, wanted[key] as? NSObject)
        #expect(a != nil && a == b, "\(wanted["id"] ?? "") \(key)")
      }
      #expect(got.isEmpty)
    }
  }

  /// With `"series": false` and a recurrence.
  private static let small = #"""
    {"id":"s","input":{"tick_seconds":3600,"start":"2026-10-01T00:00:00Z","series":false,"service":{"minimum":1,
    "maximum":9,"initial":2,"launch_ticks":0,"warmup_ticks":0,"warming_serves":true,"drain_ticks":0,
    "default_cooldown_ticks":0},"loads":{"l":[10.5,null,20]},"work":{"load":"l","per_instance":5,"queue":null},
    "metrics":{},"policies":[],"breach":[],"scheduled":[{"name":"morning","recurrence":"0 3 * * *",
    "timezone":"Europe/Berlin","desired":4}]}}
    """#.replacingOccurrences(of: "\n", with: "")

  @Test("A recurrence acts by its clock, and the series may be left out")
  func recurrence() {
    // 03:00 in Berlin is 01:00Z, tick 1. Two carry 10 of 10.5; four carry 20 of 10.5, then all of 20. 2 + 4 + 4.
    #expect(
      answer(Self.small).line
        == #"{"breach_ticks":{},"events":[[1,2,4,"morning"]],"id":"s","instance_ticks":10,"max_backlog":0,"unserved":0.5}"#
    )
  }

  @Test("What is wrong with a line is said")
  func errors() {
    func error(_ old: String, _ new: String) -> String {
      let line = answer(Self.small.replacingOccurrences(of: old, with: new)).line
      return line.replacingOccurrences(of: #"{"error":"problems:1: "#, with: "")
    }
    #expect(error("10.5", "-1").contains("decimals that are not negative"))
    #expect(error("10.5", "0.0001").contains("at most three decimals"))
    #expect(
      error(#""load":"l""#, #""load":"x""#) == #"work.load: found \"x\", expected a name of \"loads\"","id":"s"}"#)
    #expect(
      error(#""per_instance":5"#, #""per_instance":0"#)
        == #"per_instance: found 0, expected a number from 0.001 to 1000000","id":"s"}"#)
    #expect(error("Europe/Berlin", "Berlin").contains("an IANA time zone"))
    #expect(error("0 3 * * *", "0 3 * *").contains("five cron fields"))
    #expect(error(#""tick_seconds":3600"#, #""tick_seconds":1000001"#).contains("from 1 to 1000000"))
  }

  @Test("A damaged line is answered or refused, in one line of JSON, and nothing traps")
  func damaged() throws {
    var random = SplitMix64(seed: 20261129)
    let numbers = ["0", "-1", "1", "99", "0.001", "1000000", "1000000000000", "9223372036854775807", "null", "\"x\""]
    let pattern = try Regex("[0-9]+(\\.[0-9]+)?")
    for fixture in Self.fixtures + [Self.small] {
      let problem = try object(fixture)
      let input = String(decoding: try JSONSerialization.data(withJSONObject: problem["input"] ?? [:]), as: UTF8.self)
      // Long loads would hide the rest from the changes.
      let line = #"{"id":1,"input":\#(shortened(input))}"#
      let ranges = line.ranges(of: pattern)
      for _ in 0..<60 {
        var changed = line
        for range in ranges.shuffled(using: &random).prefix(random.number(1...2)).sorted(by: {
          $0.lowerBound > $1.lowerBound
        }) {
          changed.replaceSubrange(range, with: numbers[random.number(0...numbers.count - 1)])
        }
        let answer = answer(changed)
        #expect(!answer.line.contains("\n"))
        #expect((try object(answer.line)["error"] != nil) == answer.isError)
      }
    }
  }

  /// Lists of numbers cut to twelve.
  private func shortened(_ input: String) -> String {
    input.replacing(/((?:(?:[0-9.]+|null),){12})(?:(?:[0-9.]+|null),)*([0-9.]+|null)/) { "\($0.1)\($0.2)" }
  }
}

import Foundation
import Model
import TestSupport
import Testing

@testable import Analytics

@Suite struct ProblemLinesTests {
  private static let options = #"""
    [{"name":"n","term_hours":8,"upfront":0,"hourly":6},{"name":"u","term_hours":8,"upfront":24,"hourly":2}]
    """#
  private static let single = #"""
    "hours":4,"demand":[1,2,2,3],"on_demand":10,"options":\#(options),"spot":{"price":4,"max_share_percent":50},
    "existing":[{"units":1,"until":2}]
    """#
  private static let family = #"""
    {"name":"f","quantum":2,"demand_by_factor":{"2":[1,2,0],"4":[1,0,1]},"on_demand_per_unit":9000,
    "options_per_unit":\#(options),"spot":{"price_per_unit":4000,"max_share_percent":50},"existing":[],
    "savings_plan_rate_per_unit":7000}
    """#

  /// A problem of each kind.
  static let examples: [String] = [
    #"{"id":1,"kind":"single","input":{\#(single)}}"#,
    #"{"id":2,"kind":"expiry","input":{\#(single)}}"#,
    #"{"id":3,"kind":"budget","input":{\#(single),"upfront_budget":30}}"#,
    #"{"id":4,"kind":"phased","input":{\#(single),"month_hours":2}}"#,
    #"{"id":5,"kind":"multi","input":{"hours":3,"families":[\#(family)],"upfront_budget":30}}"#,
  ].map { $0.replacingOccurrences(of: "\n", with: "") }

  @Test("Each example has an answer", arguments: examples)
  func exampleIsAnswered(line: String) {
    let answer = answer(Array(line.utf8))
    #expect(!answer.isError, "\(answer.line)")
    #expect(answer.line.hasPrefix("{\"bound\":"))
  }

  @Test("A damaged line is answered or refused, in one line of JSON, and nothing traps", arguments: examples)
  func damaged(line: String) throws {
    var random = SplitMix64(seed: 20261124)
    for _ in 0..<400 {
      var bytes = Array(line.utf8)
      for _ in 0..<random.number(1...3) { damage(&bytes, &random) }
      let answer = answer(bytes)
      #expect(!answer.line.contains("\n"))
      let object = try JSONSerialization.jsonObject(with: Data(answer.line.utf8)) as? [String: Any]
      #expect(object?["id"] != nil)
      #expect((object?["error"] != nil) == answer.isError)
    }
  }

  @Test("Numbers at the end of their range are answered or refused, wherever they stand", arguments: examples)
  func extremes(line: String) throws {
    let pattern = try Regex("[0-9]+")
    for range in line.ranges(of: pattern) {
      for number in ["0", "1", "99", "1000000", "1000000000000", "4611686018427387904", "9223372036854775807"] {
        _ = answer(Array(line.replacingCharacters(in: range, with: number).utf8))
      }
    }
  }

  @Test("The problems of a file are read, in their order, and solved later")
  func linesOfFile() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("mix-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Self.examples.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    let lines = try mixLines(from: file.path)
    #expect(lines.map(\.kind) == ["single", "expiry", "budget", "phased", "multi"])
    #expect(lines.map(\.id) == ["1", "2", "3", "4", "5"])
    for (line, example) in zip(lines, Self.examples) {
      #expect(answer(Array(example.utf8)).line.contains("\"cost\":\(try line.solve().cost),"))
    }
  }

  private func answer(_ bytes: [UInt8]) -> AnswerLine {
    bytes.withUnsafeBufferPointer { mixAnswer(to: $0, at: Place(file: "problems", line: 1)) }
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let place = random.number(0...bytes.count - 1)
    switch random.number(0...3) {
    case 0: bytes[place] = random.number(0...255)
    case 1: bytes.insert(UInt8(ascii: "0") + random.number(0...9), at: place)
    case 2: bytes.removeSubrange(place..<min(bytes.count - 1, place + random.number(1...8)))
    default: bytes[place] = Array("0123456789-.e\"[]{},:".utf8)[random.number(0...19)]
    }
  }
}

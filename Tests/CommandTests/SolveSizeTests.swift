import Foundation
import Testing

@Suite struct SolveSizeTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Sizes")

  private struct Answer: Decodable, Equatable {
    var id: Int
    var type: String?
    var binding: String?
    /// In the file of answers true or false, in ours the reason.
    var isRefused: Bool
    var requiredVCPU: Decimal?
    var requiredMemory: Decimal?

    private enum Key: String, CodingKey { case id, type, binding, refused, required_vcpu, required_memory_gib }

    init(from decoder: Decoder) throws {
      let members = try decoder.container(keyedBy: Key.self)
      id = try members.decode(Int.self, forKey: .id)
      type = try members.decodeIfPresent(String.self, forKey: .type)
      binding = try members.decodeIfPresent(String.self, forKey: .binding)
      let flag = try? members.decode(Bool.self, forKey: .refused)
      isRefused = try flag ?? (members.decodeIfPresent(String.self, forKey: .refused) != nil)
      requiredVCPU = try Self.number(members, .required_vcpu)
      requiredMemory = try Self.number(members, .required_memory_gib)
    }

    /// A number, or, to keep its digits, a text.
    private static func number(_ members: KeyedDecodingContainer<Key>, _ key: Key) throws -> Decimal? {
      if let text = try? members.decodeIfPresent(String.self, forKey: key) { return Decimal(string: text) }
      return try members.decodeIfPresent(Double.self, forKey: key).map { Decimal(string: "\($0)")! }
    }
  }

  private static func answers(_ text: String) throws -> [Answer] {
    try text.split(separator: "\n").map { try JSONDecoder().decode(Answer.self, from: Data($0.utf8)) }
  }

  @Test("Problems of Sizes/generate.py have the answers that it found by brute force")
  func answers() throws {
    let run = try plimsoll(["solve", "size"], input: Self.folder.appendingPathComponent("problems.jsonl"))
    #expect(run.status == 0)
    let expected = try String(contentsOf: Self.folder.appendingPathComponent("answers.jsonl"), encoding: .utf8)
    #expect(try Self.answers(run.output) == Self.answers(expected))
    #expect(try Self.answers(run.output).count == 48)
  }

  @Test("An answer has its keys sorted, its numbers as decimals and the id as it came; a bad line an error and 65")
  func lines() throws {
    let folder = try TemporaryFolder()
    let types =
      #"[{"type":"m5.large","vcpu":2,"memory_gib":8,"usd_per_hour":0.096},"#
      + #"{"type":"m5.2xlarge","vcpu":8,"memory_gib":32,"usd_per_hour":0.384,"relative_performance":1.0}]"#
    let shared = #""interval_seconds":108000,"current":"m5.2xlarge","catalogue":\#(types)"#
    // 20 % of 8 / 0.8 = 2 vCPUs; 20 % of 32 / 0.8 = 8 GiB, which is as tight: CPU is named first.
    _ = try folder.file(
      "problems.jsonl",
      """
      {"id":"a",\(shared),"cpu_percent":[20.0],"memory_percent":[2e1]}
      {"id":2,\(shared),"cpu_percent":[0.00098765432109876543]}
      {"id":3,\(shared),"cpu_percent":[-1]}
      {"id":4,\(shared)}
      {"id":5,"interval_seconds":300,"cpu_percent":[1],"current":"x","catalogue":\(types)}
      {"id":6,\(shared),"cpu_percent":[1],"memory_percent":7}
      nonsense

      """)
    let run = try plimsoll(["solve", "size"], input: folder.url.appendingPathComponent("problems.jsonl"))
    #expect(run.status == 65 && run.errors == "")
    let place = "standard input"
    let reason = "memory is not measured, and m5.large has 8 GiB, less than the 32 GiB of m5.2xlarge"
    #expect(
      run.output == """
        {"binding":"cpu","id":"a","refused":null,"required_memory_gib":8,"required_vcpu":2,"type":"m5.large"}
        {"binding":null,"id":2,"refused":"\(reason)","required_memory_gib":null,"required_vcpu":0.000098765,"type":null}
        {"error":"\(place):3: cpu_percent: found \\"-1\\", expected percentages that are not negative, or null","id":3}
        {"error":"\(place):4: found no \\"cpu_percent\\", expected a list of numbers","id":4}
        {"error":"\(place):5: current: found \\"x\\", expected a type of the catalogue","id":5}
        {"error":"\(place):6: memory_percent: found 7, expected a list of numbers, or nothing","id":6}
        {"error":"\(place):7: found \\"nonsense\\", expected an object","id":null}

        """)
  }
}

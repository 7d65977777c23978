import Foundation
import Model
import Testing

@testable import Reporting

@Suite struct JSONFormatTests {
  @Test("The report is valid JSON with every cell as printed")
  func valid() throws {
    let blocks = try #require(
      JSONSerialization.jsonObject(with: Data(JSONFormat().render(awkward).utf8)) as? [[String: Any]])
    #expect(blocks.count == 4)
    #expect(blocks[0]["heading"] as? String == "Title")
    #expect(blocks[0]["level"] as? Int == 1)
    #expect(blocks[1]["paragraph"] as? String == "A paragraph.")
    #expect(blocks[2]["list"] as? [String] == ["first", "second"])
    let rows = try #require(blocks[3]["rows"] as? [[String: String]])
    #expect(rows.map { $0["note"] } == ["a|b", "say \"hi\"", "a, b", "two\nlines"])
    #expect(rows.map { $0["cost_usd"] } == ["1234.56", "-0.05", "0.00", "10.00"])
    #expect((blocks[3]["total"] as? [String: String])?["cost_usd"] == "1244.51")
  }

  @Test(
    "Any text comes back from its JSON string",
    arguments: ["\u{0}\u{1F}\u{7F}", "\\\"/\r\n\t", "é 漢 🚢", "\u{2028}", "", "\"\u{301}"])
  func strings(text: String) throws {
    let back =
      try JSONSerialization.jsonObject(with: Data(jsonString(text).utf8), options: .fragmentsAllowed) as? String
    #expect(back == text)
  }

  @Test("A report without blocks is an empty list")
  func empty() throws {
    let blocks = try JSONSerialization.jsonObject(with: Data(JSONFormat().render(ReportDocument()).utf8)) as? [Any]
    #expect(blocks?.isEmpty == true)
  }
}

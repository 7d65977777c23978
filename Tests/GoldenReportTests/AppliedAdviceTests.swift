import Analytics
import Foundation
import Model
import Testing

/// The shipped fleet's October: what a review recommends, played again from data.
@Suite struct AppliedAdviceTests {
  private static let review = RenderedCase.all.map {
    $0.first { $0.folder.lastPathComponent == "sketchy-chain-2026-10" }!.review
  }

  private func recommended(_ review: Review) -> [Verdict] { review.verdicts.filter { $0.outcome == .recommended } }

  @Test("Each prefix of the recommendations, applied in their order, saves what the review says, to the nano-dollar")
  func prefixes() throws {
    let review = try Self.review.get()
    let verdicts = recommended(review)
    try #require(verdicts.count > 3)
    var saved = Money.zero
    for count in 1...verdicts.count {
      saved += verdicts[count - 1].saving
      let changes = verdicts.prefix(count).flatMap(\.changes)
      #expect(try review.study.outcome(Scenario(changes)).bill.total == review.current.bill.total - saved)
    }
    #expect(review.current.bill.total - saved == review.steps.last?.bill.total)
  }

  @Test("recommendations.json gives the review's last bill, and the same bytes when it is written again")
  func file() throws {
    let review = try Self.review.get()
    let bytes = try Recommendations(fleet: review.study.fleet, month: review.study.month, review.verdicts).encoded()
    let read = try Recommendations(bytes: bytes, file: "recommendations.json")
    #expect(try read.encoded() == bytes)
    let changes = try readChanges(bytes, file: "recommendations.json", of: review.study.fleet)
    #expect(try review.study.outcome(Scenario(changes)).bill == review.steps.last?.bill)
    #expect(read.recommendations.reduce(.zero) { $0 + $1.saving } == review.saving)
  }

  @Test("Recommendations of another fleet are none of this one")
  func anotherFleet() throws {
    let fleet = try Self.review.get().study.fleet
    let text = #"{"fleet": "other", "month": "2026-10", "currency": "USD", "recommendations": []}"#
    let error = try #require(throws: DataError.self) {
      try readChanges(Array(text.utf8), file: "recommendations.json", of: fleet)
    }
    #expect(error.place.key == "fleet")
    #expect(error.expected == "recommendations for \(fleet.name)")
  }

  @Test(
    "A value of another kind is told what would be one, as JSON calls it",
    arguments: [
      ("[1]", "an object"), ("[{\"kind\": 1}]", "text"), ("{\"recommendations\": []}", "a value"),
      ("[{\"kind\": \"fixed-count\", \"service\": \"api\", \"count\": []}]", "a whole number"),
      (
        "{\"fleet\": \"x\", \"month\": \"2026-10\", \"currency\": \"USD\", \"recommendations\": 1}",
        "a list"
      ),
    ])
  func kinds(text: String, expected: String) throws {
    let error = try #require(throws: DataError.self) {
      try readChanges(Array(text.utf8), file: "changes.json", of: Self.review.get().study.fleet)
    }
    #expect(error.expected.description == expected)
  }

  @Test(
    "A file of changes that is none names the key and what it wants",
    arguments: [
      ("", "what is no JSON"), ("{}", "no such key"), ("[{\"kind\": \"paint\"}]", "a value that is none"),
      ("[{\"kind\": \"fixed-count\", \"service\": \"api\", \"count\": \"two\"}]", "a value of another kind"),
      ("[{\"kind\": \"fixed-count\", \"service\": \"api\", \"count\": -2}]", "a value that is none"),
    ])
  func faults(text: String, found: String) throws {
    let error = try #require(throws: DataError.self) {
      try readChanges(Array(text.utf8), file: "changes.json", of: Self.review.get().study.fleet)
    }
    #expect(error.place.file == "changes.json")
    #expect(error.found == found)
  }
}

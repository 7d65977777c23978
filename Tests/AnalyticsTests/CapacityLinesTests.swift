import Model
import Testing

@testable import Analytics

@Suite struct CapacityLinesTests {
  private func answer(_ line: String) -> String {
    Array(line.utf8).withUnsafeBufferPointer { capacityAnswer(to: $0, at: Place(file: "problems", line: 1)) }.line
  }

  private static let offers =
    #""offers":[{"capacity":6.25,"cost_percent":6.25},{"capacity":12.5,"cost_percent":12.5},{"capacity":25,"cost_percent":25}]"#
  /// Thirteen days of 3.2, an interval an hour.
  private static let steady =
    #""interval_seconds":3600,"history":[\#([String](repeating: "3.2", count: 24 * 13).joined(separator: ","))]"#

  @Test("The offer of least expected loss is answered as it is written")
  func answers() {
    // CapacityRuleTests: at thirteen days the step to 25 is still worth it; at half the weight that to 12.5 is, at twice too.
    for (risk, capacity) in [("", "25"), (#","risk":"expected""#, "25"), (#","risk":"bold""#, "12.5")] {
      #expect(
        answer("{\"id\":\"a\",\(Self.steady),\(Self.offers)\(risk)}") == "{\"capacity\":\(capacity),\"id\":\"a\"}")
    }
    #expect(
      answer(
        #"{"id":2,"interval_seconds":300,"hold_seconds":86400,"history":[1,null],"offers":[{"capacity":7e0,"cost_percent":1}]}"#
      )
        == #"{"capacity":7e0,"id":2}"#)
  }

  @Test("What used all that there was is at least as much as was used")
  func saturated() {
    // A tenth of two days of hours at 12.5: it is known to be enough, or short for a tenth: 200 more.
    let history = (0..<48).map { $0 % 10 == 0 ? "12.5" : "1" }.joined(separator: ",")
    for (key, capacity) in [("", "12.5"), (#","saturated_at":12.5"#, "25")] {
      #expect(
        answer(#"{"id":1,"interval_seconds":3600,"history":[\#(history)]\#(key),\#(Self.offers)}"#)
          == #"{"capacity":\#(capacity),"id":1}"#)
    }
  }

  @Test("Of offers that lose the same the first is taken")
  func ties() {
    let offer = #"{"capacity":9,"cost_percent":4}"#
    let first = #"{"capacity":10,"cost_percent":4}"#
    #expect(
      answer(#"{"id":1,"interval_seconds":300,"history":[1],"offers":[\#(first),\#(offer)]}"#)
        == #"{"capacity":10,"id":1}"#)
  }

  @Test(
    "A line that is no problem says where",
    arguments: [
      (
        #"{"id":1,"interval_seconds":300,"history":[1]}"#,
        #"problems:1: found no \"offers\", expected a list of objects"#
      ),
      (
        #"{"id":1,"offers":[],"interval_seconds":300,"history":[1]}"#,
        "problems:1: offers: found 0 offers, expected from 1 to 10000"
      ),
      (
        #"{"id":1,"offers":[{"capacity":1,"cost_percent":1}],"interval_seconds":0,"history":[1]}"#,
        "problems:1: interval_seconds: found 0, expected from 1 to 86400"
      ),
      (
        #"{"id":1,"offers":[{"capacity":1,"cost_percent":1}],"interval_seconds":300,"hold_seconds":0,"history":[1]}"#,
        "problems:1: hold_seconds: found 0, expected from 1 to 3153600000"
      ),
      (
        #"{"id":1,"offers":[{"capacity":1,"cost_percent":1}],"interval_seconds":300,"history":[]}"#,
        "problems:1: history: found nothing, expected what was needed, a number at least"
      ),
      (
        #"{"id":1,"offers":[{"capacity":1,"cost_percent":1}],"interval_seconds":300,"history":[null]}"#,
        "problems:1: history: found nothing but null, expected what was needed, a number at least"
      ),
      (
        #"{"id":1,"offers":[{"capacity":1,"cost_percent":1}],"interval_seconds":300,"history":[NaN]}"#,
        #"problems:1: history[0]: found \"NaN\", expected a number that is not negative, or null"#
      ),
      (
        #"{"id":1,"offers":[{"capacity":1,"cost_percent":1}],"interval_seconds":300,"history":[1e999]}"#,
        #"problems:1: history[0]: found \"1e999\", expected a number that is not negative, or null"#
      ),
      (
        #"{"id":1,"offers":[{"capacity":-1,"cost_percent":1}],"interval_seconds":300,"history":[1]}"#,
        "problems:1: offers[0].capacity: found -1, expected a number that is not negative"
      ),
      (
        #"{"id":1,"offers":[{"capacity":1,"cost_percent":1}],"interval_seconds":300,"history":[1],"risk":"brave"}"#,
        #"problems:1: risk: found \"brave\", expected one of \"bold\", \"expected\", \"cautious\""#
      ),
    ])
  func errors(line: String, message: String) {
    #expect(answer(line) == #"{"error":"\#(message)","id":1}"#)
  }
}

import Model
import Testing

@testable import Analytics

@Suite struct ForecastLinesTests {
  private func answer(_ line: String) -> String {
    Array(line.utf8).withUnsafeBufferPointer { forecastAnswer(to: $0, at: Place(file: "problems", line: 1)) }.line
  }

  private func problem(
    id: String = "1", values: String = "[1,2]", seasons: String = "[24]", horizon: String = "2", levels: String = "[80]"
  ) -> String {
    #"{"id":\#(id),"step_seconds":3600,"seasons":\#(seasons),"values":\#(values),"horizon":\#(horizon),"levels":\#(levels)}"#
  }

  @Test("An answer has its keys sorted and numbers as short as they are; equal values stay as they are")
  func answers() {
    #expect(
      answer(problem(id: #""a""#, values: "[2.50,null,2.5e0]", levels: "[95,5]"))
        == #"{"id":"a","lower":{"5":[2.5,2.5],"95":[2.5,2.5]},"mean":[2.5,2.5],"model":"constant","upper":{"5":[2.5,2.5],"95":[2.5,2.5]}}"#
    )
    // Twelve digits, and a zero without a sign.
    #expect(
      answer(problem(values: "[0.12345678901234567]", horizon: "1", levels: "[]"))
        == #"{"id":1,"lower":{},"mean":[0.123456789012],"model":"constant","upper":{}}"#)
    #expect(
      answer(problem(values: "[-0.0]", horizon: "1", levels: "[]"))
        == #"{"id":1,"lower":{},"mean":[0],"model":"constant","upper":{}}"#)
    #expect(
      answer(problem(values: "[-1e15,-1000000000000000]", horizon: "1", levels: "[]"))
        == #"{"id":1,"lower":{},"mean":[-1000000000000000],"model":"constant","upper":{}}"#)
  }

  @Test("Two values are no more than a step: the last, and as far from it as that step, the further the later")
  func two() {
    // |2 - 1| × √1 and √2, at level 68, of which the normal quantile is 0.994 and Student's with 3 degrees 1.19: 1.2 times;
    // a limit is not below 0, for no value is.
    let text = answer(problem(levels: "[68]"))
    #expect(text.hasPrefix(#"{"id":1,"lower":{"68":[0.8"#), "\(text)")
    #expect(text.contains(#""mean":[2,2],"model":"last value","upper":{"68":[3.1"#), "\(text)")
  }

  @Test(
    "A line that is no problem is answered with what is wrong, and where",
    arguments: [
      ("{", "problems:1: found nothing, expected a key in double quotes", "null"),
      (#"{"id":4}"#, #"problems:1: found no "values", expected a list of numbers"#, "4"),
    ])
  func broken(line: String, message: String, id: String) {
    #expect(answer(line).contains(#""error":"#) && answer(line).hasSuffix(#""id":\#(id)}"#), "\(answer(line))")
  }

  @Test("A value, level, season or horizon that cannot be is named")
  func faults() {
    let cases = [
      (problem(values: #"[1,"2"]"#), #"values: found \"2\", expected numbers, or null"#),
      (problem(values: "[1,1e999]"), "values: found inf, expected numbers of at most 1e15 in size"),
      (problem(values: "[1,NaN]"), #"values: found \"NaN\", expected numbers, or null"#),
      (problem(values: "{}"), "values: found an object, expected a list of numbers"),
      (problem(values: "[]"), "values: found no value, expected one at least"),
      (problem(values: "[null]"), "values: found no value, expected one at least"),
      (problem(seasons: "[1.5]"), "seasons: found a list, expected whole numbers"),
      (problem(seasons: "[-24]"), "seasons: found -24, expected from 2 to 200000"),
      (problem(levels: "[99.5]"), "levels: found a list, expected whole numbers"),
      (problem(levels: "[100]"), "levels: found 100, expected from 1 to 99"),
      (problem(horizon: "0"), "horizon: found 0, expected from 1 to 20000"),
      (problem(horizon: "1e18"), "horizon: found 1e18, expected a whole number from 0 to 1000000000000"),
      (problem(horizon: "-1"), "horizon: found -1, expected a whole number from 0 to 1000000000000"),
    ]
    for (line, message) in cases {
      #expect(answer(line) == #"{"error":"problems:1: \#(message)","id":1}"#)
    }
  }

  @Test("Half a million values, more than may be, are refused and not forecast")
  func many() {
    let values = "[" + [String](repeating: "1", count: 500_000).joined(separator: ",") + "]"
    #expect(answer(problem(values: values)).contains("values: found 500000 values, expected at most 200000"))
  }
}

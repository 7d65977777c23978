import Model
import Testing

@testable import Analytics

@Suite struct BuyLinesTests {
  private func answer(_ line: String) -> String {
    Array(line.utf8).withUnsafeBufferPointer { buyAnswer(to: $0, at: Place(file: "problems", line: 1)) }.line
  }

  private static func hours(_ units: Int, from birth: Int = 0) -> String {
    (0..<800).map { $0 < birth ? "0" : "\(units)" }.joined(separator: ",")
  }
  private static let options = #""options":[{"name":"1y","term_hours":8760,"upfront":0,"hourly":54000}]"#
  private static func pool(_ name: String, _ hours: String, _ existing: String = "") -> String {
    #"{"name":"\#(name)","unit_hours":[\#(hours)],"on_demand":85000,\#(options),"existing":[\#(existing)]}"#
  }

  @Test("What to buy is named by pool and option, and by plan in cents")
  func answers() {
    let held = #"{"units":1,"hours_left":730,"option":"1y"}"#
    let pools = [Self.pool("new", Self.hours(4, from: 9), held), Self.pool("aged", Self.hours(10))].joined(
      separator: ",")
    let plan =
      #"{"name":"compute","term_hours":8760,"rates":{"new":62000,"aged":62000},"existing":[{"cents_per_hour":12,"hours_left":700}]}"#
    // The new pool lacks 3 units. 10 old ones take 62 cents, of which 12 are held.
    #expect(
      answer(#"{"id":"x@1","pools":[\#(pools)],"shared":[\#(plan)],"month_hours":730,"risk":"expected"}"#)
        == #"{"buy":{"compute":50,"new/1y":3},"id":"x@1"}"#)
    #expect(answer(#"{"id":5,"pools":[],"shared":[]}"#) == #"{"buy":{},"id":5}"#)
    #expect(answer(#"{"id":5,"pools":[\#(Self.pool("p", Self.hours(2)))]}"#) == #"{"buy":{"p/1y":2},"id":5}"#)
  }

  @Test(
    "A line that is no problem says where",
    arguments: [
      (#"{"id":1}"#, #"problems:1: found no \"pools\", expected a list of objects"#),
      (
        #"{"id":1,"pools":[{"name":"p"}]}"#,
        #"problems:1: pools[0]: found no \"unit_hours\", expected a list of whole numbers"#
      ),
      (
        #"{"id":1,"pools":[{"name":"p","unit_hours":[-1],"on_demand":1}]}"#,
        #"problems:1: pools[0].unit_hours[0]: found \"-1\", expected a whole number from 0 to 9223372036854775807"#
      ),
      (
        #"{"id":1,"pools":[{"name":"p","unit_hours":[],"on_demand":1},{"name":"p","unit_hours":[],"on_demand":1}]}"#,
        #"problems:1: pools: found \"p\" twice, expected a name for each"#
      ),
      (
        #"{"id":1,"pools":[],"shared":[{"name":"s","term_hours":1,"rates":{"q":1}}]}"#,
        "problems:1: shared[0].rates.q: found 1, expected rates of the pools of the line"
      ),
      (
        #"{"id":1,"pools":[],"shared":[{"name":"s","term_hours":1,"rates":5}]}"#,
        "problems:1: shared[0].rates: found 5, expected an object"
      ),
      (
        #"{"id":1,"pools":[{"name":"p","unit_hours":[1],"on_demand":1,"options":[{"name":"o","term_hours":1,"upfront":0,"hourly":1}]}],"shared":[{"name":"p/o","term_hours":1,"rates":{}}]}"#,
        #"problems:1: found \"p/o\" twice, expected purchases of different names"#
      ),
      (
        #"{"id":1,"pools":[],"month_hours":0}"#, "problems:1: month_hours: found 0, expected from 1 to 131072"
      ),
      (#"{"id":1,"pools":[[]]}"#, #"problems:1: found \"[]]}\", expected an object"#),
    ])
  func errors(line: String, message: String) {
    #expect(answer(line) == #"{"error":"\#(message)","id":1}"#)
  }
}

import Model
import Testing

@testable import Analytics

@Suite struct ScaleLinesTests {
  private func answer(_ line: String) -> String {
    Array(line.utf8).withUnsafeBufferPointer { scaleAnswer(to: $0, at: Place(file: "problems", line: 1)) }.line
  }

  private static let steps = #"""
    "steps":[{"lower":0,"upper":10,"adjustment":0},{"lower":10,"upper":20,"adjustment":10},{"lower":20,"upper":null,"adjustment":30}]
    """#
  private static let group = #""capacity":10,"minimum":1,"maximum":100"#

  @Test(
    "A decision is made as AWS documents it",
    arguments: [
      // AlarmThatSendsEmail.md: the alarm goes off, for all that is there breaches; OK, for one does not.
      (
        #"{"id":1,"kind":"alarm","datapoints":["-","-","X","-","-"],"m":3,"n":3,"treat_missing":"missing","previous":"OK"}"#,
        #"{"id":1,"state":"ALARM"}"#
      ),
      (
        #"{"id":"b","kind":"alarm","datapoints":["0","-","X","-","X"],"m":3,"n":3,"treat_missing":"breaching","previous":"OK"}"#,
        #"{"id":"b","state":"OK"}"#
      ),
      (
        #"{"id":2,"kind":"alarm","datapoints":[],"m":1,"n":3,"treat_missing":"ignore","previous":"ALARM"}"#,
        #"{"id":2,"state":"ALARM"}"#
      ),
      // as-scaling-simple-step.md: 10 more than 50 is 10 % of 10.
      (
        #"{"id":3,"kind":"step",\#(group),"adjustment_type":"PercentChangeInCapacity","threshold":50,"metric":60,"direction":"above",\#(steps)}"#,
        #"{"capacity":11,"id":3}"#
      ),
      // Below the threshold the alarm is off.
      (
        #"{"id":4,"kind":"step",\#(group),"adjustment_type":"ExactCapacity","threshold":50,"metric":49.9,"direction":"above",\#(steps)}"#,
        #"{"capacity":10,"id":4}"#
      ),
      // as-scaling-target-tracking.md: in proportion, rounded up, and within the limits.
      (#"{"id":5,"kind":"target",\#(group),"metric":75,"target":50}"#, #"{"capacity":15,"id":5}"#),
      (
        #"{"id":6,"kind":"target","capacity":3,"minimum":1,"maximum":4,"metric":75,"target":50}"#,
        #"{"capacity":4,"id":6}"#
      ),
      // as-using-sqs-queue.md.
      (
        #"{"id":7,"kind":"backlog","messages":1500,"seconds_per_message":0.1,"target_latency_seconds":10,"capacity":10}"#,
        #"{"capacity":15,"id":7}"#
      ),
      (
        #"{"id":8,"kind":"backlog","messages":1500,"seconds_per_message":0.1,"target_latency_seconds":0,"capacity":10}"#,
        #"{"error":"problems:1: target_latency_seconds: found 0, expected a number above 0, of at most 1000000","id":8}"#
      ),
      (
        #"{"id":9,"kind":"target",\#(group),"metric":75,"target":0}"#,
        #"{"error":"problems:1: target: found 0, expected a number from 0.001 to 1000000","id":9}"#
      ),
      (
        #"{"id":10,"kind":"alarm","datapoints":["1"],"m":1,"n":1,"treat_missing":"missing"}"#,
        #"{"error":"problems:1: datapoints: found a list, expected \"0\", \"X\" and \"-\" for missing","id":10}"#
      ),
    ])
  func decisions(line: String, expected: String) {
    #expect(answer(line) == expected)
  }
}

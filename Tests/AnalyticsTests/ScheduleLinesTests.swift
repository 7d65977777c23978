import Model
import Testing

@testable import Analytics

@Suite struct ScheduleLinesTests {
  private func answer(_ line: String) -> String {
    Array(line.utf8).withUnsafeBufferPointer { scheduleAnswer(to: $0, at: Place(file: "problems", line: 1)) }.line
  }

  @Test("A week is answered with its cost and the slots at which the capacity changes")
  func answers() {
    // 3 at both ends of the week and 1 between: 4 x 3 + 4 x 1 + 2 changes of 1 each = 18.
    #expect(
      answer(
        #"{"id":"a","input":{"slots":8,"quantile":0.9,"required":[3,3,1,1,1,1,3,3],"max_changes":2,"change_cost":1}}"#)
        == #"{"changes":[[2,1],[6,3]],"cost":18,"id":"a"}"#)
    // No change: 3 x 4.
    #expect(
      answer(#"{"id":7,"input":{"slots":3,"required":[1,4.0,2],"max_changes":0,"change_cost":1}}"#)
        == #"{"changes":[[0,4]],"cost":12,"id":7}"#)
  }

  @Test(
    "A line that is no problem says where",
    arguments: [
      (#"{"id":1}"#, #"problems:1: found no \"input\", expected a list of objects"#),
      (#"{"id":1,"input":[]}"#, #"problems:1: found no \"input\", expected an object"#),
      (
        #"{"id":1,"input":{"slots":1}}"#, #"problems:1: input: found no \"required\", expected a list of whole numbers"#
      ),
      (
        #"{"id":1,"input":{"slots":2,"required":[1],"max_changes":1,"change_cost":1}}"#,
        #"problems:1: input.slots: found 2, expected 1, as many as \"required\" has"#
      ),
      (
        #"{"id":1,"input":{"slots":1,"required":[1.5],"max_changes":1,"change_cost":1}}"#,
        #"problems:1: input.required[0]: found \"1.5\", expected a whole number from 0 to 9223372036854775807"#
      ),
      (
        #"{"id":1,"input":{"slots":1,"required":[null],"max_changes":1,"change_cost":1}}"#,
        #"problems:1: input.required[0]: found \"null\", expected a whole number from 0 to 9223372036854775807"#
      ),
      (
        #"{"id":1,"input":{"slots":1,"required":[9223372036854775807],"max_changes":1,"change_cost":1}}"#,
        #"problems:1: required: found 9223372036854775807 in slot 0, expected whole numbers from 0 to 1000000000000"#
      ),
      (
        #"{"id":1,"input":{"slots":1,"required":[1],"max_changes":-1,"change_cost":1}}"#,
        #"problems:1: input.max_changes: found -1, expected a whole number from 0 to 1000000000000"#
      ),
      (
        #"{"id":1,"input":{"slots":0,"required":[],"max_changes":1,"change_cost":1}}"#,
        #"problems:1: required: found 0 slots, expected from 1 to 10080, the minutes of a week"#
      ),
    ])
  func errors(line: String, message: String) {
    #expect(answer(line) == #"{"error":"\#(message)","id":1}"#)
  }
}

import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

@Suite struct DailyCostsTests {
  @Test(
    "A day that ran whole is a day, the first of the store too; one that ran in part is none", arguments: [0, 3600])
  func firstDay(late: Int64) throws {
    // Two m5.large at 0.096 an hour: 4.608 a day.
    var month = TinyMonth(count: 2)
    for index in month.runs.indices { month.runs[index].started = october.start.advanced(by: late) }
    let end = october.start.advanced(by: 3 * 86_400)
    let costs = try DailyCosts(try month.study(), until: end, most: 30)
    let days = late == 0 ? 3 : 2
    #expect(costs.past.past.values == [Double?](repeating: 4.608, count: days))
  }
}

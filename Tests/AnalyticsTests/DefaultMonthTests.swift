import Foundation
import Model
import Synchronization
import TestSupport
import Testing

@testable import Analytics

/// Which month is asked about where none is named, and what samples that have not come yet do to it.
@Suite struct DefaultMonthTests {
  private let now = Instant("2026-11-20T12:00:00Z")!

  /// The month of a question that names none, and what was said of another.
  private func month(_ own: OwnFleetStore, now: Instant?) throws -> (month: Month, said: [PassedOverMonth]) {
    let heard = Heard()
    let workspace = try Workspace(store: own.store, now: now, monthPassedOver: heard.hear)
    return (try workspace.study(month: nil).month, heard.months.withLock { $0 })
  }

  private final class Heard: Sendable {
    let months = Mutex<[PassedOverMonth]>([])

    @Sendable func hear(_ month: PassedOverMonth) { months.withLock { $0.append(month) } }
  }

  /// The guide's own fleet, whose users were counted until the end of October.
  private func store() throws -> OwnFleetStore {
    let own = try OwnFleetStore(users: [("2026-10-02", 100), ("2026-10-30", 100), ("2026-11-02", 100)])
    try own.importFleet(support: "10")
    return own
  }

  @Test("Samples of days to come move no month, and without a clock the last ones do")
  func ahead() throws {
    let own = try store()
    #expect(try month(own, now: now).month == Month("2026-10"))
    try own.importUsers(on: "2031-05-02", 100)
    let answer = try month(own, now: now)
    #expect(answer.month == Month("2026-10") && answer.said.isEmpty)
    // Behind all samples a clock tells nothing.
    #expect(try month(own, now: Instant("2020-01-01T00:00:00Z")!).month == Month("2026-11"))
  }

  @Test("A month of which nothing was measured is passed over, and that is said")
  func unmeasured() throws {
    let own = try store()
    // November and December are over, and only January has a sample.
    try own.importUsers(on: "2027-02-02", 100)
    let answer = try month(own, now: Instant("2027-02-10T00:00:00Z")!)
    #expect(answer.month == Month("2026-11"))
    #expect(answer.said == [PassedOverMonth(passed: Month("2027-01")!, taken: Month("2026-11")!)])
  }

  @Test("A month that has not begun is asked about in vain, unless samples or a clock behind them reach into it")
  func notBegun() throws {
    let own = try store()
    let workspace = try Workspace(store: own.store, now: now)
    let error = #expect(throws: DataError.self) { try workspace.study(month: "2026-12") }
    #expect(error?.found == "2026-12, which has not begun" && error?.kind == .usage)
    #expect(error.map { $0.expected.description.hasPrefix("a month up to 2026-11;") } == true)
    // The users reach to November, whatever the clock says.
    _ = try Workspace(store: own.store, now: Instant("2020-01-01T00:00:00Z")!).study(month: "2026-11")
    _ = try workspace.study(month: "2026-11")
  }

  @Test("Samples later than a day from now are counted and told, and refused where impossible values are")
  func future() throws {
    let own = try store()
    let text = """
      timestamp,service,resource,metric,value
      2026-11-21T11:59:00Z,web,i-1,cpu_percent,4
      2026-11-21T12:01:00Z,web,i-1,cpu_percent,4
      2031-01-01T00:00:00Z,web,i-1,cpu_percent,4

      """
    let path = try own.write("future.csv", text)
    var options = UtilisationOptions()
    options.now = now
    options.refusesImpossibleValues = true
    var strict = try own.importer.utilisation(options)
    let error = #expect(throws: DataError.self) { try strict.importFile(path) { _ in nil } }
    let words =
      "later than 2026-11-21T12:00:00Z, which has not come yet: cpu_percent (2 samples, up to 2031-01-01T00:00:00Z)"
    #expect(error?.found == "values \(words)")
    options.refusesImpossibleValues = false
    var lenient = try own.importer.utilisation(options)
    #expect(try lenient.importFile(path) { _ in nil }.map(\.description).contains("  \(words)"))
  }
}

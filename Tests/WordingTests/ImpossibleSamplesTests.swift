import Analysis
import Analytics
import Model
import Reporting
import StudySupport
import TestSupport
import Testing

@testable import Wording

/// Samples that a metric cannot have: named in what rests on them, and not on import alone.
@Suite struct ImpossibleSamplesTests {
  private let grid = SampleGrid(period: october)

  /// A month in which the CPU of both instances is 130 % in the first two slots, and negative in the third of one.
  private var month: TinyMonth {
    var month = TinyMonth()
    for (index, run) in month.runs.enumerated() {
      month.series.append(
        samples(run.service, run.resource, .cpuPercent, on: grid) { $0 < 2 ? 130 : $0 == 2 && index == 0 ? -5 : 30 })
      month.series.append(samples(run.service, run.resource, .memoryPercent, on: grid) { _ in 40 })
    }
    return month
  }

  @Test("A review counts them by service and metric, once however often they are read")
  func review() throws {
    let review = try month.review()
    // 2 of one instance and 3 of the other.
    #expect(
      review.impossible.map { "\($0.service) \($0.metric.rawValue) \($0.resources) \($0.samples)" } == [
        "app cpu_percent 2 5"
      ])
    let text = String(decoding: MarkdownFormat().render(reviewDocument(PrintedReview(review))), as: UTF8.self)
    #expect(text.contains(" samples of app cannot be: left out, or above 100 % taken for 100 %"))
    #expect(try TinyMonth().review().impossible == [])
  }

  @Test("What analysis takes instead tells which samples were meant")
  func instants() {
    let series = Series(
      key: SeriesKey(service: "a", resource: "b", metric: .memoryPercent), instants: [10, 20, 30, 40],
      mantissas: [50, 0, 101, 60], scale: 0)
    // 0 % of memory is left out, 101 % is taken for 100 %.
    #expect(series.instants(otherwiseIn: series.plausible) == [20, 30])
    #expect(series.instants(otherwiseIn: series) == [])
    #expect(series.instants(otherwiseIn: nil) == [10, 20, 30, 40])
  }
}

import Model
import Testing

@testable import Store

/// What the series of a service are together.
@Suite struct ServiceStatusTests {
  @Test("Samples, gaps, conflicts and bytes add up, the ends are the outermost, and services stay apart")
  func sums() {
    let services = serviceStatus([
      status("a", "i-1", samples: 10, from: 600, step: 300, gaps: 1, conflicts: 2),
      status("a", "i-2", samples: 5, from: 0, step: 300, gaps: 2, conflicts: 0),
      status("b", "i-1", samples: 3, from: 900, step: 60),
    ])
    #expect(services.map(\.service) == ["a", "b"])
    #expect(services.map(\.series) == [2, 1])
    #expect(services.map(\.samples) == [15, 3])
    // i-1 ends at 600 + 9 x 300 = 3300, i-2 at 4 x 300 = 1200.
    #expect(services[0].first == october && services[0].last == october.advanced(by: 3300))
    #expect(services.map(\.gaps) == [3, 0])
    #expect(services.map(\.conflicts) == [2, 0])
    // A byte for each sample.
    #expect(services.map(\.bytes) == [15, 3])
    #expect(services[0].coverage == Coverage(seen: 15, expected: 30))
    #expect(serviceStatus([]) == [])
  }

  @Test("The usual step is that of most samples, not of most series, and the shortest of several")
  func step() {
    let many = status("a", "i-1", samples: 10, step: 300)
    let few = (2...4).map { status("a", "i-\($0)", samples: 3, step: 60) }
    // Ten samples at 300 s, nine at 60 s.
    #expect(serviceStatus([many] + few).map(\.stepSeconds) == [300])
    let even = [status("a", "i-1", samples: 4, step: 300), status("a", "i-2", samples: 4, step: 60)]
    #expect(serviceStatus(even).map(\.stepSeconds) == [60])
    #expect(serviceStatus([status("a", "i-1", samples: 1, step: nil)]).map(\.stepSeconds) == [nil])
  }

  @Test("The longest gap is that of any series, of equal ones the earliest")
  func gap() {
    let gap = { (start: Int64, seconds: Int64) in
      Period(start: october.advanced(by: start), end: october.advanced(by: start + seconds))
    }
    let services = serviceStatus([
      status("a", "i-1", samples: 2, longestGap: gap(5000, 900)), status("a", "i-2", samples: 2),
      status("a", "i-3", samples: 2, longestGap: gap(1000, 900)),
      status("a", "i-4", samples: 2, longestGap: gap(0, 600)), status("b", "i-1", samples: 2),
    ])
    #expect(services.map(\.longestGap) == [gap(1000, 900), nil])
  }

  /// A series of which half of the expected samples are there, each packed into a byte.
  private func status(
    _ service: String, _ resource: String, samples: Int, from start: Int64 = 0, step: Int64? = 300, gaps: Int = 0,
    conflicts: Int = 0, longestGap: Period? = nil
  ) -> SeriesStatus {
    let first = october.advanced(by: start)
    return SeriesStatus(
      key: SeriesKey(service: service, resource: resource, metric: .cpuPercent), samples: samples, first: first,
      last: first.advanced(by: Int64(samples - 1) * (step ?? 0)), stepSeconds: step,
      coverage: Coverage(seen: samples, expected: 2 * samples), gaps: gaps, longestGap: longestGap,
      conflicts: conflicts, bytes: samples)
  }
}

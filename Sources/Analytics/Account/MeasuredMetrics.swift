import Ingest
import Model
import Reading

/// Which metrics files of utilisation have, by resource, and whether users were counted; nothing is stored.
struct MeasuredMetrics {
  private(set) var metrics: [String: Set<Metric>] = [:]
  private(set) var hasUsers = false

  /// - Parameter runs: which service each resource is of.
  init(_ paths: [String], runs: [InstanceRun]) {
    let services = Dictionary(runs.map { ($0.resource, $0.service) }) { first, _ in first }
    let naming = SeriesNaming(serviceOfResource: services)
    for path in paths {
      // What is wrong with a file its import says.
      guard let source = try? ByteSource.open(path: path),
        var reading = try? UtilisationReading(source, layout: nil, ReadOptions())
      else { continue }
      var interpreter = SampleInterpreter(file: path, naming: naming, clock: nil)
      _ = try? reading.read(&interpreter, progress: { _ in }) { _, keys in
        for key in keys {
          metrics[key.resource, default: []].insert(key.metric)
          if key.metric == .concurrentUsers { hasUsers = true }
        }
      }
    }
  }
}

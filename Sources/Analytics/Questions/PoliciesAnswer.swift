import Advice
import Ingest
import Model
import Reading

/// What files of other programs say of scaling, target by target, and what of it cannot be said here.
public struct PoliciesAnswer: Sendable {
  /// As they were named.
  public let files: [String]
  package let configuration: ScalingConfiguration
  /// When its alerts fired in a month; nil where nobody asked.
  package var fired: FiredAlerts?

  package struct FiredAlerts: Sendable {
    package let scope: MonthScope
    package let findings: [AlertFinding]
  }

  /// Something that is scaled.
  public struct Target: Sendable {
    /// Its name in the file.
    public let name: String
    /// nil where no file says so.
    public let minimum, maximum: Int?
    /// The names of its policies and of its scheduled actions.
    public let policies, scheduledActions: [String]
  }

  /// What is scaled, in the order of the files.
  public var targets: [Target] {
    configuration.targets.map { target in
      Target(
        name: target.name, minimum: target.minimum, maximum: target.maximum, policies: target.policies.map(\.name),
        scheduledActions: target.actions.map(\.name))
    }
  }

  /// What cannot be said here, each with its place and the reason.
  public var refused: [(place: Place, name: String, reason: String)] {
    configuration.refused.map { ($0.place, $0.name, $0.reason) }
  }
}

/// Reads files that say what scales: templates, answers of the cloud, plans, rules, objects of Kubernetes, and texts in
/// markdown with blocks of such.
/// - Parameter paths: `-` for standard input.
/// - Throws: `DataError` for all that is wrong with a file.
public func policies(of paths: [String]) throws -> PoliciesAnswer {
  PoliciesAnswer(files: paths, configuration: try readPolicyFiles(paths).configuration)
}

/// What files say of scaling, with the places of their figures.
func readPolicyFiles(_ paths: [String]) throws(DataError) -> ReadPolicies {
  var files: [InputFile] = []
  for path in paths {
    let file = try InputFile.read(path: path)
    if let same = files.first(where: { $0.bytes == file.bytes }) {
      throw DataError(
        Place(file: path), found: "the same text as that of \(same.name)", expected: "each file once", kind: .usage)
    }
    files.append(file)
  }
  return try readPolicies(files)
}

extension Workspace {
  /// The same, with the times at which its alerts would have fired in a month.
  /// - Throws: `DataError` for all that is wrong with a file, and when the month cannot be studied.
  public func policies(of paths: [String], month: String?) throws -> PoliciesAnswer {
    var answer = try Analytics.policies(of: paths)
    let rules = answer.configuration.alerts
    answer.fired = try self.answer(month: month) { study in
      let mapping = MetricMapping(study.fleet)
      let metrics = Dictionary(rules.map { ($0.expression.value.metric, 0) }) { first, _ in first }
        .keys.reduce(into: [String: Metric]()) { known, name in known[name] = mapping.known(name) }
      return PoliciesAnswer.FiredAlerts(
        scope: MonthScope(study), findings: try AlertReview(study.context, metrics: metrics).findings(rules))
    }
    return answer
  }
}

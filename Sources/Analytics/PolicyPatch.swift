import Ingest
import Model
import Reading

/// A file of another program with the figures of a fleet's scaling in place of its own; all else in it is as it was.
public struct PatchedPolicies: Sendable {
  /// The text of the file.
  public let text: String
  /// What is otherwise in it now: `policy cpu of web: target 70 is now 60`.
  public let changes: [String]
  /// What could not be put into it, by name and with the reason.
  public let notes: [String]
}

/// Puts figures of a fleet's scaling where a file has its own: targets, thresholds, times, steps, counts, recurrences, expressions.
///
/// Targets are told by their names, which may be those of groups of services; policies, actions and alerts by theirs, or by being the
/// only one of their kind and metric.
/// - Parameters:
///   - format: the format that the file must be in.
///   - scaling: the fleet's.
/// - Throws: `DataError` for all that is wrong with the file.
public func patchedPolicies(
  of path: String, format: String, by scaling: ConfiguredScaling
) throws -> PatchedPolicies {
  let file = try InputFile.read(path: path)
  let read = try readPolicies([file], keepsColumns: true)
  let wanted = readableFormats[format] ?? []
  guard !read.formats.isDisjoint(with: wanted) else {
    throw DataError(
      Place(file: file.name), found: read.formats.sorted().joined(separator: ", "),
      expected: wanted.isEmpty ? "a format whose files are read" : wanted.joined(separator: " or "), kind: .usage)
  }
  var patch = PolicyPatch(read.sites)
  patch.compare(read.configuration, with: scaling.configuration)
  return PatchedPolicies(text: patch.applied(to: try file.text()), changes: patch.changes, notes: patch.notes)
}

/// The formats that files are read in, by those that are written.
private let readableFormats = [
  "cloudformation": ["cloudformation"], "terraform": ["terraform-json"], "aws-cli": ["aws-inputs", "aws-answers"],
  "hpa": ["kubernetes"], "keda": ["kubernetes"], "prometheus": ["prometheus-rules"],
]

/// The changes to a file, and what they are in words.
private struct PolicyPatch {
  /// A change of what stands at a place.
  struct Edit {
    var line, column: Int
    var old, new: String
    /// Whose figure it is, and which.
    var words, figure: String
  }

  private let sites: [FigureKey: FigureSite]
  private var edits: [Edit] = []
  private(set) var changes: [String] = []
  private(set) var notes: [String] = []

  init(_ sites: [FigureSite]) {
    self.sites = Dictionary(sites.map { ($0.key, $0) }) { first, _ in first }
  }

  // MARK: What differs

  mutating func compare(_ own: ScalingConfiguration, with fleet: ScalingConfiguration) {
    for target in own.targets {
      guard let wanted = fleet.targets.first(where: { target.isCalled($0.name) }) else {
        notes.append("\(target.name): the fleet has no service that is called so")
        continue
      }
      compare(target.figures, with: wanted.figures, target.name, nil, "limits of \(target.name)")
      for policy in target.policies {
        let words = "policy \(policy.name) of \(target.name)"
        guard let like = like(policy, in: target, among: wanted.policies) else {
          notes.append("\(words): the fleet has none of that name, nor one that is alone of its kind and metric")
          continue
        }
        comparePolicy(policy, with: like, target.name, words)
      }
      for action in target.actions {
        let words = "scheduled action \(action.name) of \(target.name)"
        guard let like = wanted.actions.first(where: { $0.name == action.name }) else {
          notes.append("\(words): the fleet has none of that name")
          continue
        }
        compare(action.figures, with: like.figures, target.name, action.name, words)
      }
    }
    for alert in own.alerts {
      guard let like = fleet.alerts.first(where: { $0.name == alert.name }) else {
        notes.append("alert \(alert.name): the fleet has none of that name")
        continue
      }
      compareAlert(alert, with: like)
    }
  }

  /// Of other steps than the file's no part is taken: a step means nothing without those beside it.
  private mutating func comparePolicy(
    _ own: ScalingPolicy, with like: ScalingPolicy, _ target: String, _ words: String
  ) {
    var (figures, wanted) = (own.figures, like.figures)
    let steps = figures.keys.filter { $0.hasPrefix("steps") }
    if !own.steps.isEmpty, Set(steps) != Set(wanted.keys.filter { $0.hasPrefix("steps") }) {
      notes.append("\(words): the fleet has steps of another number or with other ends, and all of them stay")
      figures = figures.filter { !$0.key.hasPrefix("steps") }
      wanted = wanted.filter { !$0.key.hasPrefix("steps") }
    }
    compare(figures, with: wanted, target, own.name, words)
  }

  /// The file's metrics keep their names; what is compared are numbers and times.
  private mutating func compareAlert(_ own: AlertExpressionRule, with like: AlertExpressionRule) {
    var expression = own.expression
    var threshold = like.expression.threshold
    let isShare = own.expression.divisor != nil && like.expression.divisor == nil
    if isShare {
      // Percent of a whole here, a share of one there.
      guard like.expression.value.metric.hasSuffix("_percent"), threshold.scale <= 16 else {
        return notes.append("alert \(own.name): its share is of something else than the fleet's")
      }
      threshold = ScaledDecimal(mantissa: threshold.mantissa, scale: threshold.scale + 2).normalised
    }
    expression.threshold = threshold
    var wanted = own
    (wanted.expression, wanted.duration) = (expression, like.duration)
    compare(own.figures, with: wanted.figures, own.group, own.name, "alert \(own.name)")
  }

  private func like(
    _ policy: ScalingPolicy, in target: ScaledTarget, among wanted: [ScalingPolicy]
  ) -> ScalingPolicy? {
    if let same = wanted.first(where: { $0.name == policy.name }) { return same }
    func isLike(_ other: ScalingPolicy) -> Bool {
      other.kind == policy.kind && other.metric == policy.metric && other.isBelow == policy.isBelow
    }
    let candidates = wanted.filter(isLike)
    return candidates.count == 1 && target.policies.filter(isLike).count == 1 ? candidates.first : nil
  }

  private mutating func compare(
    _ own: [String: String], with wanted: [String: String], _ target: String, _ part: String?, _ words: String
  ) {
    for figure in Set(own.keys).union(wanted.keys).sorted() where own[figure] != wanted[figure] {
      guard let new = wanted[figure] else {
        if part != nil { notes.append("\(words): the fleet says no \(figure), and \(own[figure] ?? "") stays") }
        continue
      }
      guard let site = sites[FigureKey(target, part, figure)] else {
        notes.append("\(words): \(figure) would be \(new), which the file does not say")
        continue
      }
      guard let line = site.node.line, let column = site.node.column, let old = site.node.text else {
        notes.append("\(words): \(figure) would be \(new), and is worked out where the file stands for it")
        continue
      }
      let text = ScaledDecimal(new).map { "\($0.multiplied(by: site.multiplier).normalised)" } ?? new
      edits.append(
        Edit(
          line: line, column: column, old: old, new: text, words: words, figure: figure))
    }
  }

  // MARK: The text

  /// The text with every change, from the last to the first, so that places hold.
  mutating func applied(to text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
    var done: [Edit] = []
    for edit in edits.sorted(by: { ($1.line, $1.column) < ($0.line, $0.column) }) {
      guard lines.indices.contains(edit.line - 1), edit.apply(to: &lines[edit.line - 1]) else {
        notes.append(
          "\(edit.words): \(edit.figure) would be \(edit.new), and is written over several lines or with signs of its own"
        )
        continue
      }
      done.append(edit)
    }
    changes = done.reversed().map { "\($0.words): \($0.figure) \($0.old) is now \($0.new)" }
    return lines.map { line in String(String.UnicodeScalarView(line)) }.joined(separator: "\n")
  }
}

extension PolicyPatch.Edit {
  /// Puts the new text where the old one stands; false, and nothing done, where that is written otherwise.
  fileprivate func apply(to line: inout [Unicode.Scalar]) -> Bool {
    let start = column - 1
    guard line.indices.contains(start) else { return false }
    if line[start] == "\"" || line[start] == "'" { return applyQuoted(to: &line, from: start) }
    let written = Array(old.unicodeScalars)
    guard start + written.count <= line.count, Array(line[start..<start + written.count]) == written else {
      return false
    }
    let isPlain = new.first.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "(" } ?? false
    let plain = isPlain && !new.contains(": ") && !new.contains(" #") ? new : jsonString(new)
    line.replaceSubrange(start..<start + written.count, with: Array(plain.unicodeScalars))
    return true
  }

  /// The same of text in quotes, which may have quotes in it, written as its kind of quotes writes them.
  private func applyQuoted(to line: inout [Unicode.Scalar], from start: Int) -> Bool {
    guard let (text, end) = QuotedScalar.read(line, from: start), text == old else { return false }
    let isSimple = !new.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    let written = line[start] == "'" && isSimple ? "'" + new.replacing("'", with: "''") + "'" : jsonString(new)
    line.replaceSubrange(start..<end, with: Array(written.unicodeScalars))
    return true
  }
}

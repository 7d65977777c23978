/// Why what was seen does not carry a judgement.
package struct CoverageShortfall: Hashable, Sendable {
  /// What was to be seen.
  package enum Subject: Hashable, Sendable {
    /// Samples of some dimensions; of several, the intervals in which all of them were measured.
    case dimensions([SizeDimension])
    /// What the instances of a service carried, in every dimension that is measured.
    case load
  }

  /// The rule that it misses.
  package enum Lack: Hashable, Sendable {
    /// Nothing was seen.
    case unmeasured
    /// Fewer hours than are required were seen, of the last so many days; nil for all of what is looked at.
    case hours(Int64, required: Int, lastDays: Int?)
    /// Samples are so many seconds apart, further than one may stand for.
    case tooCoarse(stepSeconds: Int64, longest: Int64)
    /// A smaller share of what was expected was seen than is required.
    case share(Coverage, requiredPercent: Int)
  }

  package var subject: Subject
  package var lack: Lack

  package init(_ subject: Subject, _ lack: Lack) {
    self.subject = subject
    self.lack = lack
  }

  package init(_ dimension: SizeDimension, _ lack: Lack) { self.init(.dimensions([dimension]), lack) }
}

/// Why instances are stopped, or not.
package enum WasteReason: Hashable, Sendable {
  /// They are paid for by the inventory and report nothing since these moments, in the order of the changes.
  case silent(since: [Instant])
  /// Every instance that is paid for reports.
  case allReport
}

/// A figure behind waste.
package enum WasteFigure: Hashable, Sendable {
  case silent(SilentFigure)
}

/// An instance that is paid for and reports nothing.
package struct SilentFigure: Hashable, Sendable {
  package var resource, type: String
  package var since: Instant
  /// Time paid for without a sample.
  package var seconds: Int64

  package init(_ resource: String, type: String, since: Instant, seconds: Int64) {
    self.resource = resource
    self.type = type
    self.since = since
    self.seconds = seconds
  }
}

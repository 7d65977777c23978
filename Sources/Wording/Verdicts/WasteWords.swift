import Model

extension VerdictWords {
  /// Why instances are stopped, or not.
  func text(_ reason: WasteReason) -> String {
    switch reason {
    case .silent(let moments):
      "paid for by the inventory, silent since \(moments.map(clock.text).joined(separator: ", "))"
    case .allReport: "every instance that is paid for reports"
    }
  }

  /// `stop i-1, i-2, if they still exist`.
  func stopText(_ stopped: [StopInstance]) -> String {
    "stop \(stopped.map(\.resource).joined(separator: ", ")), if \(stopped.count == 1 ? "it still exists" : "they still exist")"
  }

  /// A figure behind waste.
  func fact(_ figure: WasteFigure) -> ReportFact {
    switch figure {
    case .silent(let one):
      let hours = rounded(Double(one.seconds) / 3600, 1)
      return ReportFact(
        "silent",
        .text(
          "\(one.resource) (\(one.type)) since \(clock.text(one.since)), \(hours) hours paid for without a sample"))
    }
  }
}

import Analytics
import Model

/// Every condition of the fleet's thresholds, met or not.
package func thresholdsDocument(_ answer: ThresholdsAnswer) -> ReportDocument {
  ReportDocument(
    "thresholds", title: "\(answer.scope.fleet): thresholds in \(answer.scope.month.name)",
    blocks: [.table(thresholdTable(answer.findings, clock: answer.scope.clock))]
  ).lacking(answer.missingPrices)
}

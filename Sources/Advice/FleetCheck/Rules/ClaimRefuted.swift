import Model

/// What the document claims, where history says otherwise.
struct ClaimRefuted: CheckRule {
  let id = "claim-refuted"
  let about = "What the document claims of users and instances is not what was measured."

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    guard facts.history != nil else { return [] }
    return facts.claims.compactMap { verdict in
      guard case .refuted = verdict.status else { return nil }
      return CheckFinding(
        self, .warning, verdict.service, "claimed: \(verdict.claim); measured: \(verdict.measuredText)",
        verdict.basis, [CheckedPlace(verdict.path, verdict.claim)], weight: verdict.weight)
    }
  }
}

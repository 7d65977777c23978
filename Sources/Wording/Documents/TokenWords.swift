import Advice
import Analysis
import Analytics
import Model

/// `10 % shorter prompts`.
func words(_ subject: TokenSubject) -> String {
  switch subject {
  case .otherModel: "the cheapest other model"
  case .caching: "prompts cached"
  case .batch: "answers in batches"
  case .shorterPrompts: "prompts 10 % shorter"
  case .failures: "no calls that fail"
  case .seats: "seats that nobody uses"
  }
}

/// What a finding saves, or why that is not known.
func cell(_ saving: TokensAnswer.Saving) -> ReportCell {
  if let amount = saving.amount { return .money(amount) }
  if case .unknown(let reason) = saving.finding.outcome { return .unknown(words(reason)) }
  if let lacking = saving.lacking { return .unknown("\(lacking.found)") }
  return saving.finding.outcome == .dearer ? .money(.zero) : .unknown("nothing to change")
}

/// Whether a finding is in the sum.
func counted(_ saving: TokensAnswer.Saving) -> String {
  guard let amount = saving.amount else { return "" }
  if amount < .zero { return "no: it costs more" }
  switch saving.finding.outcome {
  case .advised: return "yes"
  case .dearer: return "no: it costs more"
  case .possible:
    switch saving.finding.subject {
    case .otherModel: return "no: other answers"
    case .batch: return "no: nothing may wait a day"
    default: return "no: for you to judge"
    }
  case .unknown: return ""
  }
}

private func words(_ reason: TokenFinding.Reason) -> String {
  switch reason {
  case .unpriced(let kinds, let firstDay):
    let names = kinds.map(\.rawValue).joined(separator: ", ")
    return "no price of \(names)" + (firstDay.map { " before \($0)" } ?? "")
  case .unmeasured(let metric): return "\(metric.rawValue) is not measured"
  case .noOffer: return "no other model has all prices"
  case .neverPays: return "reading a cache is no cheaper"
  }
}

/// From which hit rate on a cache pays.
func cachingWords(_ model: TokenReview.Model) -> [String] {
  guard let caching = model.caching, let percent = caching.breakEvenPercent else { return [] }
  let written = caching.write.map { ", written at \($0)" } ?? ", filled for nothing"
  let start =
    "\(model.use.model): a cache of prompts pays from a hit rate of \(rounded(percent, 1)) % on (read at \(caching.read)"
    + "\(written), input at \(caching.input) USD per million tokens)"
  guard let repeated = model.use.percent(.repeatedInputTokens, of: .input) ?? model.rules?.repeatedPercent else {
    return [start + "; how often prompts repeat is not known."]
  }
  return [start + "; \(repeated) % of the prompts repeat, were all else written to it."]
}

/// How many tokens an hour of an instance of one's own must serve to cost no more.
func selfHostedWords(_ model: TokenReview.Model, _ answer: TokensAnswer) -> [String] {
  guard let hosted = model.selfHosted, model.use.allTokens > 0,
    let cost = zip(answer.review.models, answer.costs).first(where: { $0.0.use.model == model.use.model })?.1,
    cost > .zero
  else { return [] }
  let hours = Double(answer.scope.period.seconds) / 3600
  let perToken = Double(cost.nanoDollars) / model.use.allTokens
  let needed = Double(hosted.hourly.nanoDollars) / perToken
  return [
    "\(model.use.model): an hour of \(hosted.kind.type) at \(hosted.hourly) USD costs as much as "
      + "\(grouped(wholeNumber(needed.rounded()))) tokens of this mix; \(grouped(wholeNumber((model.use.allTokens / hours).rounded()))) "
      + "an hour were used. Whether it serves as many is not known here."
  ]
}

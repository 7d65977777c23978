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

/// From which hit rate on a cache pays, and how much is read from one.
func cachingWords(_ model: TokenReview.Model) -> [String] {
  guard let caching = model.caching, let percent = caching.breakEvenPercent else { return [] }
  let written = caching.write.map { ", written at \($0)" } ?? ", filled for nothing"
  let from = percent == 0 ? "from the first hit on" : "from a hit rate of \(rounded(percent, 1)) % on"
  var words =
    "\(model.use.model): a cache of prompts pays \(from) (read at \(caching.read)\(written), input at \(caching.input) USD "
    + "per million tokens)"
  let rest = model.use.cachedShare == nil ? "the prompts" : "the rest"
  if let read = model.use.cachedShare { words += "; \(percentText(read)) of the prompts were read from one" }
  guard let repeated = model.use.percent(.repeatedInputTokens, of: .input) ?? model.rules?.repeatedPercent else {
    return [words + "; how much of \(rest) repeats is not known."]
  }
  return [words + "; \(repeated) % of \(rest) is said to repeat, all else would be written to it."]
}

/// How many tokens an hour of an instance of one's own must serve to cost no more.
func selfHostedWords(_ model: TokenReview.Model, _ cost: Money, _ scope: MonthScope) -> [String] {
  guard let hosted = model.selfHosted, model.use.allTokens > 0, cost > .zero else { return [] }
  switch hosted {
  case .failure(let error): return ["\(model.use.model), self-hosted: \(error.found)."]
  case .success(let price):
    let perToken = Double(cost.nanoDollars) / model.use.allTokens
    let needed: Int = wholeNumber((Double(price.hourly.nanoDollars) / perToken).rounded())
    let used: Int = wholeNumber((model.use.allTokens * 3600 / Double(scope.period.seconds)).rounded())
    return [
      "\(model.use.model), self-hosted: an hour of \(price.kind.type) at \(price.hourly) USD costs as much as "
        + "\(grouped(needed)) tokens of this mix; \(grouped(used)) an hour were used. Whether it serves as many is not known "
        + "here."
    ]
  }
}

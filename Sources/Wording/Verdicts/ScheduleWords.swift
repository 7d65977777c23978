import Model

extension ScheduleReason {
  var text: String {
    switch self {
    case .heldEveryWeek: "every week of the month stayed within it"
    case .nothingSpare: "no hour of the week ran more than it needed in every week"
    case .single: "its instances are judged one by one; no other does the work of one that stops"
    case .holdsData: "it scales vertically; its instances hold data"
    case .shortfall(let shortfall): "\(shortfall.text); fewer instances would each carry more of it"
    }
  }
}

extension ScheduleFigure {
  var fact: ReportFact {
    switch self {
    case .requirement:
      ReportFact("requirement", .text("most instances any interval needed in any week, by local hour of the week"))
    case .binding(let binding): ReportFact("binding dimension", .text(binding.text))
    case .carries(let capacities):
      ReportFact(
        "one instance carries",
        .text(
          capacities.map { "\($0.dimension.name) \($0.dimension.text($0.perInstance))" }.joined(separator: ", ")))
    case .weeks(let weeks, let required):
      ReportFact(
        "weeks seen for each hour",
        .text("\(weeks.lowerBound)-\(weeks.upperBound), hours below \(required) weeks keep what ran"))
    case .capacity(let capacity): ReportFact("capacity", .text("\(capacity)"))
    }
  }
}

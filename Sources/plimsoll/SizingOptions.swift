import Analytics
import ArgumentParser

/// How right-sizing is to judge, in place of what the fleet file says.
struct SizingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Days of history that right-sizing looks at; by default what the fleet file says, or the month.",
      valueName: "days"))
  var lookback: Int?

  @Option(
    help: ArgumentHelp("Days in which a sample loses half of its weight; of services that scale up.", valueName: "days")
  )
  var halfLife: Int?

  @Option(
    help: ArgumentHelp(
      "The percentile of use that must fit, such as 99.5, in place of the least expected loss; of services that scale up.",
      valueName: "p"))
  var percentile: ScaledDecimal?

  @Option(
    help: ArgumentHelp(
      "The percentile of memory that must fit, in place of its highest sample.", valueName: "p"))
  var memoryPercentile: ScaledDecimal?

  @Option(
    help: ArgumentHelp(
      "Percent of CPU to keep free, at that percentile; in place of the least expected loss too.", valueName: "percent")
  )
  var cpuHeadroom: Int?

  @Option(help: ArgumentHelp("Percent of memory to keep free.", valueName: "percent"))
  var memoryHeadroom: Int?

  @Option(
    help: ArgumentHelp(
      "Choose CPU by expected loss, whatever percentile the fleet file states: bold, expected or cautious.",
      valueName: "risk"))
  var risk: CapacityRisk?

  @Option(
    help: ArgumentHelp(
      "Types to choose from: list (the service's), catalogue (all of the price book), same-family, same-architecture, "
        + "current-generation, or patterns such as 'm6*,!x2gd*'.", valueName: "range"))
  var candidates: String?

  func question() throws -> SizingQuestion {
    try SizingQuestion(
      lookbackDays: lookback, halfLifeDays: halfLife, percentile: percentile, memoryPercentile: memoryPercentile,
      cpuHeadroomPercent: cpuHeadroom, memoryHeadroomPercent: memoryHeadroom, risk: risk, candidates: candidates)
  }
}

extension CapacityRisk: ExpressibleByArgument {}
extension ScaledDecimal: ExpressibleByArgument {}

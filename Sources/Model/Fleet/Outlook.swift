/// What the owners expect of demand; of the fleet, or of one service in its place.
package struct Outlook: FleetPart, Hashable {
  package var growthPercentAYear: Int?
  package var uncertaintyPercentAYear: Int?
  package var decommission: CivilDate?

  package init() {}

  package static let about = "What the owners expect of demand; of the fleet, or of one service in its place."

  package static let keys: [FleetKey<Outlook>] = [
    FleetKey(
      "growth_percent_a_year", \.growthPercentAYear,
      "Expected growth a year in percent, -99 to 1000, negative for decline.",
      unit: "% a year", absent: "none"),
    FleetKey(
      "uncertainty_percent_a_year", \.uncertaintyPercentAYear,
      "Standard deviation of a year's demand around that, in percent.", unit: "% a year", absent: "what history shows"),
    FleetKey(
      "decommission", \.decommission, "The day from which nothing of it runs, on the fleet's clock.", absent: "never"),
  ]

  package init(
    growthPercentAYear: Int? = nil, uncertaintyPercentAYear: Int? = nil, decommission: CivilDate? = nil
  ) {
    self.growthPercentAYear = growthPercentAYear
    self.uncertaintyPercentAYear = uncertaintyPercentAYear
    self.decommission = decommission
  }
}

/// The greatest standard deviation of a year that an outlook may state, in percent.
package let greatestUncertaintyPercent = 200

/// Which purchase plan is recommended.
package enum PlanChoice: String, CaseIterable, FleetWord {
  /// The cheapest if demand turns out as low as in one future of ten.
  case cautious
  /// The cheapest on the mean of all futures.
  case expected
  /// The cheapest if demand turns out as high as in one future of ten.
  case bold
}

/// Purchases spread over time, so that they do not all end at once.
package struct Ladder: FleetPart, Hashable {
  package var tranches = 0
  package var monthsApart = 0

  package init() {}

  package static let about = "Purchases spread over time, so that they do not all end at once."

  package static let keys: [FleetKey<Ladder>] = [
    .required("tranches", \.tranches, "In how many parts a purchase is made, 2 or more."),
    .required("months_apart", \.monthsApart, "Months from one part to the next.", unit: "months"),
  ]

  package init(tranches: Int, monthsApart: Int) {
    self.tranches = tranches
    self.monthsApart = monthsApart
  }
}

extension Fleet {
  /// What is expected of a service: its own word on each point, or else the fleet's.
  package func outlook(of service: Service) -> Outlook {
    Outlook(
      growthPercentAYear: service.outlook?.growthPercentAYear ?? outlook?.growthPercentAYear,
      uncertaintyPercentAYear: service.outlook?.uncertaintyPercentAYear ?? outlook?.uncertaintyPercentAYear,
      decommission: service.outlook?.decommission ?? outlook?.decommission)
  }
}

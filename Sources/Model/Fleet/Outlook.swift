/// What the owners expect of demand; of the fleet, or of one service in its place.
package struct Outlook: Decodable, Hashable, Sendable {
  /// Expected growth a year in percent, negative for decline; nil for none.
  package var growthPercentAYear: Int?
  /// Standard deviation of a year's demand around that, in percent; nil for what history shows.
  package var uncertaintyPercentAYear: Int?
  /// The day from which nothing of it runs, on the fleet's clock; nil for never.
  package var decommission: CivilDate?

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
package enum PlanChoice: String, CaseIterable, Decodable, Sendable {
  /// The cheapest if demand turns out as low as in one future of ten.
  case cautious
  /// The cheapest on the mean of all futures.
  case expected
  /// The cheapest if demand turns out as high as in one future of ten.
  case bold
}

/// Purchases spread over time, so that they do not all end at once.
package struct Ladder: Decodable, Hashable, Sendable {
  /// In how many parts a purchase is made, 2 or more.
  package var tranches: Int
  /// Months from one part to the next.
  package var monthsApart: Int

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

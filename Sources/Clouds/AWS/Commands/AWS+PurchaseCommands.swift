import Model

extension AWS {
  /// Reservations: the query that finds their offering, then the purchase of it.
  func purchase(_ change: Reserve, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    guard let kind = target.reserved else {
      throw DataError(Place(file: "aws", key: target.id), found: change.words, expected: "what it reserves, and where")
    }
    let engine = kind.engine
    let isDoubled = engine.hasSuffix(Self.doubled)
    switch NodePrefix(of: kind.type) {
    case nil: return try purchaseInstances(change, kind, target)
    case .cache:
      let offers = AWSCall("elasticache describe-reserved-cache-nodes-offerings", in: kind.region)
        .adding("cache-node-type", kind.type).adding("product-description", engine)
      let buying = AWSCall("elasticache purchase-reserved-cache-nodes-offering", in: kind.region)
      return purchaseNodes(
        change, target, offers, buying, option: "reserved-cache-nodes-offering-id", count: "cache-node-count",
        list: "ReservedCacheNodesOfferings", id: "ReservedCacheNodesOfferingId")
    case .database:
      let offers = AWSCall("rds describe-reserved-db-instances-offerings", in: kind.region)
        .adding("db-instance-class", kind.type)
        .adding("product-description", isDoubled ? String(engine.dropLast(Self.doubled.count)) : engine)
        .adding(raw: isDoubled ? "--multi-az" : "--no-multi-az")
      let buying = AWSCall("rds purchase-reserved-db-instances-offering", in: kind.region)
      return purchaseNodes(
        change, target, offers, buying, option: "reserved-db-instances-offering-id", count: "db-instance-count",
        list: "ReservedDBInstancesOfferings", id: "ReservedDBInstancesOfferingId")
    }
  }

  /// How the engine of a deployment in several zones ends.
  private static let doubled = "-multi-az"

  private func purchaseInstances(
    _ change: Reserve, _ kind: InstanceKind, _ target: ChangeTarget
  ) throws(DataError) -> ChangeCommands {
    guard let product = AWSWords.product(engine: kind.engine) else {
      throw DataError(
        Place(file: "aws", key: target.id), found: "engine \(kind.engine)", expected: "a platform that EC2 reserves")
    }
    let seconds = change.term.hours * 3600
    let offers = AWSCall("ec2 describe-reserved-instances-offerings", in: kind.region)
      .adding("instance-type", kind.type).adding("product-description", product)
      .adding("offering-class", change.term.offerClass.rawValue)
      .adding("offering-type", AWSWords.offeringType(change.term.payment)).adding("instance-tenancy", "default")
      .adding("min-duration", "\(seconds)").adding("max-duration", "\(seconds)").adding(raw: "--no-include-marketplace")
      .adding("filters", "Name=scope,Values=Region")
    let buying = AWSCall("ec2 purchase-reserved-instances-offering", in: kind.region)
      .adding(raw: "--reserved-instances-offering-id \"$offering\"").adding("instance-count", change.count)
    return bought(
      check: offers.showing(
        "ReservedInstancesOfferings[].[ReservedInstancesOfferingId, FixedPrice, RecurringCharges[0].Amount]"),
      query: offers.yielding("ReservedInstancesOfferings[].ReservedInstancesOfferingId"), buying.text, target,
      hours: change.term.hours,
      back:
        "A reservation cannot be taken back; one of the class standard may be sold on the Reserved Instance Marketplace."
    )
  }

  private func purchaseNodes(
    _ change: Reserve, _ target: ChangeTarget, _ offers: AWSCall, _ buying: AWSCall, option: String, count: String,
    list: String, id: String
  ) -> ChangeCommands {
    let offers = offers.adding("duration", "\(change.term.hours * 3600)")
      .adding("offering-type", AWSWords.offeringType(change.term.payment))
    let call = buying.adding(raw: "--\(option) \"$offering\"").adding(count, change.count)
    return bought(
      check: offers.showing("\(list)[].[\(id), FixedPrice, RecurringCharges[0].RecurringChargeAmount]"),
      query: offers.yielding("\(list)[].\(id)"), call.text, target,
      hours: change.term.hours, back: "A reservation cannot be taken back.")
  }

  /// A savings plan: the query that finds its offering, then its creation.
  func purchase(_ change: CommitSavingsPlan, _ target: ChangeTarget) throws(DataError) -> ChangeCommands {
    // The API has one place for all regions.
    var offers = AWSCall("savingsplans describe-savings-plans-offerings", in: "us-east-1")
      .adding("plan-types", AWSWords.planType(change.term.plan))
      .adding("payment-options", AWSWords.offeringType(change.term.payment))
      .adding("durations", "\(change.term.hours * 3600)").adding("currencies", "USD")
    if let family = change.family {
      offers = offers.adding("filters", "name=region,values=\(change.region ?? target.region)")
        .adding(raw: shellWord("name=instanceFamily,values=\(family)"))
    }
    let creating = AWSCall("savingsplans create-savings-plan", in: "us-east-1")
      .adding(raw: "--savings-plan-offering-id \"$offering\"").adding("commitment", "\(change.hourly)")
    return bought(
      check: offers.showing("searchResults[].[offeringId, planType, description]"),
      query: offers.yielding("searchResults[].offeringId"), creating.text, target,
      hours: change.term.hours,
      back:
        "A savings plan of up to 100 USD an hour may be returned within seven days and in the month of its purchase "
        + "(aws savingsplans return-savings-plan); after that it cannot be taken back.")
  }

  private func bought(
    check: String, query: String, _ purchase: String, _ target: ChangeTarget, hours: Int64, back: String
  ) -> ChangeCommands {
    var commands = ChangeCommands()
    commands.functions = [Self.mayBuy, Self.oneOffering]
    commands.check = [check]
    commands.make = ["may_buy || return 0", "offering=$(\(query))", "one_offering \"$offering\"", purchase]
    commands.remarks = [back]
    guard let signed = target.signed else { return commands }
    let whole = signed.effectiveHourly.charge(for: Int128(hours), per: 1)
    commands.remarks.insert(
      "By the price book it commits to \(whole) USD until \(signed.lastDay): \(signed.upfront) at once and "
        + "\(signed.hourly) an hour, whatever runs. Compare what `check` shows.", at: 0)
    return commands
  }

  private static let mayBuy = """
    # True where purchases are meant.
    may_buy() {
      [ "${BUY:-}" = yes ] || { echo 'left out, for it is a purchase: set BUY=yes to make it' >&2; return 1; }
    }
    """
  private static let oneOffering = """
    # Goes on where a query found one offering.
    one_offering() {
      case "$1" in
      '' | None | *[[:space:]]*) echo "found ${1:-no offering}, not one" >&2; exit 69 ;;
      esac
    }
    """
}

extension AWSWords {
  /// The product description of EC2 for an engine; nil for an unknown one.
  static func product(engine: String) -> String? {
    products.first { $0.engine == engine }?.product
  }

  private static let products = platformNames.map { (engine: $1, product: $0) }

  /// As the API of savings plans has it.
  fileprivate static func planType(_ plan: SavingsPlanTerm.Plan) -> String {
    switch plan {
    case .family: "EC2Instance"
    case .compute: "Compute"
    case .database: "Database"
    }
  }

  /// `No Upfront`.
  static func offeringType(_ payment: OfferTerm.Payment) -> String {
    switch payment {
    case .noUpfront: "No Upfront"
    case .partialUpfront: "Partial Upfront"
    case .allUpfront: "All Upfront"
    }
  }
}

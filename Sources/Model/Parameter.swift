/// A value that whoever asks states beside the input: an argument to a Swift program, an option to a person at a shell.
///
/// Errors and notes name it; only who shows them knows how those who read them state it.
public struct Parameter: Hashable, Sendable, CustomStringConvertible {
  /// As Swift calls it: `service`, `asOf`.
  public let name: String

  package init(_ name: String) { self.name = name }

  /// `parameter service`.
  public var description: String { "parameter \(name)" }
}

// MARK: - Of imports

extension Parameter {
  /// The file that everything is kept in.
  package static let store = Parameter("store")
  /// What names the series of a file that does not; whose a commitment is.
  package static let service = Parameter("service")
  package static let resource = Parameter("resource")
  package static let metric = Parameter("metric")
  /// The clock of timestamps without a zone.
  package static let timezone = Parameter("timezone")
  /// A file that says which metric names mean which of ours.
  package static let mapping = Parameter("mapping")
  /// The format of a file.
  package static let layout = Parameter("layout")
  /// That values which a metric cannot have are refused.
  package static let strict = Parameter("strict")
  /// The region of what names none, and what is kept of the others.
  package static let region = Parameter("region")
  /// The account of commitments whose file does not say.
  package static let account = Parameter("account")
  /// The day a file of prices was taken.
  package static let retrieved = Parameter("retrieved")
  /// That a file says all there is of the services it names.
  package static let replace = Parameter("replace")
  /// The day from which a fleet file holds.
  package static let from = Parameter("from")
  /// That the commands which list an account are printed.
  package static let accountCommands = Parameter("accountCommands")
  /// The tag that names services.
  package static let groupBy = Parameter("groupBy")
  /// That a fleet file is brought up to date.
  package static let update = Parameter("update")
}

// MARK: - Of questions

extension Parameter {
  package static let month = Parameter("month")
  /// How many of all are listed.
  package static let top = Parameter("top")
  /// What a bill is told by.
  package static let by = Parameter("by")
  /// What it is limited to.
  package static let `where` = Parameter("where")
  /// How many months stand side by side.
  package static let months = Parameter("months")
  /// A pool of commitments, by its name.
  package static let pool = Parameter("pool")
  /// The date of the advice.
  package static let asOf = Parameter("asOf")
  package static let staleAfter = Parameter("staleAfter")
  /// The day on which prices are in force.
  package static let date = Parameter("date")
  /// What types must offer to be listed.
  package static let find = Parameter("find")
  /// The two days between which prices are compared.
  package static let dates = Parameter("dates")
  package static let percentiles = Parameter("percentiles")
  /// A key of the fleet file that is to be explained.
  package static let key = Parameter("key")
  /// That a month is answered without what has no price.
  package static let allowUnpriced = Parameter("allowUnpriced")
  /// That the price rows which a month lacks are printed.
  package static let missing = Parameter("missing")
  /// The recommendations that a what-if applies.
  package static let advice = Parameter("advice")
  /// How many months ahead a what-if looks.
  package static let horizon = Parameter("horizon")
  /// A file of scenarios.
  package static let scenario = Parameter("scenario")
  /// What a what-if looks for, and within what.
  package static let solveFor = Parameter("solveFor")
  package static let budget = Parameter("budget")
  package static let criticalMinutes = Parameter("criticalMinutes")
  /// How long a tick of a replay is.
  package static let tick = Parameter("tick")
  /// A load test of the fleet file.
  package static let loadTest = Parameter("loadTest")
  /// Percent of what comes that an interval is to hold.
  package static let level = Parameter("level")
  /// A cache that is emptied in a load test.
  package static let flush = Parameter("flush")
  /// A file of traffic.
  package static let traffic = Parameter("traffic")
  /// Concurrent users.
  package static let users = Parameter("users")
  /// Of every hundred users, how many are of which type.
  package static let mix = Parameter("mix")
  /// How users are divided among regions, what a CDN delivers, and what goes between regions.
  package static let regions = Parameter("regions")
  package static let cdn = Parameter("cdn")
  package static let between = Parameter("between")
  package static let lookbackDays = Parameter("lookbackDays")
  package static let halfLifeDays = Parameter("halfLifeDays")
  package static let percentile = Parameter("percentile")
  package static let memoryPercentile = Parameter("memoryPercentile")
  /// The types that right-sizing may propose.
  package static let candidates = Parameter("candidates")
  package static let cpuHeadroomPercent = Parameter("cpuHeadroomPercent")
  package static let memoryHeadroomPercent = Parameter("memoryHeadroomPercent")
}

import Clouds
import Ingest
import Model

/// Something that the files of an account do not say, and what that costs.
package struct DraftUnknown: Hashable, Sendable {
  /// What is not known.
  package var what: String
  /// The figures and advice that are missing for it, and what would help.
  package var cost: String
}

/// What the files of an account were found to hold.
struct DraftSources {
  var listing: AccountListing
  var draft: FleetDraft
  /// The metrics that were measured, by resource.
  var measured: [String: Set<Metric>]
  var hasUsers: Bool
  /// True where a file says what is held.
  var hasCommitments: Bool
  var hasPrices: Bool

  /// What they do not say, what costs most first.
  var unknowns: [DraftUnknown] {
    (noMachines + unmeasured + pasts + severalPlaces + leftOut + automatic + unpriced + others).filter {
      !$0.what.isEmpty
    }
  }

  private var running: [ListedInstance] { listing.instances.filter { $0.stopped == nil } }

  private var noMachines: [DraftUnknown] {
    guard listing.instances.isEmpty else { return [] }
    return [
      DraftUnknown(
        what: "which machines ran: no file lists any that does",
        cost: "a bill of instances, and all advice; plimsoll init prints the commands that list them")
    ]
  }

  private var unmeasured: [DraftUnknown] {
    func without(_ metric: Metric) -> [ListedInstance] {
      running.filter { measured[$0.id]?.contains(metric) != true }
    }
    let (cpu, memory) = (without(.cpuPercent), without(.memoryPercent))
    var unknowns: [DraftUnknown] = []
    if !cpu.isEmpty {
      unknowns.append(
        DraftUnknown(
          what: "the CPU use of \(some(cpu.count, of: running.count))",
          cost: "right-sizing, schedules, idle machines and forecasts of them"))
    }
    if !memory.isEmpty {
      unknowns.append(
        DraftUnknown(
          what: "the memory use of \(some(memory.count, of: running.count))",
          cost: "types with less memory: right-sizing takes none where memory is not measured"))
    }
    return unknowns
  }

  private func some(_ count: Int, of all: Int) -> String {
    count == all
      ? (all == 1 ? "the one machine that runs" : "all \(grouped(all)) machines that run")
      : "\(grouped(count)) of \(grouped(all)) machines that run"
  }

  private var pasts: [DraftUnknown] {
    guard !listing.instances.isEmpty else { return [] }
    let groups = draft.services.contains { $0.service.maximum < Service().maximum }
    let short = groups ? "machines that groups added and removed since, and " : ""
    return [
      DraftUnknown(
        what: "what ran before: \(short)earlier starts of machines that were stopped",
        cost: "past months are billed by what is listed now, so too low; list again and again, and nothing is lost")
    ]
  }

  private var severalPlaces: [DraftUnknown] {
    let services = draft.services.filter { $0.regions.count > 1 }.map(\.service.name)
    guard !services.isEmpty else { return [] }
    return [
      DraftUnknown(
        what: "which region \(shortened(services, to: 5)) \(services.count == 1 ? "is" : "are") to be judged in",
        cost: "their right-sizing: machines of one service run in several regions; another grouping tells them apart")
    ]
  }

  private var leftOut: [DraftUnknown] {
    let undated = listing.undatedNodes.map(\.id)
    let nodes =
      undated.isEmpty
      ? []
      : [
        DraftUnknown(
          what: "when \(counted(undated.count, "node")) started: \(shortened(undated, to: 3))",
          cost: "their part of the bill")
      ]
    return nodes
      + listing.leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        DraftUnknown(what: "when they ran or what they cost (\($0.value)): \($0.key)", cost: "their part of the bill")
      }
  }

  private var automatic: [DraftUnknown] {
    let policies = listing.policies.compactMap { one in one.reason.map { ("policy \(one.name) of \(one.group)", $0) } }
    let schedules = listing.schedules.compactMap { one in
      one.reason.map { ("scheduled action \(one.name) of \(one.group)", $0) }
    }
    let suspensions = listing.groups.flatMap { group in
      group.suspensions.map {
        DraftUnknown(what: "group \(group.name): \($0)", cost: "simulate and advice see the group scale")
      }
    }
    return (policies + schedules).map {
      DraftUnknown(what: "\($0.0): \($0.1)", cost: "simulate and scheduling see the group without it")
    } + unlisted + suspensions
  }

  /// Groups that policies and actions are of and no file lists.
  private var unlisted: [DraftUnknown] {
    let groups = Set(listing.groups.map(\.name))
    let own = listing.policies.filter { $0.reason == nil }.map(\.group)
    let others = (own + listing.schedules.filter { $0.reason == nil }.map(\.group)).filter { !groups.contains($0) }
    let counts = Dictionary(others.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.sorted { $0.key < $1.key }.map {
      DraftUnknown(
        what: "group \($0.key), of which files have \(counted($0.value, "policy or action", "policies and actions"))",
        cost: "these: no file lists the group (aws autoscaling describe-auto-scaling-groups)")
    }
  }

  private var unpriced: [DraftUnknown] {
    var counts: [String: Int] = [:]
    for holding in listing.holdings { if let reason = holding.unpriced { counts[reason, default: 0] += 1 } }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      DraftUnknown(
        what: $0.key, cost: "their part of the bill, of \(counted($0.value, "thing")); charges in the fleet file")
    }
  }

  private var others: [DraftUnknown] {
    var unknowns: [DraftUnknown] = []
    if !hasCommitments {
      unknowns.append(
        DraftUnknown(
          what: "which reservations and savings plans are held",
          cost: "all is billed on demand, and mix may advise what is held"))
    }
    if !hasPrices {
      unknowns.append(
        DraftUnknown(
          what: "prices",
          cost: "every bill; plimsoll import prices pricing/aws/*.csv, or what plimsoll prices prints the commands for")
      )
    }
    if !hasUsers {
      unknowns.append(DraftUnknown(what: "how many users there were", cost: "the cost per user, and capacity for more"))
    }
    return unknowns
  }
}

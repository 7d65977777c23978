import Reading

/// Why a file that is a cloud's or a program's own is not read: what it is, and why; nil for anything else.
///
/// Known so that whoever has a folder of everything is told of each file what became of it.
package func reasonToSkip(_ start: FileStart) -> String? {
  guard start.startsObject || start.startsArray else { return nil }
  return otherListings.first { $0.isKnown(start) }?.reason
}

private struct OtherListing: Sendable {
  let reason: String
  let isKnown: @Sendable (FileStart) -> Bool

  init(_ key: StaticString, _ reason: String) {
    self.reason = reason
    isKnown = { $0.hasKey(key) }
  }

  init(_ key: StaticString, and other: StaticString, _ reason: String) {
    self.reason = reason
    isKnown = { $0.hasKey(key) && $0.hasKey(other) }
  }
}

/// In order: what shares a key with another stands before it.
private let otherListings = [
  OtherListing("ReservedDBInstances", "reserved databases are not read yet; their discount is missing from the bill"),
  OtherListing(
    "ReservedInstances", and: "ReservationName", "reserved search nodes are not read; search domains are not billed"),
  OtherListing("ReservedInstancesOfferings", "offers to buy, which are prices: import prices"),
  OtherListing(
    "ScalingPolicies", and: "ServiceNamespace", "scaling of containers and tables, which have no machines here"),
  OtherListing("ScheduledActions", "schedules of containers and tables, which have no machines here"),
  OtherListing("ScalableTargets", "limits of containers and tables, which have no machines here"),
  OtherListing("ScalingActivities", "what scaling did; the inventory has what ran"),
  OtherListing("Activities", "what scaling did; the inventory has what ran"),
  OtherListing("TargetGroups", "target groups, which cost nothing by themselves"),
  OtherListing("DBClusters", "clusters of databases; their instances are listed by describe-db-instances"),
  OtherListing("DomainStatusList", "search domains, whose nodes are not billed here"),
  OtherListing("DomainStatus", "a search domain, whose nodes are not billed here"),
  OtherListing("Functions", "functions, which have no machines"),
  OtherListing("AvailabilityZones", and: "RegionName", "zones, which cost nothing"),
  OtherListing("Regions", and: "RegionName", "regions, which cost nothing"),
  OtherListing("services", and: "clusterArn", "services of containers; the machines they run on are billed"),
  OtherListing("CompositeAlarms", "alarms of other alarms, which set off no policy"),
  OtherListing("Entries", and: "FirehoseArn", "metric streams as they are set up, without samples"),
  OtherListing("ResultsByTime", "bills of the provider are not read"),
]

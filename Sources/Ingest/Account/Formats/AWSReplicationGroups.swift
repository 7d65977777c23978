import Clouds
import Model
import Reading

/// What `aws elasticache describe-replication-groups` prints: which cache clusters belong together.
///
/// A node that `describe-cache-clusters` does not list has no start here: it is named as one that cannot be billed.
///
/// Source: Amazon ElastiCache API reference, `ReplicationGroup` and `NodeGroupMember`.
enum AWSReplicationGroups: AccountFormat {
  static let name = "aws-replication-groups"
  static let outline = "groups of cache nodes (aws elasticache describe-replication-groups)"
  static let noun = "replication group"
  static let example = """
    {
      "ReplicationGroups": [
        {
          "ReplicationGroupId": "sessions", "Status": "available", "CacheNodeType": "cache.r6g.large",
          "MemberClusters": ["sessions-001"],
          "NodeGroups": [
            {
              "NodeGroupId": "0001",
              "NodeGroupMembers": [
                {"CacheClusterId": "sessions-001", "CacheNodeId": "0001", "PreferredAvailabilityZone": "us-east-1a"}
              ]
            }
          ],
          "ARN": "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:sessions"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("ReplicationGroups") }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("ReplicationGroups", of: document, plural) { record, listing in
      let group = try record.name("ReplicationGroupId")
      var members: Set<String> = []
      for nodes in try record.records("NodeGroups") {
        for member in try nodes.records("NodeGroupMembers") { members.insert(try member.name("CacheClusterId")) }
      }
      if members.isEmpty {
        members = Set((record.node["MemberClusters"]?.elements ?? []).compactMap { $0.text?.asPrintable })
      }
      listing.undatedNodes += members.sorted().map { UndatedNode(id: $0, group: group) }
    }
  }
}

import Clouds
import Model
import Reading

/// What `aws autoscaling describe-auto-scaling-groups` prints: groups with their limits and the machines in them now.
///
/// Source: Amazon EC2 Auto Scaling API reference, `AutoScalingGroup`.
enum AWSScalingGroups: AccountFormat {
  static let name = "aws-auto-scaling-groups"
  static let outline = "groups (aws autoscaling describe-auto-scaling-groups)"
  static let noun = "group"
  static let example = """
    {
      "AutoScalingGroups": [
        {
          "AutoScalingGroupName": "web", "MinSize": 2, "MaxSize": 10, "DesiredCapacity": 3, "DefaultCooldown": 300,
          "AutoScalingGroupARN": "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:0a:autoScalingGroupName/web",
          "TargetGroupARNs": ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0b"],
          "Instances": [{"InstanceId": "i-0a1", "InstanceType": "m5.large", "AvailabilityZone": "us-east-1a"}],
          "Tags": [{"Key": "team", "Value": "shop", "PropagateAtLaunch": true}]
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("AutoScalingGroups") }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("AutoScalingGroups", of: document, plural) { record, listing in
      var group = ListedGroup(
        name: try record.name("AutoScalingGroupName"), region: try record.region(arn: "AutoScalingGroupARN"),
        account: try record.account(arn: "AutoScalingGroupARN"), minimum: try record.whole("MinSize"),
        maximum: try record.whole("MaxSize"), desired: try record.whole("DesiredCapacity"))
      guard group.minimum <= group.maximum else {
        throw record.wrong("MinSize", expected: "at most \(group.maximum), its MaxSize")
      }
      group.cooldown = try record.wholeIfKnown("DefaultCooldown")
      group.loadBalancer = loadBalancer(record)
      for member in try record.records("Instances") { group.members.append(try member.name("InstanceId")) }
      group.members.sort()
      group.tags = try record.tags("Tags", &listing)
      let fields = DocumentFields(
        node: DocumentNode(record.node, linesBefore: 0), scope: TemplateScope(file: record.place.file))
      group.suspensions = (try? suspensions(fields)) ?? []
      for reason in group.suspensions { listing.notes.insert("group \(group.name): \(reason)") }
      listing.groups.append(group)
    }
  }

  /// `targetgroup/web/0b` of a target group's ARN, or a classic load balancer's name; the first of several.
  private static func loadBalancer(_ record: JSONRecord) -> String? {
    let names = ["TargetGroupARNs", "LoadBalancerNames"].flatMap { record.node[$0]?.elements ?? [] }
    return names.compactMap(\.text).compactMap { $0.split(separator: ":").last.map(String.init)?.asPrintable }.min()
  }
}

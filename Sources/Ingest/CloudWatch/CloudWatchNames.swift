/// What to call a statistic of a metric: the average as the metric, `CPUUtilization`, any other with its name behind,
/// `CPUUtilization Maximum`; the statistic alone when the metric has no name.
func cloudWatchMetric(_ metric: String?, statistic: String) -> String {
  guard let metric, !metric.isEmpty else { return statistic }
  return statistic == "Average" ? metric : "\(metric) \(statistic)"
}

/// The dimensions that name one resource when they are the only one of a metric.
///
/// Source: Amazon CloudWatch User Guide, "AWS services that publish CloudWatch metrics".
let cloudWatchResourceDimensions: Set<String> = [
  "AutoScalingGroupName", "BucketName", "CacheClusterId", "ClusterIdentifier", "ClusterName", "DBClusterIdentifier",
  "DBInstanceIdentifier", "DistributionId", "DomainName", "FileSystemId", "FunctionName", "InstanceId", "LoadBalancer",
  "LoadBalancerName", "NatGatewayId", "QueueName", "ReplicationGroupId", "StreamName", "TableName", "VolumeId",
]

/// The dimensions by which CloudWatch publishes the metrics of instances once more, of many of them together; beside
/// the dimension of an instance they only say what it belongs to.
///
/// Source: Amazon EC2 user guide, "CloudWatch metrics for your instances", dimensions; Amazon RDS user guide likewise.
let cloudWatchGroupDimensions: Set<String> = [
  "AutoScalingGroupName", "ImageId", "InstanceType", "DatabaseClass", "EngineName",
]

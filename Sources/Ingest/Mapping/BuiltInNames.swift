import Model

/// What becomes of metrics of well-known sources, where the mapping of the user says nothing.
///
/// What is not here keeps its name. `NetworkIn` and `NetworkOut` of EC2 are left out on purpose: they are bytes in a
/// period, and no rate without its length.
let builtInNames: [String: MetricRule] = [
  // Amazon EC2 by CloudWatch: docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html. Another
  // statistic than the average stands behind the name.
  "CPUUtilization": MetricRule(.cpuPercent),
  "CPUUtilization Maximum": MetricRule(.cpuMaxPercent),
  // Amazon ElastiCache by CloudWatch, "Metrics for Valkey and Redis OSS": percent of maxmemory that is used.
  "DatabaseMemoryUsagePercentage": MetricRule(.memoryPercent),
  // The CloudWatch agent: docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/metrics-collected-by-CloudWatch-agent.html
  "mem_used_percent": MetricRule(.memoryPercent),
  // MongoDB by percona/mongodb_exporter: serverStatus().wiredTiger.cache, "bytes currently in the cache".
  "mongodb_ss_wt_cache_bytes_currently_in_the_cache": MetricRule(.cacheGiB, unit: "bytes"),
  // The columns of the Bitbrains traces: gwa.ewi.tudelft.nl/datasets/gwa-t-12-bitbrains
  "CPU usage [%]": MetricRule(.cpuPercent),
  "Network received throughput [KB/s]": MetricRule(.networkInMbps, unit: "KB/s"),
  "Network transmitted throughput [KB/s]": MetricRule(.networkOutMbps, unit: "KB/s"),
  // Plain words that generators of load and test data use; see ``builtInNamesOfNoUnit``.
  "cpu_utilization": MetricRule(.cpuPercent),
  "memory_utilization": MetricRule(.memoryPercent),
]

/// Those of the names above that some use for percent and others for a ratio: OpenTelemetry and xDS say that what ends in
/// "utilization" is a ratio from 0 to 1. Values above 1 tell; where there are none, the unit is asked for.
let builtInNamesOfNoUnit: Set<String> = ["cpu_utilization", "memory_utilization"]

/// Labels that name the service where nothing else does, the first that is there: one of the user's own making, then
/// that which Prometheus puts on every target it scrapes.
let builtInServiceLabels = ["service", "job"]

/// The same for the resource: the pod of Kubernetes, the target of Prometheus, the instance of EC2.
let builtInResourceLabels = ["pod", "instance", "InstanceId"]

/// Labels that tell no series from another where the mapping has no list of its own: what CloudWatch's metric streams say
/// of every metric. Should two series become one by it, that is reported.
let builtInIgnoredLabels = ["account_id", "namespace", "region"]

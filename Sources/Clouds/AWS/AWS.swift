import Model

/// Amazon Web Services: EC2's instances, the cache nodes of ElastiCache, the databases of RDS and DocumentDB.
package struct AWS: Cloud, Sendable {
  package init() {}
}

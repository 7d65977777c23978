import Foundation
import Testing

/// Scaling as other programs have it: read, replayed, written and patched.
@Suite struct PoliciesCommandTests {
  /// The listings of a strategy, as a text in markdown has them.
  private static let strategy = """
    # Strategy

    ```yaml
    Resources:
      WorkerQueueScalingPolicy:
        Type: AWS::AutoScaling::ScalingPolicy
        Properties:
          AutoScalingGroupName: !Ref WorkerAutoScalingGroup
          PolicyType: StepScaling
          AdjustmentType: ChangeInCapacity
          StepAdjustments:
            - MetricIntervalLowerBound: 0
              MetricIntervalUpperBound: 100
              ScalingAdjustment: 1
            - MetricIntervalLowerBound: 100
              ScalingAdjustment: 2
    ```

    ```yaml
    groups:
    - name: database_scaling
      rules:
      - alert: DatabaseConnectionsHigh
        expr: mongodb_connections_current / mongodb_connections_available > 0.75
        for: 15m
        labels: {severity: warning}
      - alert: Unknown
        expr: some_metric > 1
    ```
    """

  private func asked(_ words: [String]) throws -> Run { try plimsoll(try SharedStore.made.get().ask(words)) }

  private func rows(_ words: [String], _ table: String) throws -> [[String: String]] {
    let tables = try jsonTables(succeeding(try SharedStore.made.get().ask(words + ["--format", "json"])))
    return try #require(tables.first { $0.name == table }).rows
  }

  @Test("The blocks of a text are read each as a document, and what lacks its alarm says so")
  func markdown() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("strategy.md", Self.strategy)
    let policies = try rows(["policies", file], "policies")
    #expect(policies.map { $0["policy"] } == ["WorkerQueueScalingPolicy"])
    #expect(policies.first?["does"] == "0 to 100: +1; from 100: +2")
    #expect(try rows(["policies", file], "alerts").map { $0["alert"] } == ["DatabaseConnectionsHigh", "Unknown"])
  }

  @Test("Alerts are held against the store where the fleet's alert of their name says what their metric is")
  func evaluated() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("strategy.md", Self.strategy)
    let fired = try rows(["policies", "--evaluate", file], "fired")
    // 0.75 of the limit is 75 % of it; the file's own time stands.
    #expect(fired.first?["condition"] == "> 75% of max for 15min" && fired.first?["service"] == "database")
    #expect(fired.first?["episodes"].flatMap(Double.init) == 0)
    #expect(fired.last?["service"] ?? "" == "")
  }

  @Test("A rule on how many run is held against how many ran")
  func instances() throws {
    let folder = try TemporaryFolder()
    func fired(_ most: Int) throws -> [String: String]? {
      let file = try folder.file(
        "count-\(most).yaml",
        """
        groups:
        - name: counts
          rules:
          - {alert: Many, expr: 'instances{service="database"} > \(most)'}
        """)
      return try rows(["policies", "--evaluate", file], "fired").first
    }
    // Three nodes run all the time.
    #expect(try fired(2)?["episodes"].flatMap(Double.init) == 1)
    #expect(try fired(3)?["episodes"].flatMap(Double.init) == 0)
  }

  @Test("A file's policies are replayed in place of the fleet's, its alarm from the policy of the same name")
  func simulated() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("strategy.md", Self.strategy)
    let replays = try rows(["simulate", "--policies", file], "replays")
    #expect(Set(replays.map { $0["service"] }) == ["worker"])
    #expect(replays.map { $0["scaling"] } == ["as run", "as configured", "none"])
    let named = try asked(["simulate", "--policies", "\(file):api", "--service", "api"])
    #expect(named.status == 0)
    let other = try asked(["simulate", "--policies", file, "--service", "cache"])
    #expect(other.status == 64)
    #expect(other.firstError.contains("found scaling of WorkerAutoScalingGroup, expected scaling of cache"))
  }

  @Test("A patch changes figures alone: comments, tags, order and what it does not know stay")
  func patched() throws {
    let folder = try TemporaryFolder()
    let text = """
      # ours
      Resources:
        FrontendScalingPolicy: # stays
          Type: AWS::AutoScaling::ScalingPolicy
          Properties:
            PolicyType: TargetTrackingScaling
            AutoScalingGroupName: frontend
            TargetTrackingConfiguration:
              TargetValue: "55.5"   # percent
              PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}
        Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "${AWS::StackName}-x"}}
      """
    let file = try folder.file("t.yaml", text)
    let run = try asked(["export", "cloudformation", "--patch", file])
    #expect(run.status == 0)
    #expect(run.output == text.replacing("\"55.5\"", with: "\"70\""))
    #expect(run.firstError == "changed: policy FrontendScalingPolicy of frontend: target 55.5 is now 70")
    let wrong = try asked(["export", "prometheus", "--patch", file])
    #expect(wrong.status == 64)
  }

  @Test(
    "An expression with quotes in quotes is patched as its kind of quotes writes it, what is over several lines is told"
  )
  func quotedExpressions() throws {
    let folder = try TemporaryFolder()
    func text(_ first: String, _ second: String) -> String {
      """
      groups:
      - name: "database"
        rules:
        - alert: DatabaseCpuHighUtilization
          expr: "avg_over_time(cpu_percent{service=\\"database\\"}[15m]) > \(first)" # ours
          for: 15m
        - alert: DatabaseConnectionsHigh
          expr: 'connections{service="database",it=~"o''.*"} > \(second)'
          for: 15m
        - alert: DatabaseReadReplicaLag
          expr: |
            replication_lag_seconds > 45

      """
    }
    let file = try folder.file("rules.yaml", text("60", "50"))
    let run = try asked(["export", "prometheus", "--patch", file])
    #expect(run.status == 0)
    // The fleet's alerts are above 75 %, 75 % of 5,000 and 30 s of lag.
    #expect(run.output == text("75", "3750"))
    let errors = run.errors
    #expect(
      errors.contains("changed: alert DatabaseCpuHighUtilization: expr avg_over_time(cpu_percent{service=\"database\"}")
    )
    #expect(
      errors.contains("not changed: alert DatabaseReadReplicaLag: expr would be replication_lag_seconds > 30, and is "))
    #expect(!errors.contains("is now replication_lag_seconds"))
  }

  @Test("What is written is patched: rules of the fleet's own with another figure are its own again")
  func ownRules() throws {
    let folder = try TemporaryFolder()
    let own = try asked(["export", "prometheus", "--policies"]).output
    #expect(own.contains(" > 75\""))
    let file = try folder.file("rules.yaml", own.replacing(" > 75\"", with: " > 61\""))
    let run = try asked(["export", "prometheus", "--patch", file])
    #expect(run.status == 0 && run.output == own && !run.errors.contains("not changed: alert"))
  }

  @Test("The fleet's scaling is written and read again as it is")
  func exported() throws {
    let folder = try TemporaryFolder()
    for (program, name) in [("cloudformation", "t.json"), ("terraform", "t.tf.json"), ("aws-cli", "i.json")] {
      let run = try asked(["export", program, "--policies"])
      #expect(run.status == 0)
      let file = try folder.file(name, run.output)
      let policies = try rows(["policies", file], "policies")
      #expect(
        policies.filter { $0["policy"] == "WorkerQueueScalingPolicy" }.map { $0["threshold"].flatMap(Double.init) } == [
          100
        ])
      #expect(policies.contains { $0["policy"] == "scale-out-cpu_percent" && $0["target"] == "api" })
    }
  }

  @Test("What is written for another program is told with what was not read, and a minimum that it does not take")
  func converted() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      "hpa.yaml",
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: api}
      spec:
        scaleTargetRef: {kind: Deployment, name: api}
        minReplicas: 0
        maxReplicas: 9
        metrics:
          - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}
          - {type: ContainerResource}
      """)
    let run = try asked(["policies", file, "--as", "hpa"])
    #expect(run.status == 0 && run.output.contains("minReplicas: 1\n"))
    #expect(run.errors.contains("not read: \(file):10: metric of autoscaler api: it is of one container of a pod"))
    #expect(run.errors.contains("not exported: policy api of api: its minimum of 0, which is 1"))
    let twice = try asked(["policies", file, file])
    #expect(twice.status == 64 && twice.firstError.contains("expected each file once"))
  }

  @Test("A rule whose label names no service of the fleet is told so")
  func strangeService() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      "r.yaml", "groups: [{name: g, rules: [{alert: A, expr: 'cpu_percent{service=\"nosuch\"} > 1'}]}]\n")
    let run = try asked(["policies", "--evaluate", file])
    #expect(run.status == 0 && run.output.contains("no service nosuch"))
  }

  @Test(
    "What cannot be is a usage error",
    arguments: [
      ["export", "crontab", "--policies"], ["export", "cloudformation", "--tests"],
      ["policies"], ["policies", "x.yaml", "--as", "nothing"],
      ["simulate", "--policies", "x.yaml", "--load-test", "spike"],
    ])
  func usage(words: [String]) throws { #expect(try asked(words).status == 64) }
}

import Foundation
import Testing

/// What becomes of a folder in which some files cannot be used.
@Suite struct RefusedFilesTests {
  private func place() throws -> Workplace {
    let place = try Workplace()
    try shell("mkdir -p '\(place.folder.url.path)/d/utilisation'")
    try place.file(
      "d/fleet.yaml", "name: mini\nregion: us-east-1\nservices: [{ name: web, initial_type: m5.large }]\n")
    try place.file("d/README.md", "# Notes on this\n")
    let head = "timestamp,service,resource,metric,value\n2026-10-01T00:00:00Z,web,i-1,cpu_percent,"
    try place.file("d/utilisation/bad.csv", head + "x\n")
    try place.file("d/utilisation/good.csv", head + "4\n")
    try place.file("d/a.json", Self.machine("m5.large"))
    return place
  }

  private static func machine(_ type: String, since day: String = "2026-10-01") -> String {
    """
    {"Reservations": [{"OwnerId": "123456789012", "Instances": [{"InstanceId": "i-0a1b2c3d4e5f60001",
      "InstanceType": "\(type)", "LaunchTime": "\(day)T00:00:00+00:00", "Placement": {"AvailabilityZone": "us-east-1a"},
      "State": {"Name": "running"}, "Tags": [{"Key": "Name", "Value": "web"}]}]}]}
    """
  }

  @Test("Files that are refused are named on standard error, the rest is imported, and the import ends with 65")
  func folder() throws {
    let place = try place()
    try shell("cd '\(place.folder.url.path)/d' && ln -s nowhere link.csv")
    let run = try place.run(["import", "--store", place.store, "dataset", "d"])
    #expect(run.status == 65)
    #expect(run.output.contains("d/utilisation/good.csv: 1 sample added\n"))
    #expect(run.output.contains("d/README.md: skipped: its content is none of the formats that are known\n"))
    #expect(
      run.errors.split(separator: "\n").map(String.init) == [
        "plimsoll: d/utilisation/bad.csv:2: found \"x\", expected a number",
        "plimsoll: d/link.csv: found a link to nothing, expected a regular file",
        "plimsoll: d: found 2 files of 5 that cannot be used, expected files that can; the others are in the store, and "
          + "importing the folder again adds what was mended",
      ])
    try shell("cd '\(place.folder.url.path)/d' && rm link.csv utilisation/bad.csv")
    #expect(try place.run(["import", "--store", place.store, "dataset", "d"]).status == 0)
  }

  @Test("A machine of two types since one moment is refused with both files; one that was resized started again")
  func twoTypes() throws {
    let place = try place()
    try shell("cd '\(place.folder.url.path)/d' && rm utilisation/bad.csv")
    try place.file("d/b.json", Self.machine("m5.xlarge"))
    let run = try place.run(["import", "--store", place.store, "dataset", "d"])
    #expect(run.status == 65)
    #expect(
      run.firstError == "plimsoll: d/b.json: i-0a1b2c3d4e5f60001: found m5.xlarge, running since 2026-10-01T00:00:00Z, "
        + "expected m5.large, which d/a.json has it run on since then; of two answers on one machine keep the later")
    // Resized on the 10th: both runs are there.
    try place.file("d/b.json", Self.machine("m5.xlarge", since: "2026-10-10"))
    let resized = try place.run(["import", "--store", place.store, "dataset", "d"])
    #expect(resized.status == 0 && resized.output.contains("d/b.json: 1 machine: 1 run added"), "\(resized.errors)")
  }

  @Test("A group with a minimum above its maximum is told of where it is listed")
  func groupLimits() throws {
    let place = try place()
    try place.file(
      "d/groups.json",
      #"{"AutoScalingGroups": [{"AutoScalingGroupName": "web", "MinSize": 5, "MaxSize": 2, "DesiredCapacity": 2}]}"#)
    let run = try place.run(["import", "--store", place.store, "dataset", "d"])
    #expect(run.status == 65 && run.errors.contains("d/groups.json"), "\(run.errors)")
    #expect(run.errors.contains("expected at most 2, its MaxSize"), "\(run.errors)")
  }
}

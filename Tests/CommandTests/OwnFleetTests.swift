import Foundation
import Testing

@Suite struct OwnFleetTests {
  /// The files of `pricing/aws` that a fleet without caches, tokens and spot needs, to save time.
  private let prices = ["ec2-on-demand", "ec2-specifications", "ec2-reserved", "ec2-performance"]

  @Test("The five commands of the README review the month of the fleet that the guide begins with")
  func fiveCommands() throws {
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let section = readme.components(separatedBy: "## On your own fleet").last ?? ""
    let block = section.components(separatedBy: "```").first { $0.contains("plimsoll review") } ?? ""
    let commands = block.split(separator: "\n").map(String.init).filter { $0.hasPrefix("plimsoll ") }
    #expect(commands.count == 5)
    let folder = try place()
    var last: Run?
    for command in commands {
      let words = command.split(separator: " ").dropFirst().map(String.init)
      let arguments = words.flatMap { $0 == "pricing/aws/*.csv" ? prices.map { "pricing/\($0).csv" } : [$0] }
      last = try plimsoll(arguments, in: folder.url)
      #expect(last?.status == 0 && last?.errors == "", "\(command): \(last?.errors ?? "")")
    }
    // 744 h x (2 m5.xlarge x 0.192 + 1 r5.xlarge x 0.252) = 285.696 + 187.488 = 473.184; September has 720 hours of it.
    #expect(last?.output.contains(/\nCost +473\.18 +USD +\+3\.3 % +150\.0 average concurrent users\n/) == true)
    #expect(FileManager.default.fileExists(atPath: folder.path("review/report.md")))
  }

  private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A folder with the guide's fleet, a month of samples and the prices.
  private func place() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let manager = FileManager.default
    for name in ["fleet.yaml", "inventory.csv"] {
      try manager.copyItem(
        at: root.appendingPathComponent("guide/own-fleet/\(name)"), to: folder.url.appendingPathComponent(name))
    }
    try manager.createDirectory(atPath: folder.path("pricing"), withIntermediateDirectories: true)
    for name in prices {
      try manager.copyItem(
        at: root.appendingPathComponent("pricing/aws/\(name).csv"),
        to: folder.url.appendingPathComponent("pricing/\(name).csv"))
    }
    _ = try folder.file("usage.csv", usage)
    return folder
  }

  /// October 2026 at five minutes: 150 customers, two web servers at 20 % and a database at 10 %.
  private var usage: String {
    let start = 1_790_812_800
    let rows = (0..<31 * 288).map { slot in
      let time = start + slot * 300
      return """
        \(time),web,i-01,cpu_percent,20
        \(time),web,i-02,cpu_percent,20
        \(time),web,i-01,memory_percent,30
        \(time),web,i-02,memory_percent,30
        \(time),database,i-09,cpu_percent,10
        \(time),database,i-09,memory_percent,38
        \(time),users,customer,concurrent_users,150

        """
    }
    return "timestamp,service,resource,metric,value\n" + rows.joined()
  }
}

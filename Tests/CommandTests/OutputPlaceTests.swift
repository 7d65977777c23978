import Foundation
import Testing

/// An answer is never written over what it is made from.
@Suite struct OutputPlaceTests {
  private static let listing = """
    {"Addresses": [{"PublicIp": "198.51.100.1", "AllocationId": "eipalloc-1", "Domain": "vpc"}]}

    """

  @Test("A store, whatever it is called, and a file that is read are not written over")
  func inputs() throws {
    let place = try Workplace()
    let shared = try SharedStore.made.get()
    try FileManager.default.copyItem(
      atPath: shared.store, toPath: place.folder.url.appendingPathComponent("mine.sqlite").path)
    try FileManager.default.copyItem(
      at: packageFolder.appendingPathComponent("datasets/sketchy-chain/fleet.yaml"),
      to: place.folder.url.appendingPathComponent("fleet.yaml"))
    let before = ["mine.sqlite", "fleet.yaml"].map(place.bytes)
    let cost = ["cost", "--store", shared.store, "--month", SharedStore.month]
    let run = try place.run(cost + ["--out", "mine.sqlite"])
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.firstError == "plimsoll: mine.sqlite: found a store, expected a file that the command does not read")
    for out in [["--out", "fleet.yaml"], ["--out=./fleet.yaml"]] {
      let run = try place.run(cost + ["--fleet", "fleet.yaml"] + out)
      #expect(run.status == 64 && run.errors.contains("found what is read from fleet.yaml"))
    }
    #expect(["mine.sqlite", "fleet.yaml"].map(place.bytes) == before)
    #expect(try place.run(cost + ["--out", "cost.txt"]).status == 0)
  }

  @Test("Of a folder that is read neither the fleet file nor its record is written elsewhere")
  func folders() throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(
      at: place.folder.url.appendingPathComponent("account"), withIntermediateDirectories: false)
    try place.file("account/addresses.json", Self.listing)
    try place.file("precious.txt", "precious\n")
    #expect(try place.run(["init", "account", "--out", "account/fleet.yaml"]).status == 64)
    let record = place.folder.url.appendingPathComponent("account/.fleet.yaml.init").path
    try FileManager.default.createSymbolicLink(atPath: record, withDestinationPath: "../precious.txt")
    #expect(try place.run(["init", "account"]).status == 65)
    #expect(place.bytes("account/fleet.yaml") == nil)
    #expect(place.bytes("precious.txt") == Data("precious\n".utf8))
  }
}

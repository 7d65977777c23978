import Foundation
import Ingest
import Model
import Reading
import Testing

/// Every parser of `Ingest` against mutated examples; `make fuzz` runs them for longer.
@Suite struct IngestFuzzTests {
  @Test("An inventory is read or refused with its place")
  func inventory() throws {
    let example = """
      service,resource,type,zone,lifecycle,started,stopped
      web,i-1,t3.medium,us-east-1b,on-demand,2026-10-01T00:00:00Z,2026-10-01T02:00:00Z
      web,i-1,t3.large,us-east-1b,on-demand,2026-10-01T02:00:00Z,
      "web, the other",i-2,c5.large,,spot,2026-10-01T00:00:00+02:00,

      """
    try fuzz("inventory", [Array(example.utf8)]) { input, _ in
      _ = try readInventory(InputFile(name: "inventory.csv", bytes: input))
    }
  }

  @Test("Commitments are read or refused with their place", arguments: commitmentFormats.map { $0.name })
  func commitments(name: String) throws {
    let own = try #require(commitmentFormats.first { $0.name == name }).example
    let second = "ri-2,worker,c5.large,2,convertible-3yr-all-upfront,2025-11-15\n"
    let examples = Array(repeating: own, count: 8) + commitmentFormats.map { $0.example } + [own + "\n" + second]
    try fuzz("commitments-\(name)", examples.map { Array($0.utf8) }) { input, _ in
      _ = try readCommitments(InputFile(name: "commitments", bytes: input))
    }
  }

  @Test(
    "What a cloud lists of an account is read or refused with its place, and settled",
    arguments: accountFormats.map { $0.name })
  func listing(name: String) throws {
    let own = try #require(accountFormats.first { $0.name == name }).example
    try fuzz("listing-\(name)", [Array(own.utf8)], count: 300) { input, _ in
      var listing = try readListing(ByteSource(name: "listing", bytes: input)).listing
      listing.settle()
    }
  }

  @Test("A fleet file is read or refused with its place")
  func fleet() throws {
    // The shipped file: it is long, so fewer of them.
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appendingPathComponent("datasets/sketchy-chain/fleet.yaml")
    let shipped = String(decoding: try Data(contentsOf: path), as: UTF8.self)
    let spot = "spot: { deadline: 90s, replacement: 0s, zones: [us-east-1a, use1-az2], types: [c5.xlarge] }"
    let other = shipped.replacing("spot: { deadline: 15min, replacement: 5min }", with: spot)
    #expect(other != shipped)
    try fuzz("fleet", [Array(shipped.utf8), Array(other.utf8)], count: 500) { input, _ in
      _ = try readFleet(text: String(decoding: input, as: UTF8.self), file: "fleet.yaml")
    }
  }

  @Test("A compressed file is inflated or refused with its name")
  func gzip() throws {
    // `printf 'timestamp,service\n' | gzip -n`, once and twice: two members, one behind the other.
    let member: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x2B, 0xC9, 0xCC, 0x4D, 0x2D, 0x2E, 0x49, 0xCC, 0x2D,
      0xD0, 0x29, 0x4E, 0x2D, 0x2A, 0xCB, 0x4C, 0x4E, 0xE5, 0x02, 0x00, 0x05, 0x13, 0x8B, 0x9F, 0x12, 0x00, 0x00, 0x00,
    ]
    try fuzz("gzip", [member, member + member]) { _, path in
      let bytes = try InputFile.read(path: path).bytes
      // What was inflated passed gzip's own checksum; what is no gzip any more comes back as it is.
      #expect(bytes.starts(with: gzipMagic) || bytes.count < 1000)
    }
  }
}

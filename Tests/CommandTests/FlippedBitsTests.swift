import Foundation
import GRDB
import TestSupport
import Testing

/// Single bits of a store's file that are flipped where its samples are, as a disk or a memory does it.
///
/// PLIMSOLL_KILLS changes how many, six for each kill (`make bench-kill`), and PLIMSOLL_KILL_SEED which.
@Suite struct FlippedBitsTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test("Each is found by a verification, which names what is damaged, and none leads to other figures")
  func found() throws {
    // Of 20 instances, 200 samples a day each: some 700 bytes that a page has room for, and 4,000 that go over several.
    try place.randomSamples("small.csv", rows: 4000, seed: 2)
    try place.randomSamples("large.csv", rows: 24_000, first: 1440, seed: 3)
    try place.imported("small.csv", "large.csv")
    let sound = try #require(place.bytes(place.store))
    let chunks = try DatabaseQueue(path: place.folder.path(place.store)).read { db in
      try Data.fetchAll(db, sql: "SELECT blob FROM day_chunk ORDER BY key")
    }
    #expect(chunks.count == 40)
    var random = SplitMix64(seed: setting("PLIMSOLL_KILL_SEED", 1))
    var flips = 0
    for _ in 0..<(6 * setting("PLIMSOLL_KILLS", 2)) {
      let chunk = try #require(chunks.randomElement(using: &random))
      let start = chunk.startIndex + random.number(0...(chunk.count - 16))
      // Values are random, so that these bytes are nowhere else; where they go over to another page they are nowhere.
      guard let bytes = sound.range(of: chunk[start..<(start + 16)]) else { continue }
      var damaged = sound
      let bit = random.number(0...127)
      damaged[bytes.lowerBound + bit / 8] ^= 1 << (bit % 8)
      try damaged.write(to: place.folder.url.appendingPathComponent("damaged.sqlite"))
      let run = try place.run(["status", "--verify", "--store", "damaged.sqlite"])
      #expect(run.status == 65, "bit \(bit) of byte \(bytes.lowerBound)")
      #expect(run.firstError.hasPrefix("plimsoll: damaged.sqlite: found damage: the samples of web/i-"))
      let question = try place.run(["series", "--store", "damaged.sqlite"])
      #expect(question.status == 65, "bit \(bit) of byte \(bytes.lowerBound)")
      flips += 1
    }
    #expect(flips > 0)
    print("\(flips) flipped bits found")
  }
}

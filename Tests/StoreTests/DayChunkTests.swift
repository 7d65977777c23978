import TestSupport
import Testing

@testable import Store

@Suite struct DayChunkTests {
  @Test("Random days come back exactly as they were", arguments: 0..<200)
  func roundTrip(seed: Int) throws {
    var numbers = SplitMix64(seed: seed)
    let chunk = randomChunk(&numbers)
    #expect(try roundTripped(chunk) == chunk)
  }

  @Test("The extremes of Int64 come back exactly as they were")
  func extremes() throws {
    let midnight = 20_000 * DayChunk.secondsPerDay
    let chunk = DayChunk(
      day: 20_000, scale: 18, instants: [midnight, midnight + 1, midnight + 86_398, midnight + 86_399],
      mantissas: [.min, .max, .min, 0])
    #expect(try roundTripped(chunk) == chunk)
  }

  @Test("A second a sample for the whole day comes back exactly as it was")
  func fullDay() throws {
    var numbers = SplitMix64(seed: 7)
    let mantissas = (0..<86_400).map { _ in Int64(bitPattern: numbers.next()) }
    let chunk = DayChunk(day: 0, scale: 0, instants: Array(0..<86_400), mantissas: mantissas)
    #expect(try roundTripped(chunk) == chunk)
  }

  @Test("A quiet day of 288 samples takes a few bytes")
  func quietDay() {
    // Head 2, n 2, offset 1, run (300, 287) 4, first mantissa 2; nine groups of one byte: width 0.
    let chunk = DayChunk(
      day: 0, scale: 1, instants: (0..<288).map { $0 * 300 }, mantissas: Array(repeating: 501, count: 288))
    #expect(chunk.encoded().count == 20)
  }

  @Test("The bytes of version 2 are what they were when it was released")
  func layout() {
    // version, scale 2, n 3, 1 s after midnight; two distances of 60; 5 (zig-zag 10); -1 and 296 (1 and 592, of 10
    // bits) take 3 bytes, from the least, 4, they are 0 and 296 of 9 bits: 3 bytes as well and one for the least.
    // 1 + 592 << 10 = 0x094001.
    let chunk = DayChunk(day: 0, scale: 2, instants: [1, 61, 121], mantissas: [5, 4, 300])
    #expect(chunk.encoded() == [2, 2, 3, 1, 60, 2, 10, 10, 0x01, 0x40, 0x09])
  }

  @Test("Bytes that are cut short, changed in their head or too long are refused")
  func damaged() {
    var numbers = SplitMix64(seed: 3)
    let long = DayChunk(
      day: 0, scale: 2, instants: Array(0..<100),
      mantissas: (0..<100).map { _ in Int64.random(in: 0..<900, using: &numbers) })
    for chunk in [DayChunk(day: 0, scale: 2, instants: [1, 61, 121], mantissas: [5, 4, 300]), long] {
      let bytes = chunk.encoded()
      for count in 0..<bytes.count { #expect(decoded(Array(bytes[..<count]), day: 0) == nil) }
      #expect(decoded(bytes + [0], day: 0) == nil)
      #expect(decoded([1] + bytes.dropFirst(), day: 0) == nil)
      #expect(decoded([2, 41] + bytes.dropFirst(2), day: 0) == nil)
    }
  }

  @Test("Random bytes never trap", arguments: 0..<50)
  func noise(seed: Int) {
    var numbers = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let count = Int.random(in: 0..<60, using: &numbers)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      _ = decoded([2] + bytes, day: 1)
      _ = decoded([2, 1, 40, 0, 60, 39] + bytes, day: 1)
      _ = decoded([2, 255, 3, 0, 60, 2] + bytes, day: 1)
    }
  }

  private func randomChunk(_ numbers: inout SplitMix64) -> DayChunk {
    let day = Int.random(in: 0..<65_536, using: &numbers)
    let step = [1, 60, 300, 3_600].randomElement(using: &numbers)!
    let width = Int.random(in: 0..<63, using: &numbers)
    var chunk = DayChunk(day: day, scale: Int.random(in: 0...18, using: &numbers), instants: [], mantissas: [])
    for second in stride(from: 0, to: 86_400, by: step) where Int.random(in: 0..<20, using: &numbers) > 0 {
      chunk.instants.append(Int64(day) * 86_400 + Int64(second))
      chunk.mantissas.append(Int64(bitPattern: numbers.next()) >> Int64(width))
      if chunk.instants.count > 600 { break }
    }
    if chunk.instants.isEmpty { return randomChunk(&numbers) }
    if seedsMixedScales(&numbers) {
      chunk.scales = chunk.mantissas.map { _ in UInt8.random(in: 0...40, using: &numbers) }
      chunk.scale = shareScale(&chunk.mantissas, &chunk.scales)
    }
    return chunk
  }

  private func seedsMixedScales(_ numbers: inout SplitMix64) -> Bool { numbers.next() % 4 == 0 }

  private func roundTripped(_ chunk: DayChunk) throws -> DayChunk {
    try #require(decoded(chunk.encoded(), day: chunk.day))
  }

  private func decoded(_ bytes: [UInt8], day: Int) -> DayChunk? {
    bytes.withUnsafeBytes { DayChunkReader.chunk($0, day: day) }
  }
}

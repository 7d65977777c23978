import Foundation
import Model
@testable import Reading
import Testing

@Suite struct InputFileTests {
  private let text = "timestamp,service\n"
  /// `printf 'timestamp,service\n' | gzip -n9`, whose CRC-32 and length stand in its last eight bytes.
  private let member: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0xC9, 0xCC, 0x4D, 0x2D, 0x2E,
    0x49, 0xCC, 0x2D, 0xD0, 0x29, 0x4E, 0x2D, 0x2A, 0xCB, 0x4C, 0x4E, 0xE5, 0x02, 0x00, 0x05, 0x13,
    0x8B, 0x9F, 0x12, 0x00, 0x00, 0x00,
  ]

  @Test("A plain file comes as it is")
  func plain() throws {
    try withFile(Array(text.utf8)) { (path: String) throws in
      let file = try InputFile.read(path: path)
      #expect(file.bytes == Array(text.utf8))
      #expect(file.name == path)
    }
  }

  @Test(
    "An empty file and one larger than the first read come as they are", arguments: [0, 1, 65_535, 65_536, 300_000])
  func sizes(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) & 0x7F }
    #expect(try content(of: bytes) == bytes)
  }

  @Test("A gzip file is inflated, whatever its name, and all of its members are")
  func gzip() throws {
    #expect(try content(of: member) == Array(text.utf8))
    #expect(try content(of: member + member + [0, 0]) == Array((text + text).utf8))
  }

  @Test("The checksum is that of the content, zipped or not")
  func checksum() throws {
    // What the xxhash module of Python (xxhash.xxh64_intdigest) says of the same bytes.
    #expect(InputFile(name: "x", bytes: []).checksum == 0xEF46_DB37_51D8_E999)
    #expect(InputFile(name: "x", bytes: Array("abc".utf8)).checksum == 0x44BC_2CF5_AD77_0999)
    #expect(InputFile(name: "x", bytes: Array("123456789".utf8)).checksum == 0x8CB8_41DB_40E6_AE83)
    #expect(InputFile(name: "x", bytes: (0..<101).map { UInt8($0) }).checksum == 0xE990_3849_5F85_381E)
    try withFile(member) { (path: String) throws in
      #expect(try InputFile.read(path: path).checksum == InputFile(name: "x", bytes: Array(text.utf8)).checksum)
    }
  }

  @Test("Gzip that is cut short anywhere is refused")
  func cutShort() throws {
    for count in 2..<member.count {
      try withFile(Array(member[..<count])) { (path: String) throws in
        let error = #expect(throws: DataError.self) { try InputFile.read(path: path) }
        #expect(error?.found.hasPrefix("gzip data cut short after ") == true)
        #expect(error?.expected == "a complete gzip file")
        #expect(error?.kind == .badData)
      }
    }
  }

  @Test("Damaged gzip is refused, and so is something else behind it")
  func damaged() throws {
    var bytes = member
    bytes[bytes.count - 6] ^= 1
    try withFile(bytes) { (path: String) throws in
      expectFailure(
        "\(path): found damaged gzip data (incorrect data check) after 18 bytes of content, expected a sound gzip file"
      ) { () throws(DataError) in _ = try InputFile.read(path: path) }
    }
    try withFile(member + [7]) { path in
      expectFailure(
        """
        \(path): found something else behind the gzip data, from byte \(member.count), expected another gzip member \
        or the end
        """
      ) { () throws(DataError) in _ = try InputFile.read(path: path) }
    }
  }

  @Test("A file that is not there is missing input")
  func missing() {
    expectFailure("/no/such/file.csv: found no such file, expected a file to read", kind: .missingInput) {
      () throws(DataError) in _ = try InputFile.read(path: "/no/such/file.csv")
    }
  }

  @Test("A folder cannot be read")
  func folder() {
    expectFailure("/tmp: found \"Is a directory\" on reading, expected a readable file", kind: .inputOutput) {
      () throws(DataError) in _ = try InputFile.read(path: "/tmp")
    }
  }

  private func content(of bytes: [UInt8]) throws -> [UInt8] {
    var content: [UInt8] = []
    try withFile(bytes) { path in content = try InputFile.read(path: path).bytes }
    return content
  }

  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }
}

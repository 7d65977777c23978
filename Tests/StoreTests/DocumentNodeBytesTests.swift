import Foundation
import Ingest
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct DocumentNodeBytesTests {
  @Test("The tree of a file is the same from its bytes, and bytes of another text or damaged ones are none")
  func storedTree() throws {
    let file = packageFolder.appending(path: "datasets/sketchy-chain/fleet.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let node = try readDocument(text: text, file: "fleet.yaml")
    let bytes = node.encoded(from: text)
    func read(_ bytes: [UInt8], of text: String) -> DocumentNode? {
      bytes.withUnsafeBytes { DocumentNode($0, of: text) }
    }
    #expect(read(bytes, of: text) == node)
    #expect(read(bytes, of: text + " ") == nil)
    var random = SplitMix64(seed: 20_261_128)
    for _ in 0..<200 {
      #expect(read(Array(bytes.prefix(random.number(0...(bytes.count - 1)))), of: text) == nil)
    }
    // Whatever a byte is turned into, nothing is trapped.
    for _ in 0..<200 {
      var damaged = bytes
      damaged[random.number(0...(bytes.count - 1))] = UInt8(random.number(0...255))
      _ = read(damaged, of: text)
    }
  }
}

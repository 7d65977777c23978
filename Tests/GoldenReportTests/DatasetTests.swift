import Foundation
import Ingest
import Reading
import Testing

@Suite struct DatasetTests {
  @Test("The committed dataset is what its generator makes from the stated seed")
  func isFresh() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("plimsoll-dataset-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = builtProduct("generate-dataset")
    process.arguments = ["--seed", "20261101", "--out", folder.path]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let names = try #require(FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String])
    let files = names.filter { $0.hasSuffix(".csv") }
    // Ten files of samples, the inventory and the commitments.
    #expect(files.count == 12)
    let committed = packageFolder.appendingPathComponent("datasets/sketchy-chain")
    for name in files {
      let plain = committed.appendingPathComponent(name).path
      let path = FileManager.default.fileExists(atPath: plain) ? plain : plain + ".gz"
      let made = try InputFile.read(path: folder.appendingPathComponent(name).path)
      let stored = try InputFile.read(path: path)
      #expect(made.bytes == stored.bytes, "\(name) differs from what the generator makes")
    }
  }
}

/// A product that was built beside this test bundle.
func builtProduct(_ name: String) -> URL {
  Bundle.main.bundleURL.appendingPathComponent(name)
}

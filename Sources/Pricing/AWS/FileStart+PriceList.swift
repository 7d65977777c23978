import Reading

extension FileStart {
  /// True for a price list in CSV: its first line says the version of its format.
  var startsPriceList: Bool {
    bytes.starts(with: Array("\"FormatVersion\",".utf8)) || bytes.starts(with: Array("FormatVersion,".utf8))
  }

  /// True when some text is in the first 64 KiB.
  func holds(_ text: StaticString) -> Bool { position(of: text) != nil }

  /// The first byte of the value of a key, as far as the first 64 KiB have it.
  func firstByte(ofValue key: StaticString) -> UInt8? {
    guard let end = position(of: key) else { return nil }
    // A quote, a colon and white space lie between.
    return bytes[end...].prefix(64).first { $0 > 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ":") }
  }

  /// The position behind a text.
  private func position(of text: StaticString) -> Int? {
    text.withUTF8Buffer { text in
      bytes.withUnsafeBufferPointer { all in
        let last = min(all.count, 1 << 16) - text.count
        guard last >= 0, let first = text.first else { return nil }
        for start in 0...last where all[start] == first {
          if all[start..<(start + text.count)].elementsEqual(text) { return start + text.count }
        }
        return nil
      }
    }
  }
}

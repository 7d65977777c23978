import CZlib
import Model

/// What a gzip file starts with (RFC 1952).
package let gzipMagic: [UInt8] = [0x1F, 0x8B]

/// Inflates a gzip stream: its members one behind the other, as `gzip -dc` writes them.
final class GzipInflation {
  private enum State { case inMember, betweenMembers, padding, ended }

  // On the heap, for zlib keeps their addresses.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let packed = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var state = State.inMember
  // Packed bytes behind the last full buffer, and content given so far: for errors.
  private var offset = 0
  private var given = 0

  init() {
    stream.initialize(to: z_stream())
    // 15 bits of window, plus 16 for a gzip header and trailer; `inflateInit2` is a macro over this.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib cannot start")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    packed.deallocate()
  }

  /// Puts inflated bytes into a buffer that is not empty, at least one unless the content has ended.
  ///
  /// - Parameter next: fills a buffer with packed bytes; fewer than its length only at the end.
  /// - Throws: ``DataError`` when a member is cut short or damaged, or something other than a member or padding follows.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, file: String,
    from next: (UnsafeMutableRawBufferPointer) throws(DataError) -> Int
  ) throws(DataError) -> Int {
    while state != .ended {
      if stream.pointee.avail_in == 0 {
        let count = try next(packed)
        offset += count
        stream.pointee.next_in = packed.assumingMemoryBound(to: UInt8.self).baseAddress
        stream.pointee.avail_in = UInt32(count)
        if count == 0 { return try readLast(into: buffer, file) }
      }
      if try !startsMember(file) { continue }
      let count = try inflateSome(into: buffer, file)
      if count > 0 { return count }
    }
    return 0
  }

  /// What zlib still holds when no packed bytes are left.
  private func readLast(into buffer: UnsafeMutableRawBufferPointer, _ file: String) throws(DataError) -> Int {
    if state == .inMember {
      let count = try inflateSome(into: buffer, file)
      if count > 0 { return count }
      guard state != .inMember else {
        throw DataError(
          Place(file: file), found: "gzip data cut short after \(given) bytes of content",
          expected: "a complete gzip file")
      }
    }
    state = .ended
    return 0
  }

  /// True within a member. Behind one, passes zero bytes and starts another at gzip's magic number.
  private func startsMember(_ file: String) throws(DataError) -> Bool {
    if state == .inMember { return true }
    while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
      state = .padding
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    }
    guard stream.pointee.avail_in > 0 else { return false }
    guard state == .betweenMembers, stream.pointee.next_in.pointee == gzipMagic[0] else {
      throw DataError(
        Place(file: file), found: "something else behind the gzip data, from byte \(position)",
        expected: "another gzip member or the end")
    }
    inflateReset(stream)
    state = .inMember
    return true
  }

  private func inflateSome(into buffer: UnsafeMutableRawBufferPointer, _ file: String) throws(DataError) -> Int {
    let room = min(buffer.count, 1 << 30)
    stream.pointee.next_out = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(room)
    let status = inflate(stream, Z_NO_FLUSH)
    let count = room - Int(stream.pointee.avail_out)
    given += count
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: state = .betweenMembers
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "no reason given"
      throw DataError(
        Place(file: file), found: "damaged gzip data (\(reason)) after \(given) bytes of content",
        expected: "a sound gzip file")
    }
    return count
  }

  private var position: Int { offset - Int(stream.pointee.avail_in) }
}

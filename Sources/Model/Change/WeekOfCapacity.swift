/// A capacity for each local hour of the week, written as windows: `Mon-Fri 01:00-09:00 2, else 4`.
package struct WeekOfCapacity: Hashable, Sendable {
  /// From Monday 00:00 on.
  package let hours: [Int]

  /// - Precondition: there are 168.
  package init(hours: [Int]) {
    precondition(hours.count == 168, "a week has 168 hours")
    self.hours = hours
  }

  /// Hours of some days with one capacity.
  package struct Window: Hashable, Codable, Sendable {
    /// 0 for Monday.
    package var days: [Int]
    /// Local hours, the last one not included.
    package var from, to: Int
    package var capacity: Int
  }

  /// The capacity of most hours, the largest of equals.
  package var usual: Int {
    var hoursAt: [Int: Int] = [:]
    for level in hours { hoursAt[level, default: 0] += 1 }
    return hoursAt.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }

  /// Where it is another than the usual one, days with the same hours together, by when each first occurs.
  package var windows: [Window] {
    let usual = usual
    var windows: [Window] = []
    for day in 0..<7 {
      var hour = 0
      while hour < 24 {
        let level = hours[day * 24 + hour]
        var end = hour
        while end < 24, hours[day * 24 + end] == level { end += 1 }
        if level != usual { Self.add(day, hour, end, level, to: &windows) }
        hour = end
      }
    }
    return windows
  }

  private static func add(_ day: Int, _ from: Int, _ to: Int, _ capacity: Int, to windows: inout [Window]) {
    if let index = windows.firstIndex(where: { $0.from == from && $0.to == to && $0.capacity == capacity }) {
      windows[index].days.append(day)
    } else {
      windows.append(Window(days: [day], from: from, to: to, capacity: capacity))
    }
  }

  /// Windows over a usual capacity; nil where one leaves the week or a capacity is below 0 or above 100,000. Of windows that overlap the later ones
  /// hold.
  package init?(windows: [Window], usual: Int) {
    var hours = [Int](repeating: usual, count: 168)
    for window in windows {
      guard 0 <= window.from, window.from < window.to, window.to <= 24, (0...100_000).contains(window.capacity),
        window.days.allSatisfy({ (0..<7).contains($0) })
      else { return nil }
      for day in window.days {
        for hour in window.from..<window.to { hours[day * 24 + hour] = window.capacity }
      }
    }
    guard (0...100_000).contains(usual) else { return nil }
    self.hours = hours
  }
}

extension WeekOfCapacity: LosslessStringConvertible {
  private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// `Mon-Fri 01:00-09:00 2, else 4`; `4 at all hours`.
  package var description: String {
    let windows = windows
    guard !windows.isEmpty else { return "\(usual) at all hours" }
    let texts = windows.map { window in
      "\(Self.text(days: window.days)) \(twoDigits(window.from)):00-\(twoDigits(window.to)):00 \(window.capacity)"
    }
    return texts.joined(separator: ", ") + ", else \(usual)"
  }

  /// `Mon-Fri`, `Sat+Sun`, `daily`.
  private static func text(days: [Int]) -> String {
    if days.count == 7 { return "daily" }
    var parts: [String] = []
    var index = 0
    while index < days.count {
      var end = index
      while end + 1 < days.count, days[end + 1] == days[end] + 1 { end += 1 }
      parts.append(
        end > index + 1
          ? "\(names[days[index]])-\(names[days[end]])" : days[index...end].map { names[$0] }.joined(separator: "+"))
      index = end + 1
    }
    return parts.joined(separator: "+")
  }

  /// Parses what ``description`` writes; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").map(String.init)
    }
    guard let last = parts.last else { return nil }
    if parts.count == 1, last.count == 4, Array(last[1...]) == ["at", "all", "hours"], let usual = Int(last[0]) {
      self.init(windows: [], usual: usual)
      return
    }
    guard last.count == 2, last[0] == "else", let usual = Int(last[1]) else { return nil }
    var windows: [Window] = []
    for part in parts.dropLast() {
      guard let window = Self.window(part) else { return nil }
      windows.append(window)
    }
    self.init(windows: windows, usual: usual)
  }

  private static func window(_ words: [String]) -> Window? {
    guard words.count == 3, let days = days(words[0]), let capacity = Int(words[2]) else { return nil }
    let hours = words[1].split(separator: "-", omittingEmptySubsequences: false).map { hour(String($0)) }
    guard hours.count == 2, let from = hours[0], let to = hours[1] else { return nil }
    return Window(days: days, from: from, to: to, capacity: capacity)
  }

  private static func hour(_ text: String) -> Int? {
    guard text.utf8.count == 5, text.hasSuffix(":00") else { return nil }
    return Int(text.prefix(2))
  }

  private static func days(_ text: String) -> [Int]? {
    if text == "daily" { return Array(0..<7) }
    var days: [Int] = []
    for part in text.split(separator: "+", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { names.firstIndex(of: String($0)) }
      guard let first = ends[0], let last = ends[ends.count - 1], ends.count <= 2, first <= last else { return nil }
      days += first...last
    }
    return days
  }
}

extension WeekOfCapacity: Codable {
  private enum Key: CodingKey { case windows, usual }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let windows = try container.decode([Window].self, forKey: .windows)
    guard let week = WeekOfCapacity(windows: windows, usual: try container.decode(Int.self, forKey: .usual)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .windows, in: container,
        debugDescription: "windows within days 0 to 6 and hours 0 to 24, capacities from 0 on")
    }
    self = week
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(windows, forKey: .windows)
    try container.encode(usual, forKey: .usual)
  }
}

package import Formats

/// The body of a response that came as a stream: Server-Sent Events, or one JSON value a line.
///
/// - Source: WHATWG, HTML Living Standard, "Server-sent events", §9.2.6.
package struct StreamedBody: Hashable, Sendable {
  /// Events that are read: an event is a token or more, and no answer that is asked for has so many.
  package static let maximumEvents = 65_536

  /// The data of the last event of OpenAI's streams.
  package static let doneMark = "[DONE]"
  /// Names of events that keep a connection alive and say nothing.
  private static let heartbeats: Set = ["ping", "heartbeat", "keepalive", "keep-alive", "keep_alive"]
  /// In words, as in `a stream of more than …`.
  static let limit = "\(maximumEvents) events or \(JSONSize.stream.room) values"

  /// The JSON of each event, in the order of the stream.
  package private(set) var values: [JSONValue] = []
  /// `data: [DONE]` came.
  package private(set) var isDone = false
  /// Something came that is not JSON: the stream was cut within an event, or mixed with other text.
  package private(set) var isBroken = false
  /// More events or values came than are read; it is broken, too.
  package private(set) var isTooLong = false
  /// What the events that are still to come may take.
  private var room = JSONSize.stream

  /// The events of a body; nil if it is none: JSON and HTML begin with none of the words that events begin with.
  package init?(events body: [UInt8]) {
    let start = body.firstIndex { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) } ?? body.count
    guard
      ["data:", "data\n", "data\r", "event:", "id:", "retry:", ":"].contains(where: {
        body[start...].starts(with: $0.utf8)
      })
    else {
      return nil
    }
    var data: [UInt8] = []
    var name: ArraySlice<UInt8> = []
    var lines = Lines(of: body, from: start)
    func dispatch() -> [UInt8]? {
      // By the standard an event without data is none. A heartbeat's data are words, if there are any: an object under
      // its name must be whole, as any other.
      guard let first = data.first(where: { $0 > 0x20 }) else { return nil }
      let isHeartbeat = first != UInt8(ascii: "{") && Self.heartbeats.contains(String(decoding: name, as: UTF8.self))
      return isHeartbeat ? nil : Self.named(name, data)
    }
    while !isTooLong, let line = lines.next() {
      if line.isEmpty {
        if let event = dispatch() { add(event) }
        data.removeAll(keepingCapacity: true)
        name = []
      } else if let value = Self.value(of: "data", in: line) {
        if !data.isEmpty { data.append(UInt8(ascii: "\n")) }
        data.append(contentsOf: value)
      } else if let value = Self.value(of: "event", in: line) {
        name = value
      }
    }
    // The standard drops an event without the empty line behind it; servers leave that line out after the last one.
    if let event = dispatch() { add(event) }
  }

  /// What an event named `error` says is an error, whatever shape it has.
  private static func named(_ name: ArraySlice<UInt8>, _ data: [UInt8]) -> [UInt8] {
    guard name.elementsEqual("error".utf8) else { return data }
    let told = JSONValue(parsing: data, numberWords: .absent, upTo: .response)
    guard told?["error"] == nil else { return data }
    let error = told ?? .string(String(decoding: data, as: UTF8.self))
    return Array(JSONValue.object(["error": error]).canonical.utf8)
  }

  /// The value of a line that is of a field; a line without a colon is a field without a value.
  private static func value(of field: String, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard line.starts(with: field.utf8) else { return nil }
    let rest = line.dropFirst(field.utf8.count)
    guard let colon = rest.first else { return rest }
    guard colon == UInt8(ascii: ":") else { return nil }
    let value = rest.dropFirst()
    return value.first == 0x20 ? value.dropFirst() : value
  }

  /// One JSON value a line; nil for an empty body.
  package init?(lines body: [UInt8]) {
    var lines = Lines(of: body, from: 0)
    while !isTooLong, let line = lines.next() {
      if line.contains(where: { $0 > 0x20 }) { add(Array(line)) }
    }
    guard !values.isEmpty else { return nil }
  }

  private init() {}

  /// A stream without the words of events: a list of its values, or one a line; nil for any other body, and for one value alone.
  static func bare(_ body: [UInt8]) -> StreamedBody? {
    guard body.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") else {
      guard let stream = StreamedBody(lines: body), !stream.isBroken, stream.values.count > 1 else { return nil }
      return stream
    }
    var stream = StreamedBody()
    guard let list = JSONValue.parse(body, numberWords: .absent, within: &stream.room)?.array, !list.isEmpty,
      list.count <= maximumEvents, list.allSatisfy({ $0.object != nil })
    else { return nil }
    stream.values = list
    return stream
  }

  private mutating func add(_ data: [UInt8]) {
    var trimmed = data.drop { $0 <= 0x20 }
    // Frameworks that write the word themselves make two of one.
    while trimmed.starts(with: "data:".utf8) { trimmed = trimmed.dropFirst("data:".utf8.count).drop { $0 <= 0x20 } }
    if trimmed.starts(with: Self.doneMark.utf8), trimmed.dropFirst(Self.doneMark.utf8.count).allSatisfy({ $0 <= 0x20 })
    {
      isDone = true
    } else if values.count == Self.maximumEvents {
      (isTooLong, isBroken) = (true, true)
    } else {
      var left = room
      if let value = JSONValue.parse(Array(trimmed), numberWords: .absent, within: &left) {
        values.append(value)
        room = left
      } else if left.room == 0 || !addLines(data) {
        isBroken = true
        isTooLong = isTooLong || left.room == 0
      }
    }
  }

  /// Adds each line of data as an event of its own, where each is one: servers leave out the empty lines between them.
  private mutating func addLines(_ data: [UInt8]) -> Bool {
    let lines = data.split(separator: UInt8(ascii: "\n"))
    guard !isBroken, lines.count > 1, room.room > 0 else { return false }
    let (count, before, wasDone) = (values.count, room, isDone)
    for line in lines where !isBroken { add(Array(line)) }
    guard isBroken else { return true }
    values.removeLast(values.count - count)
    (room, isDone) = (before, wasDone)
    return false
  }

  /// The lines of a body, one at a time: there may be millions. They end in LF, CR LF or CR.
  private struct Lines {
    private let bytes: [UInt8]
    private var at: Int

    init(of bytes: [UInt8], from start: Int) {
      self.bytes = bytes
      at = start
    }

    mutating func next() -> ArraySlice<UInt8>? {
      guard at < bytes.count else { return nil }
      let start = at
      while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
      let line = bytes[start..<at]
      let isPair = at + 1 < bytes.count && bytes[at] == 0x0D && bytes[at + 1] == 0x0A
      at += isPair ? 2 : 1
      return line
    }
  }
}

extension StreamedBody {
  /// The texts at a place of every event, joined, a last one that repeats all others left out; nil if there are none.
  func joined(_ place: (JSONValue) -> JSONValue?) -> JSONValue? {
    let texts = values.compactMap { place($0)?.string }
    return texts.isEmpty ? nil : .string(StreamedContent.text(texts))
  }

  /// The lists at a place of every event, one after the other; nil if there are none.
  func appended(_ place: (JSONValue) -> JSONValue?) -> JSONValue? {
    let lists = values.compactMap { place($0)?.array }
    return lists.isEmpty ? nil : .array(lists.flatMap(\.self))
  }

  /// The last value at a place that is not null.
  func last(_ place: (JSONValue) -> JSONValue?) -> JSONValue? {
    values.reversed().lazy.compactMap(place).first { $0 != .null }
  }
}

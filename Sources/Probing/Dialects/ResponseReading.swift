import Cases
import Formats

/// What the dialects share in reading responses: JSON, errors wherever they stand, and words fit for one line.
enum ResponseReading {
  /// An object of a response that claims success and holds no error, or what failed.
  enum Object {
    case object(JSONValue)
    case failed(DialectReading)
  }

  /// - Parameter assembling: what the events of a stream amount to, as the response would have been without one; nil
  ///   if the stream lacks its end: then it is no answer, however much of one arrived.
  static func object(status: Int, body: [UInt8], assembling: (StreamedBody) -> JSONValue?) -> Object {
    if (200..<300).contains(status), let stream = StreamedBody(events: body) {
      return object(status: status, stream: stream, body: body, assembling: assembling)
    }
    let parsed = JSONValue.parse(body, numberWords: .absent, upTo: .response)
    if case .failure(let problem) = parsed, let limit = problem.limit, (200..<300).contains(status) {
      return .failed(.failure(.configuration, detail: "the response is a JSON document \(limit)", error: nil))
    }
    let json = try? parsed.get()
    guard (200..<300).contains(status) else { return .failed(failure(status: status, json: json, body: body)) }
    guard let json, json.object != nil else {
      if let stream = StreamedBody.bare(body),
        assembling(stream) != nil || stream.values.contains(where: { ErrorObject.found(in: $0) != nil })
      {
        return object(status: status, stream: stream, body: body, assembling: assembling)
      }
      if let page = WebPage(body) {
        return .failed(.failure(.transient, detail: "a web page in place of an answer: \(page.title)", error: nil))
      }
      return .failed(
        .failure(.transient, detail: "the response is not a JSON object: \(excerpt(body))", error: nil))
    }
    return checked(json, status: status)
  }

  static func object(
    status: Int, stream: StreamedBody, body: [UInt8], assembling: (StreamedBody) -> JSONValue?
  ) -> Object {
    guard !stream.isTooLong else {
      return .failed(
        .failure(
          .configuration, detail: "a stream of more than \(StreamedBody.limit): \(excerpt(body))",
          error: nil))
    }
    if let error = stream.values.lazy.compactMap(ErrorObject.found).first {
      return .failed(inBand(error, status: status))
    }
    guard !stream.isBroken, let whole = assembling(stream) else {
      return .failed(incomplete("end of its stream", body))
    }
    return checked(whole, status: status)
  }

  private static func checked(_ json: JSONValue, status: Int) -> Object {
    ErrorObject.found(in: json).map { .failed(inBand($0, status: status)) } ?? .object(json)
  }

  /// What an error inside of a response that claims success comes to.
  static func inBand(_ error: JSONValue, status: Int) -> DialectReading {
    if let word = WithheldAnswer.word(status: status, error: error) { return withheld(word) }
    return .failure(
      FailureClass.of(status: status, error: error),
      detail: "error in a response of status \(status): \(words(error))", error: error)
  }

  static func incomplete(_ what: String, _ body: [UInt8]) -> DialectReading {
    .failure(.transient, detail: "the response has no \(what): \(excerpt(body))", error: nil)
  }

  /// An answer that was withheld is an outcome of the probe, not a failure to ask it.
  private static func withheld(_ word: String) -> DialectReading {
    .answer(.filtered, Answer(text: "", finish: "content_filter", nativeFinish: word))
  }

  private static func failure(status: Int, json: JSONValue?, body: [UInt8]) -> DialectReading {
    // Gemini wraps errors of streams in a list.
    let json = json?.array?.first ?? json
    let page = WebPage(body)
    let error = json.map { ErrorObject.found(in: $0) ?? $0 } ?? (page == nil ? ErrorObject.text(body) : nil)
    if let word = WithheldAnswer.word(status: status, error: error) { return withheld(word) }
    if let page {
      // A gateway's page before the interface says nothing of the key, but for the status that is about nothing else.
      let kind = [403, 404, 405, 407, 451].contains(status) ? .denied : FailureClass.of(status: status, error: nil)
      return .failure(kind, detail: "status \(status): a web page in place of an answer: \(page.title)", error: nil)
    }
    let words = json.flatMap(ErrorObject.found).map(words) ?? excerpt(body)
    return .failure(FailureClass.of(status: status, error: error), detail: "status \(status): \(words)", error: error)
  }

  private static func words(_ error: JSONValue) -> String {
    let named = [error["code"], error["type"], error["status"]].compactMap(\.self).first {
      $0 != .null && $0 != .string("")
    }
    let message = error["message"]?.string ?? error.string ?? error.canonical
    return excerpt(Array((named.map { "\($0.string ?? $0.canonical): \(message)" } ?? message).utf8))
  }

  /// The beginning of a body as text, fit for one line.
  static func excerpt(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes.prefix(300), as: UTF8.self)
    guard text.unicodeScalars.count(where: { $0 == "\u{FFFD}" }) < 8 else {
      return "\(bytes.count) bytes that are no text: compressed, perhaps, which nobody asked for"
    }
    return String(text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 })
  }

  /// A count of tokens that can be one.
  static func count(_ value: JSONValue?) -> Int? {
    value?.integer.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
  }

  /// What a message and the end of an answer amount to. Something else than text is no empty answer; it is named in the answer.
  static func outcome(_ said: SpokenContent, finish: String?, isRefusal: Bool = false) -> Attempt.Outcome {
    if finish == "content_filter" { return .filtered }
    if isRefusal || said.refusal != nil { return .refused }
    if said.words.isEmpty { return said.others.isEmpty ? .empty : .ok }
    return finish == "length" ? .truncated : .ok
  }

  /// The endpoint's name of a response, where it is one.
  static func identifier(_ value: JSONValue?) -> String? {
    value?.string.flatMap { $0.isEmpty || $0.utf8.count > 256 ? nil : $0 }
  }
}

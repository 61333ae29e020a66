import Formats

/// Where a response has its error, in the shapes of many vendors.
///
/// - Source: the vendors' errors as reported in public; see the table of quirks in `Reports/quirks`.
enum ErrorObject {
  /// What is told of an error in a body that is a text, stands at its beginning.
  private static let longest = 8_192

  /// - Returns: nil for a document that holds no error.
  static func found(in json: JSONValue) -> JSONValue? {
    if let error = json["error"].map(first), error != .null, error != .string(""), error != .bool(false) {
      guard case .string = error else { return error }
      // A text alone may have its code beside it, or how long a model takes to load.
      let beside = ["code", "estimated_time"].filter { (json[$0] ?? .null) != .null }
      let members = Dictionary(firstOf: beside.map { ($0, json[$0] ?? .null) })
      return members.isEmpty ? error : .object(members.merging(["message": error]) { $1 })
    }
    // Cloudflare lists several, and has an empty list where all went well.
    if json["success"]?.bool == false {
      let listed = json["errors"].map(first) ?? .null
      return listed == .null ? json : listed
    }
    // MiniMax and Baidu tell errors by number, beside an answer that is null; 0 is success.
    if let status = json["base_resp"], let number = status["status_code"]?.integer, number != 0 {
      return .object([
        "code": .string(numbered[number] ?? "\(number)"), "message": status["status_msg"] ?? .null,
      ])
    }
    if let number = json["error_code"]?.integer, number != 0 {
      return .object(["code": .integer(number), "message": json["error_msg"] ?? json["message"] ?? .null])
    }
    if let error = json["Response"]?["Error"], error.object != nil {
      return .object(["code": error["Code"] ?? .null, "message": error["Message"] ?? .null])
    }
    if json["object"]?.string == "error" { return json }
    return isFlat(json) ? json : nil
  }

  /// A body that is no JSON.
  static func text(_ body: [UInt8]) -> JSONValue {
    .string(String(decoding: body.prefix(longest), as: UTF8.self))
  }

  /// The events of OpenAI's Responses have `"type": "error"` beside the words; gateways have a number and words, and no answer.
  private static func isFlat(_ json: JSONValue) -> Bool {
    guard json["message"]?.string ?? json["msg"]?.string != nil else { return false }
    if json["type"]?.string == "error" { return true }
    guard let code = json["code"]?.integer, code != 0, code != 200 else { return false }
    return !["choices", "candidates", "content", "output", "data", "embeddings"].contains { json[$0] != nil }
  }

  /// The first of a list; of an empty one nothing.
  private static func first(_ error: JSONValue) -> JSONValue { error.array.map { $0.first ?? .null } ?? error }

  /// What MiniMax's numbers are called elsewhere.
  private static let numbered = [
    1002: "rate_limit_exceeded", 1039: "rate_limit_exceeded", 1004: "invalid_api_key", 2049: "invalid_api_key",
    1008: "insufficient_balance", 1026: "sensitive_content", 1027: "sensitive_content",
    2013: "invalid_request_error",
  ]
}

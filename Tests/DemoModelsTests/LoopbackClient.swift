import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Asks a demo server over HTTP, as any client would.
struct LoopbackClient: Sendable {
  let port: Int
  var seconds: Int64 = 30

  struct Reply {
    let status: Int
    let contentType: String?
    let body: Data

    var json: [String: Any] {
      get throws { try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:] }
    }

    var choices: [[String: Any]] { get throws { try json["choices"] as? [[String: Any]] ?? [] } }

    var error: [String: Any] { get throws { try json["error"] as? [String: Any] ?? [:] } }

    /// The data of the server-sent events.
    var events: [String] {
      String(decoding: body, as: UTF8.self).components(separatedBy: "\n\n").filter { !$0.isEmpty }
        .map { $0.hasPrefix("data: ") ? String($0.dropFirst(6)) : "not data: \($0)" }
    }
  }

  func send(_ method: String, _ path: String, _ body: Data? = nil) async throws -> Reply {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
    request.method = .init(rawValue: method)
    if let body {
      request.headers.add(name: "content-type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: body))
    }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(seconds))
    var data = Data()
    for try await part in response.body { data.append(contentsOf: part.readableBytesView) }
    return Reply(
      status: Int(response.status.code), contentType: response.headers.first(name: "content-type"), body: data)
  }

  func post(_ path: String, _ object: [String: Any]) async throws -> Reply {
    try await send("POST", path, JSONSerialization.data(withJSONObject: object))
  }

  /// Asks one question and adds `more` to the request.
  func chat(_ question: String, model: String = "teacher", _ more: [String: Any] = [:]) async throws -> Reply {
    let request: [String: Any] = ["model": model, "messages": [["role": "user", "content": question]]]
    return try await post("/v1/chat/completions", request.merging(more) { $1 })
  }

  static func content(of choice: [String: Any]) -> String? {
    (choice["message"] as? [String: Any])?["content"] as? String
  }
}

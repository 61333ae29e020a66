import AsyncHTTPClient
import Cases
import Formats
import NIOCore
import NIOHTTP1
import Probing

/// The control interface of llmock (PyPI), a server that fails on demand and judges how its client took it.
struct LLMock: Sendable {
  let port: Int

  /// A part of llmock that Retort has a dialect for.
  struct Vendor: Sendable {
    /// Also the name of its model, by which faults are meant for it.
    let name: String
    let dialect: Endpoint.DialectName
    let path: String
    /// Whether answers are asked for as streams.
    let streams: Bool

    func endpoint(_ port: Int, model: String) -> Endpoint {
      Endpoint(url: "http://127.0.0.1:\(port)\(path)", model: model, dialect: dialect, streams: streams)
    }
  }

  /// Every dialect that both sides speak, whole and as a stream.
  static let vendors: [Vendor] = [
    ("openai", .openAIChat, "/v1"), ("mistral", .openAIChat, "/mistral/v1"), ("groq", .openAIChat, "/groq/openai/v1"),
    ("together", .openAIChat, "/together/v1"), ("perplexity", .openAIChat, "/perplexity/v1"),
    ("ai21", .openAIChat, "/ai21/v1"), ("xai", .openAIChat, "/xai/v1"), ("vllm", .vllm, "/v1"),
    ("openrouter", .openRouter, "/v1"), ("deepseek", .deepSeek, "/v1"), ("responses", .openAIResponses, "/v1"),
    ("anthropic", .anthropic, "/anthropic/v1"), ("gemini", .gemini, "/gemini/v1beta"),
  ].flatMap { name, dialect, path in
    [false, true].map {
      Vendor(name: $0 ? "\(name)-stream" : name, dialect: dialect, path: path, streams: $0)
    }
  }

  /// One for each wire format.
  static let formats = vendors.filter {
    ["openai", "responses", "anthropic", "gemini"].contains($0.name.split(separator: "-").first)
  }

  /// Queues behaviours for the requests of one model, each for one request; forever if `forever` is set.
  func queue(_ behaviours: [[String: JSONValue]], for model: String, forever: Bool = false) async throws {
    try await queue(behaviours.map { (model, $0) }, forever: forever)
  }

  func queue(_ behaviours: [(model: String, behaviour: [String: JSONValue])], forever: Bool = false) async throws {
    let all = behaviours.map { model, behaviour in
      JSONValue.object(
        behaviour.merging([
          "match": .object(["model": .string(model)]), "times": forever ? .null : .integer(1),
        ]) { _, new in new })
    }
    let reply = try await send(.POST, "scenario", .object(["behaviors": .array(all)]))
    guard reply["queued"]?.integer == behaviours.count else { throw Refused(reply: reply.canonical) }
  }

  /// Behaviours that no request has met yet.
  func pending() async throws -> [JSONValue] { try await send(.GET, "scenario")["pending"]?.array ?? [] }

  /// Every request that the server saw.
  func requests() async throws -> [JSONValue] { try await send(.GET, "requests")["requests"]?.array ?? [] }

  /// What the server has to say against its client: errors and warnings, one a line; empty if nothing.
  func findings() async throws -> String {
    let verdict = try await send(.GET, "verdict")
    guard let findings = verdict["findings"]?.array else { throw Refused(reply: verdict.canonical) }
    let models = Dictionary(
      firstOf: try await requests().compactMap { request in
        request["seq"]?.integer.map { ($0, request["model"]?.string ?? "") }
      })
    return findings.map { finding in
      let about = Set((finding["requests"]?.array ?? []).compactMap { $0.integer.flatMap { models[$0] } })
      let code = finding["code"]?.string ?? ""
      return "\(about.sorted().joined(separator: ",")): \(code) \(finding["title"]?.string ?? "")"
    }.joined(separator: "\n")
  }

  private func send(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/_llmock/\(path)")
    request.method = method
    if let body { request.body = .bytes(ByteBuffer(string: body.canonical)) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    let bytes = try await response.body.collect(upTo: 64 << 20)
    let text = String(buffer: bytes)
    guard let value = JSONValue(parsing: text) else { throw Refused(reply: text) }
    return value
  }

  struct Refused: Error, CustomStringConvertible {
    let reply: String
    var description: String { "llmock answered: \(reply)" }
  }
}

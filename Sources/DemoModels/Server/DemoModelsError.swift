import HTTPTypes

/// What a request to a ``withModelServer(models:seed:latency:now:body:)`` server can get wrong.
package enum DemoModelsError: Error, Equatable, Sendable {
  case malformedJSON(String)
  case bodyTooLarge(limit: Int)
  /// `wanted` completes the sentence "… must be …".
  case badParameter(name: String, wanted: String)
  case missingParameter(name: String)
  case unsupportedParameter(name: String)
  case unknownModel(String)
  case unknownPath(String)
  case methodNotAllowed(String, path: String)
  /// The server could not take a port.
  case notStarted
}

extension DemoModelsError {
  var status: HTTPResponse.Status {
    switch self {
    case .malformedJSON, .badParameter, .missingParameter, .unsupportedParameter: .badRequest
    case .bodyTooLarge: .contentTooLarge
    case .unknownModel, .unknownPath: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .notStarted: .internalServerError
    }
  }

  var wire: WireError {
    switch self {
    case .malformedJSON(let reason):
      WireError(message: "We could not parse the JSON body of your request: \(reason)")
    case .bodyTooLarge(let limit):
      WireError(message: "The body of your request is longer than \(limit) bytes.", code: "request_too_large")
    case .badParameter(let name, let wanted):
      WireError(message: "Invalid value for '\(name)': must be \(wanted).", param: name, code: "invalid_value")
    case .missingParameter(let name):
      WireError(
        message: "Missing required parameter: '\(name)'.", param: name, code: "missing_required_parameter")
    case .unsupportedParameter(let name):
      WireError(
        message: "Unsupported parameter: '\(name)' is not supported by these models.", param: name,
        code: "unsupported_parameter")
    case .unknownModel(let name):
      WireError(message: "The model '\(name)' does not exist.", param: "model", code: "model_not_found")
    case .unknownPath(let path):
      WireError(message: "Unknown request URL: \(path).", code: "unknown_url")
    case .methodNotAllowed(let method, let path):
      WireError(message: "Not allowed to \(method) on \(path).", code: "method_not_supported")
    case .notStarted:
      WireError(message: "The server could not take a port.", type: "server_error")
    }
  }
}

/// OpenAI's error object.
struct WireError: Encodable {
  let message: String
  var type = "invalid_request_error"
  @ExplicitNull var param: String?
  @ExplicitNull var code: String?

  init(message: String, type: String = "invalid_request_error", param: String? = nil, code: String? = nil) {
    self.message = message
    self.type = type
    _param = ExplicitNull(wrappedValue: param)
    _code = ExplicitNull(wrappedValue: code)
  }
}

import Cases
import HTTPTypes
import Hummingbird

/// Lets through only what a browser on this machine asks of this machine, and words every error as a page.
///
/// A page elsewhere can have a name of its own resolve to 127.0.0.1 and so be "same origin" with this server (DNS rebinding);
/// but then its name stands in `Host`. So requests under any other name than that of the loopback are refused.
struct LoopbackGuard: RouterMiddleware {
  private static let names = ["127.0.0.1", "localhost", "[::1]"]

  func handle(
    _ request: Request, context: BasicRequestContext,
    next: (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    if !Self.isLoopback(request.head.authority) {
      response = try Self.page(.misdirectedRequest, "Not here", "This server answers requests to 127.0.0.1 only.")
    } else if request.method != .get, request.method != .head {
      response = try Self.page(.methodNotAllowed, "Nothing can be changed here", "A case is only read.")
      response.headers[.allow] = "GET, HEAD"
    } else {
      do {
        response = try await next(request, context)
      } catch let error as NoSuchThing {
        response = try Self.page(.notFound, "Not found", error.sentence)
      } catch let error as HTTPError where error.status == .notFound {
        response = try Self.page(.notFound, "Not found", "There is no such page.")
      } catch {
        // What is wrong with a case file is said by the commands, with its place and what to do.
        response = try Self.page(
          .internalServerError, "The case cannot be read", "retort report tells what is wrong with it.")
      }
    }
    for (name, value) in Self.headers { response.headers[name] = value }
    return response
  }

  /// - Parameter authority: of the request, such as `127.0.0.1:8080`.
  static func isLoopback(_ authority: String?) -> Bool {
    guard let authority = authority?.lowercased() else { return false }
    return names.contains { name in
      guard authority.hasPrefix(name) else { return false }
      let rest = authority.dropFirst(name.count)
      return rest.isEmpty
        || (rest.first == ":" && rest.count > 1 && rest.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) })
    }
  }

  private static func page(_ status: HTTPResponse.Status, _ title: String, _ text: String) throws -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: .init(string: try Page.message(title, text))))
  }

  /// No script, nothing from elsewhere, no frame around it, nothing kept, nothing told to other sites. In a sandbox a page
  /// cannot move on by itself either (`<meta http-equiv=refresh>`), which no other directive forbids.
  private static let headers: [(HTTPField.Name, String)] = {
    let all: [(String, String)] = [
      (
        "Content-Security-Policy",
        """
        default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; sandbox allow-forms allow-same-origin allow-popups
        """
      ),
      ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"),
      ("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
    return all.compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
  }()
}

import Formats
import Foundation
import TestSupport
import Testing

/// What ends a check with 1 by the user's choice, and who is told.
@Suite("Gates and notices of a check", .serialized)
struct CheckGatesCommandTests {
  private static let shared = Result<(endpoint: WatchedEndpoint, file: String), any Error> {
    let endpoint = try WatchedEndpoint()
    let folder = try CommandTests.folder()
    let file = "\(folder)/prod.json"
    let created = try CommandTests.retort([
      "baseline", "create", try CheckCommandTests.configuration(endpoint.port, in: folder), "-o", file,
    ])
    try #require(created.status == 0, "\(created.errors)")
    let approved = try CommandTests.retort(["baseline", "approve", file, "--by", "A. Name", "--reason", "first"])
    try #require(approved.status == 0, "\(approved.errors)")
    return (endpoint: endpoint, file: file)
  }

  private func check(
    _ mode: WatchedEndpoint.Mode, _ extra: String = "", _ more: [String] = [], environment: [String: String] = [:]
  ) throws -> (outcome: CommandTests.Outcome, result: JSONValue) {
    let (endpoint, original) = try Self.shared.get()
    let folder = try CommandTests.folder()
    let file = "\(folder)/prod.json"
    _ = try CheckCommandTests.configuration(endpoint.port, in: folder, extra: extra)
    try FileBytes.write(try FileBytes.read(original), to: file)
    try endpoint.become(mode)
    let outcome = try CommandTests.retort(
      ["check", file, "--no-ledger", "--run", "one"] + more, environment: environment)
    let path = "\(folder)/prod.check/result.json"
    let result = FileBytes.exists(path) ? JSONValue(parsing: try FileBytes.read(path)) : nil
    return (outcome, result ?? .null)
  }

  @Test("another form of the same words is told, and a change where the user says so")
  func form() throws {
    let told = try check(.bold)
    #expect(told.outcome.status == 0, "\(told.outcome.output)\(told.outcome.errors)")
    #expect(told.outcome.output.contains("100 % of answers have something in bold, 0 % in the baseline"))
    #expect(told.result["verdict"]?.string == "SAME" && told.result["reason"] == nil)
    let gated = try check(.bold, "form: gate", ["--format", "junit"])
    #expect(gated.outcome.status == 1 && gated.result["reason"]?.string == "form")
    #expect(gated.outcome.output.contains(#"type="form""#), "\(gated.outcome.output)")
    let same = try check(.steady, "form: gate")
    #expect(same.outcome.status == 0, "\(same.outcome.output)")
    if IndependentPython.isHere {
      #expect(try Schemas.violations(of: gated.result.canonical, "check") == "")
    }
  }

  @Test("limits that are exceeded end a check with 1, whatever the answers say")
  func limits() throws {
    let failed = try check(.pages, "limits: {failed_attempts: 0.05, p95: 1h}", ["--format", "junit"])
    #expect(failed.outcome.status == 1, "\(failed.outcome.output)\(failed.outcome.errors)")
    #expect(
      failed.result["verdict"]?.string == "SAME" && failed.result["reason"]?.string == "limit",
      "\(failed.outcome.output)")
    #expect(failed.outcome.output.contains(#"type="limit""#))
    let limits = failed.result["limits"]?.array ?? []
    #expect(limits.map { $0["exceeded"]?.bool } == [false, true], "\(limits)")
    let slow = try check(.steady, "limits: {p95: 1ms}")
    #expect(slow.outcome.status == 1 && slow.outcome.output.contains("EXCEEDED    the 95th percentile"))
    #expect(try check(.steady, "limits: {failed_attempts: 0.05, p95: 1m}").outcome.status == 0)
    let priceless = try check(.steady, "limits: {cost: 1}")
    #expect(priceless.outcome.status == 64 && priceless.outcome.errors.contains("budget.prices"))
  }

  @Test("answers are held against a JSON Schema, and a schema that is not checked whole is refused")
  func schema() throws {
    let broken = try check(.steady, #"expect: {s1: {json_schema: {type: object, required: [answer]}}}"#)
    #expect(broken.outcome.status == 1 && broken.result["reason"]?.string == "expectation", "\(broken.outcome.errors)")
    #expect(broken.outcome.output.contains("as the JSON Schema says"), "\(broken.outcome.output)")
    let refused = try check(.steady, #"expect: {s1: {json_schema: {type: string, format: date}}}"#)
    #expect(
      refused.outcome.status == 64 && refused.outcome.errors.contains("expect.s1.json_schema.format"),
      "\(refused.outcome.errors)")
  }

  @Test("what of an answer is compared is part of what is asked")
  func key() throws {
    let other = try check(.steady, "key: {s1: number}")
    #expect(other.outcome.status == 3 && other.result["reason"]?.string == "not_comparable")
    let wrong = try check(.steady, "key: {s1: numbers}")
    #expect(wrong.outcome.status == 64 && wrong.outcome.errors.contains("key.s1 cannot be numbers"))
  }

  @Test("the result is posted once; a failure is one line without the address's secrets, and changes nothing")
  func notify() throws {
    let (endpoint, _) = try Self.shared.get()
    let hook = "http://user:secret-word@127.0.0.1:\(endpoint.port)/hook/token-word/"
    let posted = try check(.steady, "", ["--notify", hook + "200"])
    #expect(posted.outcome.status == 0 && !posted.outcome.errors.contains("not posted"), "\(posted.outcome.errors)")
    let lines = (endpoint.notice ?? "").split(separator: "\n")
    #expect(lines.first == "Basic dXNlcjpzZWNyZXQtd29yZA==")
    #expect(lines.last.flatMap { JSONValue(parsing: String($0)) } == posted.result)
    let failed = try check(.steady, "", ["--notify", hook + "500"])
    #expect(failed.outcome.status == 0, "\(failed.outcome.errors)")
    #expect(
      failed.outcome.errors.contains("not posted to http://127.0.0.1:\(endpoint.port): it answered with status 500"))
    for secret in ["secret-word", "token-word"] {
      #expect(!failed.outcome.errors.contains(secret) && !failed.outcome.output.contains(secret))
      #expect(!failed.result.canonical.contains(secret))
    }
    let gone = try check(.steady, "", ["--notify", "http://127.0.0.1:9/x"])
    #expect(gone.outcome.status == 0 && gone.outcome.errors.contains("the result was not posted to"))
    // By the one transport: as the environment says that other hosts are reached.
    let through = try check(
      .steady, "", ["--notify", "http://hook.invalid/x"], environment: ["HTTP_PROXY": "http://127.0.0.1:9"])
    #expect(through.outcome.status == 0)
    #expect(through.outcome.errors.contains("through the proxy 127.0.0.1:9"), "\(through.outcome.errors)")
    let wrong = try check(.steady, "", ["--notify", "ftp://secret-word"])
    #expect(wrong.outcome.status == 64 && !wrong.outcome.errors.contains("secret-word"))
  }

  @Test("Ctrl-C ends a confirmation as it ends a screening, and the same run goes on")
  func interrupt() throws {
    let (endpoint, original) = try Self.shared.get()
    let folder = try CommandTests.folder()
    _ = try CheckCommandTests.configuration(endpoint.port, in: folder)
    try FileBytes.write(try FileBytes.read(original), to: "\(folder)/prod.json")
    try FileBytes.write([], to: "\(folder)/errors")
    try endpoint.become(.changedAndSlow)
    let arguments = ["check", "\(folder)/prod.json", "--no-ledger", "--run", "job"]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandTests.program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/errors"))
    try process.run()
    let end = ContinuousClock.now + .seconds(120)
    func said(_ words: String) throws -> Bool {
      String(decoding: try FileBytes.read("\(folder)/errors"), as: UTF8.self).contains(words)
    }
    while try !said("to decide"), process.isRunning, ContinuousClock.now < end { Thread.sleep(forTimeInterval: 0.05) }
    Thread.sleep(forTimeInterval: 0.3)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    let errors = String(decoding: try FileBytes.read("\(folder)/errors"), as: UTF8.self)
    #expect(process.terminationStatus == 130, "\(errors)")
    let asked = endpoint.requests
    #expect(asked < 300 && !FileBytes.exists("\(folder)/prod.check/result.json"))
    try endpoint.become(.changed)
    let rest = try CommandTests.retort(arguments)
    #expect(rest.status == 1 && endpoint.requests + asked <= 330, "\(rest.errors)")
  }
}

import Formats
import Foundation
import TestSupport
import Testing

@Suite("Checking several endpoints, and two against each other", .serialized)
struct CheckFleetCommandTests {
  private func probes(in folder: String) throws {
    let lines =
      (0..<20).map { #"{"id":"s\#($0)","prompt":"What is number \#($0)?","samples":8}"# }
      + (0..<4).map { #"{"id":"d\#($0)","prompt":"Pick a thing of kind \#($0)?","samples":20}"# }
    try FileBytes.write((lines.joined(separator: "\n") + "\n").utf8, to: "\(folder)/probes.jsonl")
  }

  @Test("endpoints of one file have a baseline each, one summary and one bound on false alarms")
  func fleet() throws {
    let (one, other) = (try WatchedEndpoint(), try WatchedEndpoint())
    defer {
      one.stop()
      other.stop()
    }
    let folder = try CommandTests.folder()
    try probes(in: folder)
    try FileBytes.write(
      """
      endpoints:
        eu: {url: "http://127.0.0.1:\(one.port)/v1", model: m-1}
        us: {url: "http://127.0.0.1:\(other.port)/v1", model: m-1}
      probes: [probes.jsonl]
      """.utf8, to: "\(folder)/check.yaml")
    let created = try CommandTests.retort(["baseline", "create", "\(folder)/check.yaml", "-o", "\(folder)/prod.json"])
    try #require(created.status == 0, "\(created.errors)")
    let files = ["\(folder)/prod-eu.json", "\(folder)/prod-us.json"]
    let unapproved = try CommandTests.retort(["check"] + files)
    #expect(
      unapproved.status == 3 && unapproved.errors.contains("prod-eu.json: cannot be read"), "\(unapproved.errors)")
    for file in files {
      let approved = try CommandTests.retort(["baseline", "approve", file, "--by", "A", "--reason", "r"])
      try #require(approved.status == 0, "\(approved.errors)")
    }
    // Each has half of the five per cent.
    let baseline = try #require(JSONValue(parsing: try FileBytes.read(files[0])))
    #expect(baseline["content"]?["rule"]?["at_most"]?.number == 0.025)
    #expect(baseline["content"]?["name"]?.string == "eu")

    let same = try CommandTests.retort(["check"] + files + ["-o", "\(folder)/out"])
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    #expect(same.output.contains("2 endpoints · SAME") && same.output.contains("at most 5 % of all series of 52 runs"))
    #expect(FileBytes.exists("\(folder)/out/prod-us/result.json"))
    try other.become(.changed)
    let changed = try CommandTests.retort(["check"] + files + ["-o", "\(folder)/out", "--json"])
    #expect(changed.status == 1, "\(changed.output)\(changed.errors)")
    let document = try #require(JSONValue(parsing: changed.output))
    #expect(document["endpoints"]?.array?.compactMap { $0["verdict"]?.string } == ["SAME", "CHANGED"])
    let junit = String(decoding: try FileBytes.read("\(folder)/out/junit.xml"), as: UTF8.self)
    #expect(
      junit.components(separatedBy: "<testsuite ").count == 3 && junit.components(separatedBy: "<testsuites").count == 2
    )
    if IndependentPython.isHere {
      #expect(try Schemas.violations(of: changed.output, "check-summary") == "")
    }
    #expect(try CommandTests.retort(["check"] + files + ["--ledger", "\(folder)/l.jsonl"]).status == 64)
  }

  @Test("two endpoints are set against each other without a baseline")
  func between() throws {
    let (one, other) = (try WatchedEndpoint(), try WatchedEndpoint())
    defer {
      one.stop()
      other.stop()
    }
    let folder = try CommandTests.folder()
    try probes(in: folder)
    for (name, port) in [("a", one.port), ("b", other.port)] {
      try FileBytes.write(
        "endpoint: {url: \"http://127.0.0.1:\(port)/v1\", model: m-1}\nprobes: [probes.jsonl]\n".utf8,
        to: "\(folder)/\(name).yaml")
    }
    func between(_ run: String, _ more: [String] = []) throws -> CommandTests.Outcome {
      try CommandTests.retort(
        ["check", "--between", "\(folder)/a.yaml", "\(folder)/b.yaml", "-o", "\(folder)/out", "--run", run] + more)
    }
    let same = try between("one")
    #expect(
      same.status == 0 && same.output.contains("no difference between the two was found"),
      "\(same.output)\(same.errors)")
    #expect(one.requests == 240 && other.requests == 240)
    try other.become(.changed)
    let changed = try between("two", ["--json"])
    #expect(changed.status == 1, "\(changed.output)\(changed.errors)")
    let document = try #require(JSONValue(parsing: changed.output))
    #expect(document["between"]?.array?.compactMap(\.string) == ["a", "b"])
    #expect(document["behaviour"]?["changes"]?.array?.first?["probe"]?.string == "s7")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: changed.output, "check") == "") }
    try other.become(.blank)
    #expect(try between("three").status == 3)
    try FileBytes.write(
      "endpoint: {url: \"http://127.0.0.1:\(other.port)/v1\", model: m-1}\nprobes: [probes.jsonl]\nsampling: {temperature: 0}\n"
        .utf8, to: "\(folder)/b.yaml")
    let different = try between("four")
    #expect(different.status == 3 && different.errors.contains("sampling.temperature"), "\(different.errors)")
    // Neither of the two was first: a probe that only one of them asks is a difference.
    try FileBytes.write(#"{"id":"x","prompt":"Another?"}"#.utf8, to: "\(folder)/more.jsonl")
    try FileBytes.write(
      "endpoint: {url: \"http://127.0.0.1:\(other.port)/v1\", model: m-1}\nprobes: [probes.jsonl, more.jsonl]\n".utf8,
      to: "\(folder)/b.yaml")
    let more = try between("five")
    #expect(more.status == 3 && more.errors.contains("probes.x is asked here"), "\(more.errors)")
    #expect(try CommandTests.retort(["check", "--between", "\(folder)/a.yaml"]).status == 64)
  }

  @Test("border inputs are found, watched, and seen to be ties no more")
  func border() throws {
    let endpoint = try WatchedEndpoint()
    defer { endpoint.stop() }
    let folder = try CommandTests.folder()
    try probes(in: folder)
    let candidates = (0..<60).map { number in
      #"{"id":"c\#(number)","prompt":"\#(number < 30 ? "Tie" : "What is") number \#(number)?"}"# + "\n"
    }
    try FileBytes.write(candidates.joined().utf8, to: "\(folder)/candidates.jsonl")
    func configure(_ probes: String) throws {
      try FileBytes.write(
        "endpoint: {url: \"http://127.0.0.1:\(endpoint.port)/v1\", model: m-1}\nprobes: [\(probes)]\n".utf8,
        to: "\(folder)/check.yaml")
    }
    try configure("probes.jsonl")
    let found = try CommandTests.retort([
      "probes", "border", "--from", "\(folder)/candidates.jsonl", "--endpoint", "\(folder)/check.yaml", "--count", "12",
      "-o", "\(folder)/border.jsonl", "--json",
    ])
    try #require(found.status == 0, "\(found.errors)")
    let document = try #require(JSONValue(parsing: found.output))
    if IndependentPython.isHere { #expect(try Schemas.violations(of: found.output, "border") == "") }
    let ids = document["probes"]?.array?.compactMap(\.string) ?? []
    // A candidate that is no tie may have said something else by chance.
    let ties = ids.filter { (Int($0.dropFirst("border-c".count)) ?? 99) < 30 }
    #expect(ties.count >= 4 && ties.count >= ids.count - 1, "\(ids)")
    try configure("probes.jsonl, border.jsonl")
    let file = "\(folder)/prod.json"
    let created = try CommandTests.retort(["baseline", "create", "\(folder)/check.yaml", "-o", file])
    try #require(created.status == 0, "\(created.errors)")
    _ = try CommandTests.retort(["baseline", "approve", file, "--by", "A", "--reason", "r"])
    if IndependentPython.isHere {
      #expect(
        try Schemas.violations(of: try CommandTests.retort(["baseline", "show", file, "--json"]).output, "baseline")
          == "")
    }
    let same = try CommandTests.retort(["check", file, "--run", "one"])
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    try endpoint.become(.untied)
    let changed = try CommandTests.retort(["check", file, "--run", "two"])
    #expect(
      changed.status == 1 && changed.output.contains("the answers changed: border"),
      "\(changed.output)\(changed.errors)")
  }
}

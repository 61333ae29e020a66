import CaseFile
import DemoModels
import Foundation

/// `retort serve-demo`: the models of the demo as endpoints, for as long as the process lives.
struct DemoEndpoints {
  let seed: UInt64
  let json: Bool

  func serve() async throws {
    let models = Dictionary(uniqueKeysWithValues: DemoWorld.authors.map { ($0.name, DemoWorld.train($0)) })
    let json = json
    try await withModelServer(models: models, seed: seed) { port in
      let url = "http://127.0.0.1:\(port)/v1"
      if json {
        try StandardOutput.json(
          .object([
            "schema": .string("retort.endpoints/1"), "tool": .string(Version.tool), "url": .string(url),
            "models": .array(models.keys.sorted().map(JSONValue.string)),
          ]))
      } else {
        // Straight out: whoever waits for the address reads a pipe.
        try StandardOutput.say(url)
      }
      while !Task.isCancelled { try await Task.sleep(for: .seconds(3_600)) }
    }
  }
}

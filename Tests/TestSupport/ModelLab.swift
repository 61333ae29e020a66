import Foundation

/// Small language models of known lineage that lie beside the project where it is developed, served by llama.cpp's own server (the
/// Python package xllamacpp). Tests that need them are skipped, saying so, where either is absent.
package enum ModelLab {
  package static let note = "skipped: no models in ../shared/lab, or no Python package xllamacpp"

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/lab").path

  package static let isHere: Bool =
    FileManager.default.fileExists(atPath: "\(root)/models/T1.gguf")
    && (try? IndependentPython.run("import xllamacpp")) != nil

  package static var prompts: String { "\(root)/prompts.jsonl" }

  /// Serves a model for as long as it lives; stop it when done.
  package final class Server: @unchecked Sendable {
    private let process = Process()
    package let url: String

    package init(_ model: String) throws {
      guard let interpreter = IndependentPython.interpreter else { throw NotStarted(model: model) }
      let script = """
        import sys, time, xllamacpp as x
        p = x.CommonParams()
        p.model.path = sys.argv[1]
        p.hostnames = ["127.0.0.1"]
        p.port = 0
        p.n_parallel = 4
        p.n_ctx = 4096
        p.cpuparams.n_threads = 1
        p.sampling.top_k = 0
        p.sampling.min_p = 0.0
        p.sampling.top_p = 1.0
        s = x.Server(p)
        print(s.listening_address, flush=True)
        time.sleep(300)
        """
      let output = FileManager.default.temporaryDirectory.appendingPathComponent("lab-\(UUID().uuidString)")
      try Data().write(to: output)
      process.executableURL = URL(fileURLWithPath: interpreter)
      process.arguments = ["-c", script, "\(ModelLab.root)/models/\(model).gguf"]
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = FileHandle.nullDevice
      try process.run()
      let end = Date().addingTimeInterval(60)
      var address: String?
      while address == nil, Date() < end, process.isRunning {
        let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        address = text.split(separator: "\n").map(String.init).first { $0.hasPrefix("http://") && text.hasSuffix("\n") }
        if address == nil { Thread.sleep(forTimeInterval: 0.05) }
      }
      guard let address else { throw NotStarted(model: model) }
      url = address + "/v1"
    }

    package struct NotStarted: Error { let model: String }

    package func stop() {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }
}

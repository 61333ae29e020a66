import Foundation
import TestSupport
import Testing

/// What `make bench` reckons with the times that it takes: ratios, goals, shares of samples, folders of answers. Nothing is timed
/// that would need a quiet machine.
@Suite("The bench", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
struct BenchTests {
  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Bench/bench_test.py").path

  @Test("its arithmetic holds")
  func arithmetic() throws {
    // What is imported is not compiled into the folder of the sources.
    let run = """
      import runpy, sys; sys.dont_write_bytecode = True; sys.argv = sys.argv[1:]
      runpy.run_path(sys.argv[0], run_name='__main__')
      """
    _ = try IndependentPython.run(run, arguments: [Self.script])
  }
}

import Foundation
import LinearAlgebra
import Testing

@Suite("OpenBLAS")
struct BLASTests {
  @Test("its oldest kernel is not taken for a processor that is newer than it and has better instructions")
  func kernel() throws {
    let facts = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let flags = Set(facts.split(separator: "\n").first { $0.hasPrefix("flags") }?.split(separator: " ") ?? [])
    let isAsked = ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] != nil
    #expect(!BLAS.kernel.isEmpty)
    #expect(BLAS.kernel != "Prescott" || isAsked || !flags.isSuperset(of: ["avx2", "fma"]))
  }
}

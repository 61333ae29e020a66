import Foundation

/// Readers that do on purpose what no reader may do: they show that it would be seen. Only who names them gets them.
extension FuzzReader {
  static var faulty: [FuzzReader] {
    let seeds = [Array("seed".utf8)]
    return [
      FuzzReader("faulty-trap", seeds: seeds) { bytes in precondition(bytes.count > 1 << 40) },
      FuzzReader("faulty-hang", seeds: seeds) { bytes in
        // A call that the compiler cannot leave out.
        while bytes.count >= 0, getpid() > 0 {}
      },
      FuzzReader("faulty-growth", seeds: seeds) { bytes in
        guard [UInt8](repeating: 1, count: 700 << 20).last == 1 else { throw FuzzFault(description: "lost") }
      },
      FuzzReader("faulty-error", seeds: seeds) { _ in throw CocoaError(.fileNoSuchFile) },
    ]
  }
}

import Foundation

/// Readers that do on purpose what no reader may do: they show that it would be seen. Only who names them gets them.
extension FuzzReader {
  static var faulty: [FuzzReader] {
    let seeds = [Array("seed".utf8)]
    return [
      FuzzReader("faulty-trap", seeds: seeds) { bytes in _ = bytes.reduce(UInt8(255)) { $0 + $1 | 1 } },
      FuzzReader("faulty-hang", seeds: seeds) { bytes in
        var turns = 0
        while turns >= 0 { turns = (turns + bytes.count) % 1_000 }
      },
      FuzzReader("faulty-growth", seeds: seeds) { bytes in
        guard [UInt8](repeating: 1, count: 700 << 20).last == 1 else { throw FuzzFault(description: "lost") }
      },
      FuzzReader("faulty-error", seeds: seeds) { _ in throw CocoaError(.fileNoSuchFile) },
    ]
  }
}

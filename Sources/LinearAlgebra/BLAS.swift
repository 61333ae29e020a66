import COpenBLAS

/// What OpenBLAS is and how it is run.
package enum BLAS {
  /// OpenBLAS runs on one thread, whatever the machine has and the environment asks for: the last bits of what is on no grid change with
  /// the number of its threads. Parallelism comes from Swift tasks over blocks of a fixed size. Evaluated once, before the first call.
  static let singleThreaded: Void = openblas_set_num_threads(1)

  /// Name and version of the library, such as `OpenBLAS 0.3.21`.
  package static var version: String {
    String(cString: openblas_get_config()).split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// Kernel family chosen for this processor, such as `Zen` or `Cooperlake`. Sums over numbers on a grid are the same by every kernel
  /// (`GridMatrix`); other results differ by about 1e-15, relative.
  package static var kernel: String { String(cString: openblas_get_corename()) }
}

import COpenBLAS

#if canImport(Glibc)
  import Glibc
#endif

/// What OpenBLAS is and how it is run.
package enum BLAS {
  /// OpenBLAS runs on one thread, whatever the machine has and the environment asks for: the last bits of what is on no grid change with
  /// the number of its threads. Parallelism comes from Swift tasks over blocks of a fixed size. Evaluated once, before the first call.
  static let prepared: Void = {
    takeFittingKernel()
    openblas_set_num_threads(1)
  }()

  /// OpenBLAS knows processors by their model numbers, and takes its oldest kernel for one that came out after it, at a quarter of the
  /// speed or less. It then begins once more with the kernel whose instructions the processor has, unless the environment names one.
  private static func takeFittingKernel() {
    #if canImport(Glibc)
      let variable = "OPENBLAS_CORETYPE"
      guard kernelNow == oldestKernel, getenv(variable) == nil, let fitting = retort_fitting_kernel(),
        let quit = dlsym(nil, "gotoblas_dynamic_quit"), let begin = dlsym(nil, "gotoblas_dynamic_init")
      else { return }
      setenv(variable, fitting, 0)
      unsafeBitCast(quit, to: (@convention(c) () -> Void).self)()
      unsafeBitCast(begin, to: (@convention(c) () -> Void).self)()
      unsetenv(variable)
    #endif
  }

  /// Of 2004, with SSE3.
  private static let oldestKernel = "Prescott"

  /// Name and version of the library, such as `OpenBLAS 0.3.21`.
  package static var version: String {
    String(cString: openblas_get_config()).split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// Kernel family chosen for this processor, such as `Zen` or `Cooperlake`. Sums over numbers on a grid are the same by every kernel
  /// (`GridMatrix`); other results differ by about 1e-15, relative.
  package static var kernel: String {
    prepared
    return kernelNow
  }

  private static var kernelNow: String { String(cString: openblas_get_corename()) }
}

#ifndef RETORT_COPENBLAS_SHIM_H
#define RETORT_COPENBLAS_SHIM_H

#include <cblas.h>
#include <stddef.h>

// OpenBLAS carries LAPACK's Fortran entry points, but Debian ships no header that declares them.
// Column-major; the trailing size_t are the lengths of the character arguments (gfortran's convention).
void dgels_(const char *trans, const blasint *m, const blasint *n, const blasint *nrhs, double *a, const blasint *lda,
            double *b, const blasint *ldb, double *work, const blasint *lwork, blasint *info, size_t trans_length);

void dposv_(const char *uplo, const blasint *n, const blasint *nrhs, double *a, const blasint *lda, double *b,
            const blasint *ldb, blasint *info, size_t uplo_length);

// The kernel of OpenBLAS that a processor has the instructions for, by what it says of itself and not by its model; NULL where there
// is none that is better than the oldest.
static inline const char *retort_fitting_kernel(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
#endif
  return NULL;
}

#endif

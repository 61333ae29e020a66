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

#endif

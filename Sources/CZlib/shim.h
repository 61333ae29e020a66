#ifndef RETORT_CZLIB_SHIM_H
#define RETORT_CZLIB_SHIM_H

#include <zlib.h>

// inflateInit2 is a macro, which Swift does not import.
static inline int retort_inflate_init_gzip(z_stream *stream) {
  return inflateInit2(stream, 15 + 32); // 32: accept gzip and zlib headers
}

#endif

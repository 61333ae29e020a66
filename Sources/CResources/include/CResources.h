#ifndef RETORT_CRESOURCES_H
#define RETORT_CRESOURCES_H

#include <stddef.h>

/// A file of the project that is part of the program.
struct EmbeddedFile {
  const unsigned char *_Nonnull start;
  size_t count;
};

struct EmbeddedFile embedded_calibration(void);
struct EmbeddedFile embedded_calibration_whole(void);
struct EmbeddedFile embedded_calibration_groups(void);
struct EmbeddedFile embedded_calibration_pairs(void);
struct EmbeddedFile embedded_calibration_method_2(void);
struct EmbeddedFile embedded_demo_calibration(void);
struct EmbeddedFile embedded_demo_calibration_before(void);
struct EmbeddedFile embedded_reference_calibration(void);
struct EmbeddedFile embedded_open_probes(void);
struct EmbeddedFile embedded_check_probes(void);
struct EmbeddedFile embedded_spellings(void);

#endif

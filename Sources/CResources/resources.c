// Files of the project as parts of the program. In Swift they would be literals of half a million numbers, which take its compiler
// more than a minute; C takes them as they are.
#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define RETURN_EMBEDDED                                                                                                \
  struct EmbeddedFile file = {bytes, sizeof bytes};                                                                    \
  return file;

struct EmbeddedFile embedded_calibration(void) {
  static const unsigned char bytes[] = {
#embed "../Likelihood/Resources/calibration.json"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_calibration_whole(void) {
  static const unsigned char bytes[] = {
#embed "../Likelihood/Resources/calibration-whole.json"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_calibration_groups(void) {
  static const unsigned char bytes[] = {
#embed "../Likelihood/Resources/calibration-groups.json"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_calibration_pairs(void) {
  static const unsigned char bytes[] = {
#embed "../Likelihood/Resources/calibration-pairs.json"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_calibration_method_2(void) {
  static const unsigned char bytes[] = {
#embed "../Likelihood/Resources/calibration-method-2.json"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_demo_calibration(void) {
  static const unsigned char bytes[] = {
#embed "../Likelihood/Resources/demo-calibration.json"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_demo_calibration_before(void) {
  static const unsigned char bytes[] = {
#embed "../Likelihood/Resources/demo-calibration-before.json"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_reference_calibration(void) {
  static const unsigned char bytes[] = {
#embed "../Validation/Resources/reference-calibration.json"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_open_probes(void) {
  static const unsigned char bytes[] = {
#embed "../../Probes/open.jsonl"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_check_probes(void) {
  static const unsigned char bytes[] = {
#embed "../../Probes/check.jsonl"
  };
  RETURN_EMBEDDED
}

struct EmbeddedFile embedded_spellings(void) {
  static const unsigned char bytes[] = {
#embed "../../Probes/spellings.json"
  };
  RETURN_EMBEDDED
}

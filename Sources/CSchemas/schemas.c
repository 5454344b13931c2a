#include "CSchemas.h"

#include <string.h>

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const unsigned char results[] = {
#embed "../../Schemas/benchpresso.results-1.schema.json"
};

static const unsigned char study[] = {
#embed "../../Schemas/benchpresso.study-1.schema.json"
};

static const unsigned char taxonomy[] = {
#embed "../../Schemas/benchpresso.taxonomy-1.schema.json"
};

static const unsigned char timing[] = {
#embed "../../Schemas/benchpresso.timing-1.schema.json"
};

static const struct {
  const char *name;
  const unsigned char *bytes;
  size_t size;
} schemas[] = {
  {"results", results, sizeof results},
  {"study", study, sizeof study},
  {"taxonomy", taxonomy, sizeof taxonomy},
  {"timing", timing, sizeof timing},
};

const unsigned char *bp_schema(const char *name, size_t *size) {
  for (size_t index = 0; index < sizeof schemas / sizeof schemas[0]; index++) {
    if (strcmp(schemas[index].name, name) == 0) {
      *size = schemas[index].size;
      return schemas[index].bytes;
    }
  }
  return NULL;
}

#include "CTaxonomy.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const unsigned char taxonomy[] = {
#embed "taxonomy.json"
};

static const unsigned char bibliography[] = {
#embed "bibliography.json"
};

const unsigned char *bp_taxonomy(void) { return taxonomy; }

size_t bp_taxonomy_size(void) { return sizeof taxonomy; }

const unsigned char *bp_bibliography(void) { return bibliography; }

size_t bp_bibliography_size(void) { return sizeof bibliography; }

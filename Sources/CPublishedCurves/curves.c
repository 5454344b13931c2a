#include "CPublishedCurves.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const unsigned char bytes[] = {
#embed "curves.json"
};

const unsigned char *bp_published_curves(void) { return bytes; }

size_t bp_published_curves_size(void) { return sizeof bytes; }

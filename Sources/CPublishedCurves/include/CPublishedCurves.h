#ifndef CPUBLISHEDCURVES_H
#define CPUBLISHEDCURVES_H

#include <stddef.h>

/// Returns the bytes of curves.json, compiled in so that the program finds them wherever it lies.
const unsigned char *bp_published_curves(void);
/// Returns the number of bytes.
size_t bp_published_curves_size(void);

#endif

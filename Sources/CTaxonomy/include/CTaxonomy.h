#ifndef CTAXONOMY_H
#define CTAXONOMY_H

#include <stddef.h>

/// Returns the bytes of taxonomy.json, compiled in so that the program finds it wherever it lies.
const unsigned char *bp_taxonomy(void);
/// Returns the number of bytes of taxonomy.json.
size_t bp_taxonomy_size(void);
/// Returns the bytes of bibliography.json.
const unsigned char *bp_bibliography(void);
/// Returns the number of bytes of bibliography.json.
size_t bp_bibliography_size(void);

#endif

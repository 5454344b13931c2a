#ifndef CSCHEMAS_H
#define CSCHEMAS_H

#include <stddef.h>

/// Returns the bytes of a schema of the folder Schemas, compiled in so that the program has it wherever it lies, and stores their number in size;
/// NULL for a name other than results, study, taxonomy and timing.
const unsigned char *bp_schema(const char *name, size_t *size);

#endif

#ifndef CSITE_H
#define CSITE_H

#include <stddef.h>

/// A file that is compiled in.
struct bp_site_text {
  const unsigned char *bytes;
  size_t size;
};

/// Returns the look of the site, site.css.
struct bp_site_text bp_site_style(void);
/// Returns what the pages do: the scripts one after the other.
struct bp_site_text bp_site_script(void);

#endif

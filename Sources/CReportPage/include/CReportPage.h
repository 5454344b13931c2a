#ifndef CREPORTPAGE_H
#define CREPORTPAGE_H

#include <stddef.h>

/// A file that is compiled in.
struct bp_text {
  const unsigned char *bytes;
  size_t size;
};

/// Returns the frame of the page, page.html.
struct bp_text bp_report_frame(void);
/// Returns the look of the page, page.css.
struct bp_text bp_report_style(void);
/// Returns what the page does: its scripts one after the other.
struct bp_text bp_report_script(void);

#endif

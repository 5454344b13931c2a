#include "CReportPage.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const unsigned char frame[] = {
#embed "page/page.html"
};

static const unsigned char style[] = {
#embed "page/page.css"
};

static const unsigned char script[] = {
#embed "page/elements.js"
    ,
#embed "page/scales.js"
    ,
#embed "page/plot.js"
    ,
#embed "page/tables.js"
    ,
#embed "page/curves.js"
    ,
#embed "page/deltas.js"
    ,
#embed "page/images.js"
    ,
#embed "page/times.js"
    ,
#embed "page/viewer.js"
    ,
#embed "page/start.js"
};

struct bp_text bp_report_frame(void) { return (struct bp_text){frame, sizeof frame}; }

struct bp_text bp_report_style(void) { return (struct bp_text){style, sizeof style}; }

struct bp_text bp_report_script(void) { return (struct bp_text){script, sizeof script}; }

#include "CSite.h"

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

static const unsigned char style[] = {
#embed "files/site.css"
};

static const unsigned char script[] = {
#embed "files/elements.js"
    ,
#embed "files/tables.js"
    ,
#embed "files/papers.js"
    ,
#embed "files/leaderboard.js"
    ,
#embed "files/start.js"
};

struct bp_site_text bp_site_style(void) { return (struct bp_site_text){style, sizeof style}; }

struct bp_site_text bp_site_script(void) { return (struct bp_site_text){script, sizeof script}; }

/* What: the two forms about one paper; their structs stand with the dossier's. Source: dossier_view.h. */
#ifndef GAVA_PAPER_VIEW_H
#define GAVA_PAPER_VIEW_H

#include "dossier_view.h"

#endif

/* What: a stamped copy; its struct stands with the dossier's. Source: dossier_view.h. */
#ifndef GAVA_STAMP_VIEW_H
#define GAVA_STAMP_VIEW_H

#include "dossier_view.h"

#endif

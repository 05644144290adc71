/* Private to barometer. */
#ifndef PARITET_BAROMETER_MODEL_TABLE_H
#define PARITET_BAROMETER_MODEL_TABLE_H

#include "barometer/model_file.h"

extern const struct pt_schema pt_model_schema; /* fills a struct pt_file_model */

#endif

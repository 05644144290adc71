/* Private to barometer. */
#ifndef PARITET_BAROMETER_MODEL_TABLE_H
#define PARITET_BAROMETER_MODEL_TABLE_H

#include "barometer/model_file.h"

/* pt_model_schema of the public header fills a struct pt_file_model */
extern const struct pt_schema pt_link_schema; /* fills a struct pt_file_link */

#endif

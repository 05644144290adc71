/* The cards of writers.def; only writers.c lists them. */
#ifndef PT_OUTPUT_WRITERS_H
#define PT_OUTPUT_WRITERS_H

#include <paritet/output.h>

#define PT_WRITER(name) extern const struct pt_writer pt_writer_##name;
#include "output/table/writers.def"
#undef PT_WRITER

#endif

/* limits: how much of anything paritet takes.
 *
 * What lies beyond is refused with a sentence that names the place, the number and a way out; it is
 * never cut or guessed. Each limit is far above what a municipality's planner writes, and is there so
 * that a broken or hostile file costs a message and not a machine. docs/reliability.md has the table,
 * tests/scripts/limits.sh tries each at the limit and one beyond. */
#ifndef PARITET_LIMITS_H
#define PARITET_LIMITS_H

/* Files, in bytes. A file is held in memory while it is read. */
#define PT_CSV_BYTES_MOST   ((size_t)1 << 30) /* some thirty million rows */
#define PT_YAML_BYTES_MOST  ((size_t)4 << 20) /* a model of 2000 indicators has less than one MiB */
#define PT_SHARD_BYTES_MOST ((size_t)128 << 20) /* a part can be cut into smaller ones */
/* Before a CSV file is read that is so large, so many times its size must be free; smaller ones fit
 * into any machine. */
#define PT_CSV_MEMORY_ASKED ((size_t)16 << 20)
#define PT_CSV_MEMORY_TIMES 4
/* A .gz may unpack to so many times its own size; text gets ten times larger, a bomb a thousand.
 * What a small one holds is no danger. */
#define PT_UNPACKED_TIMES_MOST 100
#define PT_UNPACKED_FREE       ((size_t)16 << 20)

/* CSV. */
#define PT_CSV_ROWS_MOST    10000000 /* of one file: a million series of ten years */
#define PT_CSV_SERIES_MOST  1000000  /* of a model's files: 20,000 places with fifty indicators */
#define PT_CSV_COLUMNS_MOST 1000     /* nine are read; more is another kind of table */
#define PT_CSV_LINE_MOST    1048576  /* bytes, so that what is no table is not searched for cells */
#define PT_CSV_CELL_MOST    32767    /* bytes: the letters that a cell of a workbook holds */

/* YAML. Anchors and aliases are not read at all, so that nothing grows when it is read. */
#define PT_YAML_DEPTH_MOST 32     /* a model is eight deep */
#define PT_YAML_KEYS_MOST  200    /* of a mapping; the largest table has some thirty */
#define PT_YAML_ITEMS_MOST 10000  /* of a list */
#define PT_YAML_NODES_MOST 200000 /* keys and values of a file: a model of 5000 indicators */

/* Texts, in bytes. */
#define PT_ID_MOST    100 /* ids and names in the data become file names */
#define PT_WORD_MOST  200 /* of a word for which its field says nothing else */
#define PT_TITLE_MOST 300
#define PT_TEXT_MOST  4000 /* sources, notes and reasons */
#define PT_PATH_MOST  4095 /* as the system's */

/* Questions. */
#define PT_LEVERS_MOST    1000      /* of a scenario with those that it is based on */
#define PT_SCENARIOS_MOST 10000     /* of a run */
#define PT_PLACES_MOST    50000     /* of a model; France has 35,000 communes */
#define PT_BASED_ON_MOST  16        /* scenarios, each based on the next */
#define PT_DRAWS_MOST     100000000 /* known to 0.005 points, and an hour for a few indicators */
#define PT_YEAR_LEAST     1000
#define PT_YEAR_MOST      3000 /* of figures and of the horizon */
#define PT_THREADS_MOST   1024
#define PT_SHARDS_MOST    1000000
#define PT_FIGURE_MOST    1e15 /* whole numbers up to here are exact; it stands in messages too */

#endif

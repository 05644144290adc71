#include "trend/steps.h"

/* METHODS 3.4 and 3.5; `paritet` was estimated by tests/bench/fit_constants.c on the training parts
 * of public annual series (docs/methods.md, "What was tried"). */

const double pt_constants_p[PT_CONSENSUS_ROWS] = { .5,  .55, .6,  .65,  .7,  .75,  .8,
                                                   .85, .9,  .95, .975, .99, .995, .9975 };

const struct pt_constants pt_constants_sets[] = {
    { .name = "social",
      .c = { .3603, .3712, .1744, .7481, -.1373, .5677, -.1772, .1234, .3449, .0241, 0 },
      .q = { 0, .100, .214, .342, .484, .653, .863, 1.144, 1.553, 2.362, 3.376, 5.408, 7.925,
             12.551 },
      .rho_exponent = .30 },
    { .name = "mixed",
      .c = { .3783, .3901, .2415, .7070, -.1283, .5281, -.2148, .1140, .3377, .0745, 0 },
      .q = { 0, .109, .228, .358, .507, .679, .890, 1.161, 1.544, 2.273, 3.175, 4.892, 6.753,
             10.031 },
      .rho_exponent = .30 },
    { .name = "percent",
      .c = { .315, .349, .205, .616, -.185, .564, -.111, .142, .298, -.032, 0 },
      .q = { 0, .111, .228, .358, .506, .678, .892, 1.175, 1.565, 2.258, 3.101, 4.603, 6.255,
             8.591 },
      .rho_exponent = .30 },
    { .name = "paritet",
      .weighted = true,
      .weights = { { .2162, .1289, .0914, .1815, .7193, .2354 },
                   { .2722, -.0505, .1154, -.0588, -.4082, -.0075 },
                   { .2122, .0355, -.0608, .0030, -.1394, .0397 } },
      .c = { -.1040, .5014, .1147, .5275, -.1196, .3137, .0107, .0787, .2885, .0295, .5251 },
      .q = { 0, .154, .315, .489, .677, .898, 1.168, 1.502, 1.956, 2.745, 3.641, 4.968, 6.201,
             7.415 },
      .rho_exponent = .35 },
    { 0 },
};

/* Estimated by tests/bench/fit_far.c on histories of 6 and 10 values inside the training parts of
 * social_dev, categories *_A (docs/methods.md, "What was tried"). */
#define FAR_MOST  .60
#define FAR_LEVEL .66
#define FAR_ROUGH (-9.70)

double pt_consensus_far_exponent(double roughness)
{
    return FAR_MOST / (1 + pt_exp(-(FAR_LEVEL + FAR_ROUGH * roughness)));
}

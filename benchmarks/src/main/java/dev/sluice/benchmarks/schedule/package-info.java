/**
 * The scheduling simulator: the production schedulers and some baselines under virtual time, open-loop arrivals and
 * replicas whose batch times are known, so that what they achieve can be held against what is possible.
 */
@NullMarked
package dev.sluice.benchmarks.schedule;

import org.jspecify.annotations.NullMarked;

/** What running tiers tell a bench of themselves, and what they are told to do. */
@NullMarked
package dev.sluice.benchmarks.tiers;

import org.jspecify.annotations.NullMarked;

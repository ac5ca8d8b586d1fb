/** Measurements of Sluice that anyone can repeat: one command each, a table and JSON out. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;

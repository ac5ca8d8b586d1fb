/** Whether what processes hold stays as it is, while clients, versions and replicas come and go. */
@NullMarked
package dev.sluice.benchmarks.soak;

import org.jspecify.annotations.NullMarked;

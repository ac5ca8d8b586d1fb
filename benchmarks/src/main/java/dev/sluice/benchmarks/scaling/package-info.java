/**
 * The autoscaler under virtual time: it sizes a simulated fleet, whose replicas take a while to start, for the production
 * scheduler; what it decides is held against who knows the load beforehand.
 */
@NullMarked
package dev.sluice.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;

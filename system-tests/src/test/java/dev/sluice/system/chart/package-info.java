/** The Helm chart, as far as no cluster is needed to see it: what it renders, held against the services and the images. */
@NullMarked
package dev.sluice.system.chart;

import org.jspecify.annotations.NullMarked;

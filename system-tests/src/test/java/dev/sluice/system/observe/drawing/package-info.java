/** Draws a dashboard as Grafana would lay it out, from what Prometheus has: for the documentation, where there is no Grafana. */
@NullMarked
package dev.sluice.system.observe.drawing;

import org.jspecify.annotations.NullMarked;

/** What operators look at: dashboards, rules, and a Prometheus that they work in. */
@NullMarked
package dev.sluice.system.observe;

import org.jspecify.annotations.NullMarked;

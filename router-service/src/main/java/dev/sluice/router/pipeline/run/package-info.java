/** Runs of pipelines: each step a query to its actor, all within one deadline. */
@NullMarked
package dev.sluice.router.pipeline.run;

import org.jspecify.annotations.NullMarked;

/** JSONata, compiled once and bounded: what the expressions of pipelines are. The library behind it is seen nowhere else. */
@NullMarked
package dev.sluice.router.pipeline.expression;

import org.jspecify.annotations.NullMarked;

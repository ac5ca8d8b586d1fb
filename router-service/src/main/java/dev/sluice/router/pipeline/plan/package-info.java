/** What a pipeline consists of, purely: read from its definition, checked, put into order. */
@NullMarked
package dev.sluice.router.pipeline.plan;

import org.jspecify.annotations.NullMarked;

/** Batches go to replicas, and every query in them is completed. */
@NullMarked
package dev.sluice.router.dispatch;

import org.jspecify.annotations.NullMarked;

/** The router service: queues, orders and batches queries, and dispatches the batches to replicas. */
@NullMarked
package dev.sluice.router;

import org.jspecify.annotations.NullMarked;

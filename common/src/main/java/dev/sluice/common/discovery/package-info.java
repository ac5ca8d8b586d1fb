/** Routers found by Spring Cloud's discovery, and what this process knows of the tiers said to it. */
@NullMarked
package dev.sluice.common.discovery;

import org.jspecify.annotations.NullMarked;

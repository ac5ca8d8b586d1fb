/** The one concurrency idiom of Sluice, a drain loop, and what little else threads share. */
@NullMarked
package dev.sluice.common.concurrent;

import org.jspecify.annotations.NullMarked;

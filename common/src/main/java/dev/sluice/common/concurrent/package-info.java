/** The one concurrency idiom of Sluice: a drain loop. */
@NullMarked
package dev.sluice.common.concurrent;

import org.jspecify.annotations.NullMarked;

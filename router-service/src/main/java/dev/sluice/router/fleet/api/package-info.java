/** The control API: what operators may do, over HTTP. Only translates; what is done is decided in {@code control}. */
@NullMarked
package dev.sluice.router.fleet.api;

import org.jspecify.annotations.NullMarked;

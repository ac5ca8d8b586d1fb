/** Small actors that show what the actor API can do: batched or not, several methods, arguments, any media type, streams. */
@NullMarked
package dev.sluice.examples.basic;

import org.jspecify.annotations.NullMarked;

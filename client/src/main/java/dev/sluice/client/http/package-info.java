/** Native HTTP, and the Open Inference Protocol over HTTP. Not for applications. */
@NullMarked
package dev.sluice.client.http;

import org.jspecify.annotations.NullMarked;

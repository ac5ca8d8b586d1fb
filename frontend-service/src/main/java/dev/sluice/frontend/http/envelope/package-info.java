/** The JSON envelope of the native protocol: finds the input's bytes in it, and puts a result's bytes into one. */
@NullMarked
package dev.sluice.frontend.http.envelope;

import org.jspecify.annotations.NullMarked;

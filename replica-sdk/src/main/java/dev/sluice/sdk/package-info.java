/** The API that actor authors write against. */
@NullMarked
package dev.sluice.sdk;

import org.jspecify.annotations.NullMarked;

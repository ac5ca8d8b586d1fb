/** What the HTTP servers of all services do alike. */
@NullMarked
package dev.sluice.common.http;

import org.jspecify.annotations.NullMarked;

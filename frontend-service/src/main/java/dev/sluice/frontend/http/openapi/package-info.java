/** The OpenAPI document of the published actors, and a page to try them. */
@NullMarked
package dev.sluice.frontend.http.openapi;

import org.jspecify.annotations.NullMarked;

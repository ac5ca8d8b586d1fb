/** The catalogue for people and programs: {@code GET /} and {@code GET /{actor}}. */
@NullMarked
package dev.sluice.frontend.http.catalogue;

import org.jspecify.annotations.NullMarked;

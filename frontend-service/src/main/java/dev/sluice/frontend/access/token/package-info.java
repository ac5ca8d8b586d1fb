/** Tokens of an identity provider: signed JWTs, verified by Spring Security. */
@NullMarked
package dev.sluice.frontend.access.token;

import org.jspecify.annotations.NullMarked;

/** How much tenants may ask. */
@NullMarked
package dev.sluice.frontend.access.quota;

import org.jspecify.annotations.NullMarked;

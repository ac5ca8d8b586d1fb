/** Who is linked to this router, and what they can do. */
@NullMarked
package dev.sluice.router.membership;

import org.jspecify.annotations.NullMarked;

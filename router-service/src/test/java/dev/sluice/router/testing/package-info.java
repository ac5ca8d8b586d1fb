/** What the tests of the router share: time that stands still, links that lead nowhere. */
@NullMarked
package dev.sluice.router.testing;

import org.jspecify.annotations.NullMarked;

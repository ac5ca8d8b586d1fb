/** API keys: in the settings, and in a file that may change. */
@NullMarked
package dev.sluice.frontend.access.key;

import org.jspecify.annotations.NullMarked;

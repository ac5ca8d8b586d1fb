/** Where a host's actors come from: classes of the application, and jars in a folder. */
@NullMarked
package dev.sluice.sdk.load;

import org.jspecify.annotations.NullMarked;

/** A host: runs replicas on threads of their own, and works for the routers that it is linked with. */
@NullMarked
package dev.sluice.sdk.host;

import org.jspecify.annotations.NullMarked;

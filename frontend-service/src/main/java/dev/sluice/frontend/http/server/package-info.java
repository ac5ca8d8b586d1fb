/** What the native protocol adds to Reactor Netty's server: connections that end well, and errors in one shape. */
@NullMarked
package dev.sluice.frontend.http.server;

import org.jspecify.annotations.NullMarked;

/** The native protocol over WebSockets: many queries on one socket. All of a socket runs on its connection's event loop. */
@NullMarked
package dev.sluice.frontend.websocket;

import org.jspecify.annotations.NullMarked;

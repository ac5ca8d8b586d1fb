/**
 * The native protocol over ZeroMQ: a ROUTER socket that serves REQ and DEALER clients. One thread owns the socket; what comes
 * from elsewhere, a result or a stop, is handed over to it.
 */
@NullMarked
package dev.sluice.frontend.zmq;

import org.jspecify.annotations.NullMarked;

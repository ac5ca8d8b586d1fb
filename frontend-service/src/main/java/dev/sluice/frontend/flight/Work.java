package dev.sluice.frontend.flight;

import dev.sluice.frontend.drain.FrontendDrain;
import java.util.concurrent.Executor;

/**
 * Where calls are served, and until when.
 *
 * @param executor runs what is not to hold up an event loop; nothing on it waits
 * @param drain tells when the frontend stops
 */
record Work(FrontendDrain drain, Executor executor) {}

package dev.sluice.frontend.zmq;

import dev.sluice.frontend.access.Callers;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryMetrics;

/**
 * What messages are about.
 *
 * @param gateway takes queries
 * @param callers knows who sends them
 * @param metrics counts what becomes none
 */
public record Served(Gateway gateway, Callers callers, QueryMetrics metrics) {}

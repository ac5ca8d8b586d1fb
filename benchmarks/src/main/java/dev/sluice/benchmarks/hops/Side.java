package dev.sluice.benchmarks.hops;

import dev.sluice.benchmarks.load.Exchange;
import dev.sluice.benchmarks.process.NamedProcess;
import java.util.List;

/**
 * One of the two that are compared.
 *
 * @param name for the table
 * @param exchange what it is asked, and has to answer
 * @param processes that serve it, as far as they are known
 */
record Side(String name, Exchange exchange, List<NamedProcess> processes) {}

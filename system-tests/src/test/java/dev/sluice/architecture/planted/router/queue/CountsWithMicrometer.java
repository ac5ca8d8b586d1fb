package dev.sluice.architecture.planted.router.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

public class CountsWithMicrometer {
    Counter counter(MeterRegistry registry) {
        return registry.counter("planted");
    }
}

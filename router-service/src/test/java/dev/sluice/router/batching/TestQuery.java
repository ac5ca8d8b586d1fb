package dev.sluice.router.batching;

import dev.sluice.scheduling.Queued;

/** A query with a name. */
final class TestQuery extends Queued {

    private final String name;

    TestQuery(String name, String method, long arrived, long budgetNanos) {
        super(method, arrived + budgetNanos, arrived, 0, 1);
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}

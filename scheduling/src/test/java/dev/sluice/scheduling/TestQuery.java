package dev.sluice.scheduling;

/** A query with a number, so that tests can say which one they mean. */
final class TestQuery extends Queued {

    static final String METHOD = "call";

    private final int id;

    TestQuery(int id, String method, long deadlineNanos, long arrivedNanos, int retainedBytes) {
        super(method, deadlineNanos, arrivedNanos, 0, retainedBytes);
        this.id = id;
    }

    static TestQuery due(int id, long deadlineNanos, long arrivedNanos) {
        return new TestQuery(id, METHOD, deadlineNanos, arrivedNanos, 1);
    }

    int id() {
        return id;
    }

    @Override
    public String toString() {
        return method() + "#" + id + " due " + deadlineNanos();
    }
}

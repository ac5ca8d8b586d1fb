package dev.sluice.common.wire;

import java.util.List;

/** Queries of one method that one replica is to run together, from a router to a host. */
public final class BatchFrame implements Frame {

    private final long batch;
    private final boolean staged;
    private final String replica;
    private final String method;
    private final List<BatchItem> items;

    /**
     * @param batch the router's number for the batch on this link
     * @param staged whether it may wait behind the batch that the replica is running for the same router
     */
    public BatchFrame(long batch, boolean staged, String replica, String method, List<BatchItem> items) {
        this.batch = batch;
        this.staged = staged;
        this.replica = replica;
        this.method = method;
        this.items = items;
    }

    public long batch() {
        return batch;
    }

    public boolean staged() {
        return staged;
    }

    public String replica() {
        return replica;
    }

    public String method() {
        return method;
    }

    public List<BatchItem> items() {
        return items;
    }

    /** What all items together take of the credit for queries. */
    public long weight() {
        long weight = 0;
        for (int i = 0; i < items.size(); i++) {
            weight += items.get(i).weight();
        }
        return weight;
    }

    /** Gives the credit back that every item takes, before their bytes are freed. */
    public void returnCredit() {
        for (int i = 0; i < items.size(); i++) {
            items.get(i).returnCredit();
        }
    }

    /** Releases every item. */
    public void release() {
        for (int i = 0; i < items.size(); i++) {
            items.get(i).release();
        }
    }
}

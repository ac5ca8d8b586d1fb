package dev.sluice.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** Counts faults and keeps the first one in words. Not thread-safe. */
final class FaultTally {

    private static final int EXCERPT = 300;

    private long status;
    private long body;
    private long malformed;
    private long dropped;
    private long unanswered;
    private String first = "";

    void status(int code, byte[] reply, int length) {
        status++;
        note("status " + code + ": " + excerpt(reply, length));
    }

    void body(byte[] reply, int length) {
        body++;
        note("unexpected body: " + excerpt(reply, length));
    }

    void malformed(byte[] reply, int length) {
        malformed++;
        note("not exactly one reply with a length: " + excerpt(reply, length));
    }

    void dropped(String why) {
        dropped++;
        note("connection lost: " + why);
    }

    void unanswered(long count) {
        unanswered += count;
        if (count > 0) {
            note(count + " requests were never answered");
        }
    }

    Faults total() {
        return new Faults(status, body, malformed, dropped, unanswered, first);
    }

    private void note(String fault) {
        if (first.isEmpty()) {
            first = fault;
        }
    }

    private static String excerpt(byte[] reply, int length) {
        return new String(reply, 0, Math.min(length, EXCERPT), StandardCharsets.ISO_8859_1).strip();
    }
}

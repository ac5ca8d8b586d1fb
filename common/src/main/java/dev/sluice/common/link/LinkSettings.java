package dev.sluice.common.link;

import java.time.Duration;

/**
 * What both ends of a link go by.
 *
 * @param clusterSecret shared by all processes of a platform; empty: none
 * @param maxPayloadBytes the largest input or result
 * @param queryCreditBytes how many bytes of queries a peer may have with us at a time, the largest payload at least
 * @param resultCreditBytes likewise for results
 * @param lease a peer that is silent for so long is given up; it is pinged every third of it
 */
public record LinkSettings(
        String clusterSecret, long maxPayloadBytes, long queryCreditBytes, long resultCreditBytes, Duration lease) {

    /** Room for the meta in front of the largest payload. */
    private static final long SLACK = 128 * 1024;

    private static final long MOST_CREDIT = 1L << 50;
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(30);
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    public LinkSettings {
        if (maxPayloadBytes < 0 || maxPayloadBytes > Integer.MAX_VALUE - SLACK) {
            throw new IllegalArgumentException("The largest payload must be between 0 bytes and 2047 MB, not "
                    + maxPayloadBytes + " bytes; correct sluice.link.max-payload.");
        }
        if (queryCreditBytes < maxPayloadBytes + SLACK || resultCreditBytes < maxPayloadBytes + SLACK) {
            throw new IllegalArgumentException("A link's credit must have room for the largest payload ("
                    + maxPayloadBytes + " bytes) and 128 KB; raise sluice.link.query-credit and"
                    + " sluice.link.result-credit, or lower sluice.link.max-payload.");
        }
        if (queryCreditBytes > MOST_CREDIT || resultCreditBytes > MOST_CREDIT) {
            throw new IllegalArgumentException("A link's credit may be 1 PB at most; lower sluice.link.query-credit or"
                    + " sluice.link.result-credit.");
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException(
                    "sluice.link.lease must be between 30 ms and 1 hour, not " + lease.toMillis() + " ms.");
        }
    }

    /** The defaults: payloads up to 64 MiB, 256 MiB of credit each way, leases of 3 s, no secret. */
    public static LinkSettings defaults() {
        return new LinkSettings("", 64L << 20, 256L << 20, 256L << 20, Duration.ofSeconds(3));
    }

    /** The largest meta and body together. */
    long maxCargoBytes() {
        return cargoBytes(maxPayloadBytes);
    }

    static long cargoBytes(long payloadBytes) {
        return payloadBytes + SLACK;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "LinkSettings[maxPayloadBytes=" + maxPayloadBytes + ", queryCreditBytes=" + queryCreditBytes
                + ", resultCreditBytes=" + resultCreditBytes + ", lease=" + lease + "]";
    }
}

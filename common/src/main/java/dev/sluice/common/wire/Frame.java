package dev.sluice.common.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;

/**
 * One message on a link. On the wire: length of the rest (u32), type (u8), flags (u8), body; all numbers big-endian,
 * strings as length and UTF-8. {@code docs/link.md} lists the bodies, golden files in the tests hold them.
 */
public sealed interface Frame
        permits Frame.Hello,
                Frame.Proof,
                Frame.Ping,
                Frame.Pong,
                Frame.Credit,
                Frame.ChunkAck,
                Frame.Announce,
                Frame.Catalogue,
                Frame.Drain,
                Frame.Failed,
                Frame.Cancel,
                Frame.Taken,
                Frame.Spent,
                Frame.Report,
                Frame.Started,
                Frame.Busy,
                Frame.Done,
                Frame.Load,
                Frame.Lent,
                Frame.Place,
                Frame.Chunk,
                QueryFrame,
                BatchFrame,
                ResultFrame {

    /** Opens a link; the first frame in each direction. */
    record Hello(
            int version,
            Role role,
            String nodeId,
            long incarnation,
            byte[] nonce,
            long maxPayloadBytes,
            long queryCreditBytes,
            long resultCreditBytes,
            int leaseMillis,
            long features)
            implements Frame {

        /** The protocol version that this build speaks. */
        public static final int VERSION = 1;

        public static final int NONCE_BYTES = 16;

        @Override
        public boolean equals(Object other) {
            return other instanceof Hello that
                    && version == that.version
                    && role == that.role
                    && nodeId.equals(that.nodeId)
                    && incarnation == that.incarnation
                    && Arrays.equals(nonce, that.nonce)
                    && maxPayloadBytes == that.maxPayloadBytes
                    && queryCreditBytes == that.queryCreditBytes
                    && resultCreditBytes == that.resultCreditBytes
                    && leaseMillis == that.leaseMillis
                    && features == that.features;
        }

        @Override
        public int hashCode() {
            return nodeId.hashCode() * 31 + Long.hashCode(incarnation);
        }
    }

    /** Proves that the sender knows the cluster secret, over both nonces; the second frame in each direction. */
    record Proof(byte[] mac) implements Frame {

        public static final int MAC_BYTES = 32;

        @Override
        public boolean equals(Object other) {
            return other instanceof Proof that && Arrays.equals(mac, that.mac);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(mac);
        }
    }

    /** Asks for a {@link Pong} with the same number. */
    record Ping(long number) implements Frame {}

    record Pong(long number) implements Frame {}

    /** Gives back credit, in bytes, for queries and for results that the sender of this frame no longer holds. */
    record Credit(long queryBytes, long resultBytes) implements Frame {}

    /** Acknowledges chunk bytes that arrived, so that only a few are ever on their way. */
    record ChunkAck(int bytes) implements Frame {}

    /** What a host can run and runs; as JSON, see {@code membership}. */
    record Announce(byte[] json) implements Frame {
        @Override
        public boolean equals(Object other) {
            return other instanceof Announce that && Arrays.equals(json, that.json);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(json);
        }
    }

    /** The actors that a router knows; as JSON, see {@code membership}. */
    record Catalogue(byte[] json) implements Frame {
        @Override
        public boolean equals(Object other) {
            return other instanceof Catalogue that && Arrays.equals(json, that.json);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(json);
        }
    }

    /** The sender takes no new work on this link and will end it when what it holds is done. */
    record Drain() implements Frame {}

    /** The query ended without a (further) result. */
    record Failed(long exchange, int code, long retryAfterMillis, String message) implements Frame {}

    /** The sender of the query no longer wants its result. */
    record Cancel(long exchange) implements Frame {}

    /**
     * So many more items of a stream have gone on to who asked for them. Only of queries whose meta says that this is told; their
     * actors make no more than a few items ahead of it.
     */
    record Taken(long exchange, int items) implements Frame {}

    /**
     * What a query took on a host, told before its outcome: from the arrival of its batch until the replica came to it, and from then
     * on.
     */
    record Spent(long exchange, long waitedNanos, long ranNanos) implements Frame {}

    /** Where the time of a query went, told before its outcome; see {@code report}. */
    record Report(long exchange, byte[] report) implements Frame {
        @Override
        public boolean equals(Object other) {
            return other instanceof Report that && exchange == that.exchange && Arrays.equals(report, that.report);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(exchange);
        }
    }

    /** A host is about to call user code for this batch. */
    record Started(long batch) implements Frame {}

    /** A host refused this batch, nothing of it was started. */
    record Busy(long batch) implements Frame {}

    /** A host has ended this batch; its replica is free. The time is that of user code with decoding and encoding. */
    record Done(long batch, long runNanos) implements Frame {}

    /** A host waits for what this batch has asked of others; its replica takes another batch meanwhile. The end of this one follows. */
    record Lent(long batch) implements Frame {}

    /** A replica that was busy for the receiver is free now. */
    record Load(List<String> freeReplicas) implements Frame {
        public Load {
            freeReplicas = List.copyOf(freeReplicas);
        }
    }

    /** What a host is to run of one actor; as JSON, see {@code placement}. */
    record Place(byte[] json) implements Frame {
        @Override
        public boolean equals(Object other) {
            return other instanceof Place that && Arrays.equals(json, that.json);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(json);
        }
    }

    /** A piece of a payload that is too large for one frame; the frame that refers to it follows the last piece. */
    record Chunk(long payload, boolean aborted, ByteBuf bytes) implements Frame {}
}

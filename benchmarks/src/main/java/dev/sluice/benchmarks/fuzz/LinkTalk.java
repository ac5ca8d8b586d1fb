package dev.sluice.benchmarks.fuzz;

import dev.sluice.common.link.LinkProbe.Heard;
import dev.sluice.common.wire.Frame;
import dev.sluice.common.wire.FrameDecoder;
import dev.sluice.common.wire.FrameException;
import dev.sluice.common.wire.QueryFrame;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What bytes mean to who receives them on a link.
 *
 * @param damaged they are no frames, so that the link has to end
 * @param queries that are owed an outcome, with the result that is the only right one; empty where that cannot be told
 * @param pings that are owed a pong
 */
record LinkTalk(boolean damaged, Map<Long, String> queries, Set<Long> pings) {

    static LinkTalk of(byte[] bytes) {
        Listener listener = new Listener();
        try (FrameDecoder decoder = new FrameDecoder(UnpooledByteBufAllocator.DEFAULT)) {
            decoder.feed(Unpooled.wrappedBuffer(bytes), listener::hear);
            return new LinkTalk(false, listener.queries, listener.pings);
        } catch (FrameException e) {
            return new LinkTalk(true, Map.of(), Set.of());
        }
    }

    int answers() {
        return queries.size() + pings.size();
    }

    /** Whether something is missing in what was heard; it may be, where the link has been ended for another frame. */
    boolean isAnswered(Heard heard) {
        return heard.pongs().containsAll(pings)
                && queries.keySet().stream()
                        .allMatch(exchange -> heard.results().containsKey(exchange)
                                || heard.failures().containsKey(exchange));
    }

    /** The first result that is not the right one; empty where there is none. */
    String wrongResult(Heard heard) {
        for (Map.Entry<Long, byte[]> result : heard.results().entrySet()) {
            String right = queries.getOrDefault(result.getKey(), "");
            String given = new String(result.getValue(), StandardCharsets.UTF_8);
            if (!right.isEmpty() && !right.equals(given)) {
                return "the result of " + result.getKey() + " is " + given + " and not " + right;
            }
        }
        return "";
    }

    /** Collects what is owed. */
    private static final class Listener {

        private final Map<Long, String> queries = new HashMap<>();
        private final Set<Long> pings = new HashSet<>();
        private final Set<Long> asked = new HashSet<>();

        void hear(Frame frame) {
            if (frame instanceof Frame.Ping ping) {
                pings.add(ping.number());
            } else if (frame instanceof Frame.Cancel cancel) {
                queries.remove(cancel.exchange());
            } else if (frame instanceof QueryFrame query) {
                hear(query);
            }
        }

        /** A number that is used again is the sender's fault, and what comes under it may belong to either query. */
        private void hear(QueryFrame query) {
            if (query.ref() == 0 && asked.add(query.exchange())) {
                queries.put(query.exchange(), result(query));
            } else {
                queries.remove(query.exchange());
            }
        }

        private static String result(QueryFrame query) {
            String body = query.body().toString(StandardCharsets.UTF_8);
            boolean right = query.actor().equals("vadder")
                    && query.method().equals("call")
                    && body.matches("[1-9][0-9]{0,16}")
                    && isJson(query);
            return right ? Long.toString(Long.parseLong(body) + 1) : "";
        }

        private static boolean isJson(QueryFrame query) {
            try {
                return query.meta().mediaType().equals("application/json");
            } catch (FrameException damaged) {
                return false;
            }
        }
    }
}

package dev.sluice.common.actor;

import dev.sluice.common.wire.Meta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By which actors a query was called, the first one first. It travels in the query's headers, and keeps calls from going round in
 * circles.
 *
 * @param hops the callers
 */
public record CallPath(List<Hop> hops) {

    /** Calls that nest more deeply are taken for a circle. */
    public static final int MOST_HOPS = 16;

    private static final CallPath NONE = new CallPath(List.of());
    private static final String HEADER = "sluice-call-path";
    private static final String BETWEEN = ",";

    /** What becomes of a caller's replica until the call has ended. */
    public enum Waits {
        /** It takes other batches, or there is none: the caller is a pipeline. */
        FREE(""),
        /** It does nothing else. */
        HELD("!"),
        /** So does that of another query's caller: both queries are in the batch that makes the call. */
        HELD_BESIDE("&");

        private final String mark;

        Waits(String mark) {
            this.mark = mark;
        }

        private static Waits of(String hop) {
            return hop.endsWith(HELD.mark) ? HELD : hop.endsWith(HELD_BESIDE.mark) ? HELD_BESIDE : FREE;
        }
    }

    /** @param actor that called */
    public record Hop(String actor, Waits waits) {}

    public CallPath {
        hops = List.copyOf(hops);
    }

    /** Of a query with this meta. */
    public static CallPath of(Meta meta) {
        String text = meta.headers().getOrDefault(HEADER, "");
        if (text.isEmpty()) {
            return NONE;
        }
        List<Hop> hops = new ArrayList<>();
        for (String hop : text.split(BETWEEN)) {
            Waits waits = Waits.of(hop);
            hops.add(new Hop(hop.substring(0, hop.length() - waits.mark.length()), waits));
        }
        return new CallPath(hops);
    }

    public CallPath then(String actor, Waits waits) {
        List<Hop> more = new ArrayList<>(hops);
        more.add(new Hop(actor, waits));
        return new CallPath(more);
    }

    /**
     * Of a call for several queries: the shorter way, and before it who else keeps a replica until the call has ended. By the
     * longer way, queries of all depths that meet in batch after batch would soon nest too deep, though none of them does;
     * a circle is still found, once no new query joins it.
     */
    public CallPath and(CallPath other) {
        boolean isLonger = depth() > other.depth();
        CallPath shorter = isLonger ? other : this;
        List<Hop> all = new ArrayList<>();
        for (Hop hop : (isLonger ? this : other).hops) {
            Hop beside = new Hop(hop.actor(), Waits.HELD_BESIDE);
            boolean isThere = all.contains(beside) || shorter.holds(hop.actor());
            if (hop.waits() != Waits.FREE && !isThere) {
                all.add(beside);
            }
        }
        if (all.isEmpty()) {
            return shorter;
        }
        all.addAll(shorter.hops);
        return new CallPath(all);
    }

    private boolean holds(String actor) {
        return hops.stream()
                .anyMatch(hop -> hop.waits() != Waits.FREE && hop.actor().equals(actor));
    }

    private long depth() {
        return hops.stream().filter(hop -> hop.waits() != Waits.HELD_BESIDE).count();
    }

    /** The headers of a query that is called by the last of these. */
    public Map<String, String> over(Map<String, String> headers) {
        Map<String, String> with = new LinkedHashMap<>(headers);
        StringBuilder text = new StringBuilder();
        for (Hop hop : hops) {
            text.append(text.isEmpty() ? "" : BETWEEN).append(hop.actor()).append(hop.waits().mark);
        }
        if (text.isEmpty()) {
            with.remove(HEADER);
        } else {
            with.put(HEADER, text.toString());
        }
        return with;
    }

    /** Why the last of these may not call an actor, as a sentence; empty where it may. */
    public Optional<String> refusal(String actor) {
        for (int i = 0; i < hops.size(); i++) {
            if (hops.get(i).waits() != Waits.FREE && hops.get(i).actor().equals(actor)) {
                return Optional.of("The actor '" + actor
                        + "' waits for this call itself and keeps its replica meanwhile (" + circle(actor, i)
                        + "), so that the call might never begin. Let nothing that it calls call it back, or let its"
                        + " method return the Mono of its call instead of waiting for it.");
            }
        }
        if (depth() > MOST_HOPS) {
            return Optional.of("Calls nest more than " + MOST_HOPS + " deep (..., " + circle(actor, hops.size() - 3)
                    + "): they seem to go round in a circle.");
        }
        return Optional.empty();
    }

    private String circle(String actor, int from) {
        Hop first = hops.get(from);
        Hop last = hops.get(hops.size() - 1);
        // Of one that waits beside it is not known over whom it called the batch.
        List<Hop> way = first.waits() == Waits.HELD_BESIDE ? List.of(first, last) : hops.subList(from, hops.size());
        StringBuilder text = new StringBuilder();
        way.forEach(hop -> text.append(hop.actor()).append(" calls "));
        return text.append(actor).toString();
    }
}

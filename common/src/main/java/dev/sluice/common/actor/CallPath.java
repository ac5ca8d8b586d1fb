package dev.sluice.common.actor;

import dev.sluice.common.wire.Meta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By which actors a query was called, the first one first. It travels in the query's headers, and keeps calls from going round in
 * circles.
 *
 * @param hops the callers
 * @param depth how many calls nest. Of a batch's call it is the mean of its queries': the largest would grow for ever where queries of
 *     all depths meet in batch after batch, and the least would stay small in a circle that new queries join
 */
public record CallPath(List<Hop> hops, int depth) {

    /** Calls that nest more deeply are taken for a circle. */
    public static final int MOST_HOPS = 16;

    /** Of a query that nobody made for another. */
    public static final CallPath NONE = new CallPath(List.of(), 0);

    private static final String HEADER = "sluice-call-path";
    private static final String BETWEEN = ",";
    private static final String AFTER_DEPTH = ";";

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
        int afterDepth = text.indexOf(AFTER_DEPTH);
        List<Hop> hops = new ArrayList<>();
        String way = text.substring(afterDepth + 1);
        for (String hop : way.isEmpty() ? new String[0] : way.split(BETWEEN)) {
            Waits waits = Waits.of(hop);
            hops.add(new Hop(hop.substring(0, hop.length() - waits.mark.length()), waits));
        }
        int depth = afterDepth < 0 ? hops.size() : Integer.parseInt(text.substring(0, afterDepth));
        return new CallPath(hops, depth);
    }

    public CallPath then(String actor, Waits waits) {
        List<Hop> more = new ArrayList<>(hops);
        more.add(new Hop(actor, waits));
        return new CallPath(more, depth + 1);
    }

    /** Of a call for several queries: the way of the least deep, and before it who else keeps a replica until the call has ended. */
    public static CallPath together(List<CallPath> paths) {
        CallPath shortest =
                paths.stream().min(Comparator.comparingInt(CallPath::depth)).orElse(NONE);
        List<Hop> all = new ArrayList<>();
        int depths = 0;
        for (CallPath path : paths) {
            depths += path.depth;
            for (Hop hop : path.hops) {
                Hop beside = new Hop(hop.actor(), Waits.HELD_BESIDE);
                if (hop.waits() != Waits.FREE && !all.contains(beside) && !shortest.holds(hop.actor())) {
                    all.add(beside);
                }
            }
        }
        all.addAll(shortest.hops);
        return new CallPath(all, paths.isEmpty() ? 0 : Math.round((float) depths / paths.size()));
    }

    private boolean holds(String actor) {
        return hops.stream()
                .anyMatch(hop -> hop.waits() != Waits.FREE && hop.actor().equals(actor));
    }

    /** The headers of a query that is called by the last of these. */
    public Map<String, String> over(Map<String, String> headers) {
        Map<String, String> with = new LinkedHashMap<>(headers);
        StringBuilder text = new StringBuilder();
        for (Hop hop : hops) {
            text.append(text.isEmpty() ? "" : BETWEEN).append(hop.actor()).append(hop.waits().mark);
        }
        if (hops.isEmpty() && depth == 0) {
            with.remove(HEADER);
        } else {
            with.put(HEADER, depth + AFTER_DEPTH + text);
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
        if (depth > MOST_HOPS) {
            return Optional.of("Calls nest more than " + MOST_HOPS + " deep (..., "
                    + circle(actor, Math.max(0, hops.size() - 3)) + "): they seem to go round in a circle.");
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

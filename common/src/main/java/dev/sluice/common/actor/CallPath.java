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

    private static final String HEADER = "sluice-call-path";
    private static final char HELD = '!';
    private static final String BETWEEN = ",";

    /**
     * @param actor that called
     * @param held whether it keeps its replica while it waits for the answer
     */
    public record Hop(String actor, boolean held) {}

    public CallPath {
        hops = List.copyOf(hops);
    }

    /** Of a query with this meta. */
    public static CallPath of(Meta meta) {
        String text = meta.headers().getOrDefault(HEADER, "");
        List<Hop> hops = new ArrayList<>();
        for (String hop : text.isEmpty() ? new String[0] : text.split(BETWEEN)) {
            boolean held = !hop.isEmpty() && hop.charAt(hop.length() - 1) == HELD;
            hops.add(new Hop(held ? hop.substring(0, hop.length() - 1) : hop, held));
        }
        return new CallPath(hops);
    }

    public CallPath then(String actor, boolean held) {
        List<Hop> more = new ArrayList<>(hops);
        more.add(new Hop(actor, held));
        return new CallPath(more);
    }

    /** The headers of a query that is called by the last of these. */
    public Map<String, String> over(Map<String, String> headers) {
        Map<String, String> with = new LinkedHashMap<>(headers);
        StringBuilder text = new StringBuilder();
        for (Hop hop : hops) {
            text.append(text.isEmpty() ? "" : BETWEEN).append(hop.actor());
            if (hop.held()) {
                text.append(HELD);
            }
        }
        with.put(HEADER, text.toString());
        return with;
    }

    /** Why the last of these may not call an actor, as a sentence; empty where it may. */
    public Optional<String> refusal(String actor) {
        for (int i = 0; i < hops.size(); i++) {
            if (hops.get(i).held() && hops.get(i).actor().equals(actor)) {
                return Optional.of("The actor '" + actor
                        + "' waits for this call itself and keeps its replica meanwhile (" + circle(actor, i)
                        + "), so that the call might never begin. Let nothing that it calls call it back.");
            }
        }
        if (hops.size() > MOST_HOPS) {
            return Optional.of("Calls nest more than " + MOST_HOPS + " deep (..., " + circle(actor, hops.size() - 3)
                    + "): they seem to go round in a circle.");
        }
        return Optional.empty();
    }

    private String circle(String actor, int from) {
        StringBuilder text = new StringBuilder();
        hops.subList(from, hops.size()).forEach(hop -> text.append(hop.actor()).append(" calls "));
        return text.append(actor).toString();
    }
}

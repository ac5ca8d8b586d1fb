package dev.sluice.examples.ticket;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.BatchedInput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a message is about, by the words in it: as simple as a classifier can be. */
@Actor(value = "ticket-kinds", idempotent = true, description = "batched: what a cleaned text is about, and how surely")
public class TicketKinds {

    private static final Map<String, List<String>> WORDS = new TreeMap<>(Map.of(
            "billing", List.of("invoice", "charged", "refund", "price", "paid", "payment", "bill"),
            "delivery", List.of("parcel", "late", "arrived", "address", "courier", "shipping", "lost"),
            "fault", List.of("broken", "crash", "error", "fails", "not", "works", "stopped", "screen")));

    /**
     * @param name of the kind; {@code other} where no word tells
     * @param certainty 0 to 1
     */
    public record Kind(String name, double certainty) {}

    @BatchedInput(maxBatchSize = 64)
    public List<Kind> call(List<String> texts) {
        return texts.stream().map(TicketKinds::kind).toList();
    }

    private static Kind kind(String text) {
        List<String> words = Arrays.asList(text.split(" "));
        Kind best = new Kind("other", 0);
        long all = 0;
        long most = 0;
        for (Map.Entry<String, List<String>> kind : WORDS.entrySet()) {
            long hits = words.stream().filter(kind.getValue()::contains).count();
            all += hits;
            if (hits > most) {
                most = hits;
                best = new Kind(kind.getKey(), 0);
            }
        }
        return all == 0 ? best : new Kind(best.name(), (double) most / all);
    }
}

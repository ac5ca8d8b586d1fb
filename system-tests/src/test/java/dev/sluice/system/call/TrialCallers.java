package dev.sluice.system.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.system.site.Site;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Some callers of an actor of the type {@code trial}: they check each answer, and count who gave it. */
public final class TrialCallers {

    /** So many answers show that things go on. */
    public static final int SOME = 150;

    private static final int CALLERS = 8;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Caller caller;
    private final String actor;
    private final Tally tally = new Tally();
    private final AtomicInteger inputs = new AtomicInteger();
    private final AtomicReference<String> firstProblem = new AtomicReference<>("");
    private final Map<String, LongAdder> labels = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> names = new ConcurrentSkipListMap<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final Map<Integer, LongAdder> calls = new ConcurrentSkipListMap<>();

    public TrialCallers(Caller caller, String actor) {
        this.caller = caller;
        this.actor = actor;
    }

    public Tally tally() {
        return tally;
    }

    /** They call again and again while this happens. */
    public void during(Runnable happening) {
        during(CALLERS, PAUSE, happening);
    }

    /** @param pause of each between two calls */
    public void during(int callers, Duration pause, Runnable happening) {
        IntStream.range(0, callers).forEach(number -> calls.put(number, new LongAdder()));
        Load.of(callers, this::call).pausing(pause).during(happening);
    }

    /** Fails with the first problem that a caller got. */
    public void assertAllAnswered() {
        assertThat(tally.counts())
                .as("how calls ended; the first problem: %s", firstProblem.get())
                .containsOnlyKeys("answered");
    }

    /** How many answers came from each version, by the argument {@code label} of it. */
    public Map<String, Long> labels() {
        return counts(labels);
    }

    /** Whether some answer of this version came after the first one of the other, whenever somebody looks. */
    public boolean answeredAfterFirstOf(String other, String label) {
        return order.stream().dropWhile(came -> !came.equals(other)).anyMatch(label::equals);
    }

    /** How many answers each replica gave. */
    public Map<String, Long> names() {
        return counts(names);
    }

    /** Waits until there are {@value #SOME} more answers. */
    public void awaitMore() {
        awaitMore(SOME);
    }

    public void awaitMore(int answers) {
        long enough = tally.answered() + answers;
        await("more answers").atMost(Site.LONG).until(() -> tally.answered() >= enough);
    }

    /** Waits until every caller has what it asked for before this, and the answer to a call that it began after. */
    public void awaitEachAgain() {
        Map<Integer, Long> enough = new TreeMap<>();
        calls.forEach((caller, ended) -> enough.put(caller, ended.sum() + 2));
        await("an answer to each caller")
                .atMost(Site.LONG)
                .until(() -> calls.entrySet().stream()
                        .allMatch(caller -> caller.getValue().sum() >= enough.get(caller.getKey())));
    }

    private void call(int number) {
        int input = inputs.incrementAndGet();
        long start = System.nanoTime();
        Reply reply = caller.call(actor, Integer.toString(input));
        tally.took(System.nanoTime() - start);
        tally.count(reply);
        if (reply.ok()) {
            JsonNode answer = reply.result();
            assertThat(answer.path("input").asInt()).isEqualTo(input);
            count(labels, answer.path("label").asString());
            count(names, answer.path("name").asString());
            order.add(answer.path("label").asString());
        } else {
            firstProblem.compareAndSet("", reply.body());
        }
        count(calls, number);
    }

    private static <K> void count(Map<K, LongAdder> counts, K what) {
        counts.computeIfAbsent(what, unseen -> new LongAdder()).increment();
    }

    private static Map<String, Long> counts(Map<String, LongAdder> counts) {
        Map<String, Long> now = new TreeMap<>();
        counts.forEach((what, count) -> now.put(what, count.sum()));
        return now;
    }
}

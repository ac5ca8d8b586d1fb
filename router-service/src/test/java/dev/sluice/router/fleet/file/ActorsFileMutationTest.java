package dev.sluice.router.fleet.file;

import static dev.sluice.common.testing.Mutator.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.testing.Mutator;
import dev.sluice.router.fleet.goal.ActorGoal;
import dev.sluice.router.fleet.goal.GoalRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Valid files with something changed: each is read, or every problem has a line and a sentence. More of them by {@code
 * -Dsluice.fuzz.inputs=20000}, others by {@code -Dsluice.fuzz.seed=2}. In a thread of its own: a reader in an endless loop heeds no
 * interrupt.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ActorsFileMutationTest {

    private static final int INPUTS = Integer.getInteger("sluice.fuzz.inputs", 4_000);
    private static final long SEED = Long.getLong("sluice.fuzz.seed", 4_731);

    private static final List<String> VALID = List.of("""
            actors:
              vadder:
                replicas: 2
                args: {increment: 3}
                slo: 200ms
              model:
                version: "2"
                kind: java
                type: model
                args:
                  alpha: 4ms
                  beta: 20ms
                replicas:
                  min: 1
                  max: 8
                  target-utilisation: 0.6
                  down-after: 10m
                max-batch-size: 28
                max-wait: 5ms
                scheduler: fifo
                idempotent: true
                routers: 2
            """, """
            actors:
              fair:
                slo: 1500ms
                scheduling:
                  deferral: true
                  hedging: false
                  hedge-share: 0.05
                  tenant-weights: {acme: 3, other: 0.5}
                  priority-weight: 2
                  most-tenants: 100
              "7up": {}
            """, """
            actors:
              ticket:
                pipeline:
                  steps:
                    clean: {actor: cleaner}
                    decide:
                      switch:
                      - when: $clean.words > 3 and $contains($clean.text, "refund")
                        actor: ticket-kinds
                        input: '{"text": $clean}'
                      - {actor: cleaner}
                  output: '{"kind": $decide, "text": $clean}'
            """);

    /** At these, texts become something else, numbers overflow, and structures end or begin. */
    private static final List<String> EDGES = List.of(
            "",
            "~",
            "-1",
            "0",
            "1e400",
            "99999999999999999999",
            "yes",
            "*a",
            "&a b",
            "!!int x",
            "{",
            "[",
            "|",
            ">",
            "'",
            "\"",
            "\t",
            "- ",
            "? ",
            "---",
            "...",
            "%YAML 9",
            "<<: *a",
            "\u0000",
            "\ud83d\ude00",
            "(".repeat(300),
            "[".repeat(300),
            "x".repeat(5_000),
            "24h",
            "-5ms",
            "$x(",
            "a ? b : c",
            "${A}",
            "#");

    private final Mutator mutator = new Mutator(SEED);
    private int followed;

    @Test
    void areReadOrSayWhatIsWrong() {
        VALID.forEach(
                text -> assertThat(ActorsFile.parse(text).problems()).as(text).isEmpty());
        for (int i = 0; i < INPUTS; i++) {
            String text = changed(mutator.oneOf(VALID));
            try {
                followed += mustBeUnderstood(ActorsFile.parse(text)) ? 1 : 0;
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("input " + i + " of seed " + SEED + ":\n" + text, e);
            }
        }
        assertThat(followed).as("files without a problem").isBetween(INPUTS / 20, INPUTS - INPUTS / 20);
    }

    private static boolean mustBeUnderstood(ActorsFile read) {
        for (FileProblem problem : read.problems()) {
            assertThat(problem.line()).isPositive();
            assertThat(problem.sentence("a.yaml")).hasSizeGreaterThan("a.yaml:1: ".length());
        }
        if (!read.problems().isEmpty()) {
            return false;
        }
        for (ActorGoal goal : read.goals()) {
            assertThat(GoalRules.check(goal)).isEmpty();
        }
        return true;
    }

    private String changed(String valid) {
        if (mutator.once(4)) {
            return new String(mutator.bytes(utf8(valid)), StandardCharsets.UTF_8);
        }
        List<String> lines = new ArrayList<>(valid.lines().toList());
        for (int change = 1 + mutator.random().nextInt(2); change > 0 && !lines.isEmpty(); change--) {
            int at = mutator.random().nextInt(lines.size());
            switch (mutator.random().nextInt(6)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(mutator.random().nextInt(lines.size())));
                case 2 -> Collections.swap(lines, at, mutator.random().nextInt(lines.size()));
                case 3 -> lines.set(at, " ".repeat(1 + mutator.random().nextInt(3)) + lines.get(at));
                case 4 -> lines.set(at, lines.get(at).replaceFirst("^ {1,2}", ""));
                default -> lines.set(at, withOtherValue(lines.get(at)));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private String withOtherValue(String line) {
        int colon = line.indexOf(':');
        return (colon < 0 ? line : line.substring(0, colon + 1)) + " " + mutator.oneOf(EDGES);
    }
}

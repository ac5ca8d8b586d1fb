package dev.sluice.router.fleet.rollout;

import dev.sluice.router.fleet.rollout.VersionCounts.Size;
import java.util.HashMap;
import java.util.Map;

/** What became of one version's queries since they are judged, look by look. Not thread-safe. */
final class Observed {

    private VersionCounts last;
    private long answered;
    private long failed;
    private long offered;
    private Mean unanswered = new Mean();
    private final Map<Size, Mean> runs = new HashMap<>();

    /** @param before what came before it is judged */
    Observed(VersionCounts before) {
        last = before;
    }

    void look(VersionCounts now) {
        VersionCounts since = now.since(last);
        last = now;
        answered += since.answered();
        failed += since.failed();
        if (since.offered() > 0) {
            offered += since.offered();
            unanswered.add(since.offered() - since.answered(), since.offered());
        }
        since.runs().forEach((size, some) -> {
            if (some.batches() > 0) {
                runs.computeIfAbsent(size, first -> new Mean()).add(some.nanos(), some.batches());
            }
        });
    }

    /** What depends on the load is looked at afresh: other replicas may run now, under another load. */
    void beginStep() {
        runs.clear();
        unanswered = new Mean();
    }

    long answered() {
        return answered;
    }

    long failed() {
        return failed;
    }

    long ended() {
        return answered + failed;
    }

    /** The part that failed; 0 where there was nothing. */
    double failedPart() {
        return ended() == 0 ? 0 : (double) failed / ended();
    }

    long offered() {
        return offered;
    }

    /** The part without an answer, since the step began. */
    Mean unanswered() {
        return unanswered;
    }

    /** How long batches run, since the step began. */
    Map<Size, Mean> runs() {
        return runs;
    }
}

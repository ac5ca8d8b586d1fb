package dev.sluice.router.pipeline.run;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.report.QueryReport;
import dev.sluice.common.report.QueryReport.Step;
import dev.sluice.router.pipeline.plan.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run has asked of actors, to be told to who asked for the run. Only in the run's drain. */
final class AskedSteps {

    /** A step over a list may ask thousands of times, and nobody reads all of that. */
    private static final int MOST = 256;

    private final List<Step> told = new ArrayList<>();
    private int leftOut;

    /**
     * @param code why there is no result; null where there is one
     * @param startNanos after the arrival of the run's query
     * @param report by who was asked; null where nothing was said
     */
    void ended(
            String step,
            Target.Call to,
            @Nullable ErrorCode code,
            long startNanos,
            long tookNanos,
            @Nullable QueryReport report) {
        if (told.size() == MOST) {
            leftOut++;
            return;
        }
        QueryReport known = report == null ? new QueryReport(to.version(), tookNanos, 0, 0, null) : report;
        told.add(new Step(step, to.actor(), to.method(), code == null ? 0 : code.number(), startNanos, known));
    }

    List<Step> told() {
        return told;
    }

    int leftOut() {
        return leftOut;
    }
}

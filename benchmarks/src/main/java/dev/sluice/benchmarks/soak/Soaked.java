package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.benchmarks.tiers.Vitals;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What came of a run.
 *
 * @param looks one after each round
 * @param callers those of the steady load
 * @param ledger of the frontend, when all was over
 */
record Soaked(SoakPlan plan, List<Look> looks, Account callers, Ledger ledger) {

    int rounds() {
        return looks.size();
    }

    /** Those that count. */
    List<Look> counted() {
        double from = plan.lead() * minutes();
        return looks.stream().filter(look -> look.minutes() >= from).toList();
    }

    double minutes() {
        return looks.get(looks.size() - 1).minutes();
    }

    /** How long it was looked at. */
    double countedMinutes() {
        return minutes() - counted().get(0).minutes();
    }

    List<String> processes() {
        return looks.get(0).vitals().keySet().stream().sorted().toList();
    }

    Trend trend(String process, Sign sign) {
        return Trend.of(counted().stream()
                .map(look -> new Trend.Point(look.minutes(), sign.of(vitals(look.vitals(), process))))
                .toList());
    }

    private static Vitals vitals(Map<String, Vitals> all, String process) {
        return Objects.requireNonNull(all.get(process), process);
    }
}

package dev.sluice.benchmarks.soak;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.callers.Callers;
import dev.sluice.benchmarks.process.StartedTiers;
import dev.sluice.benchmarks.tiers.ControlApi;
import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.benchmarks.tiers.Vitals;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A steady load, and rounds of coming and going beside it, each with a look at all processes at its end. */
final class SoakRun {

    static final int SLO_MILLIS = 5_000;

    private static final long SEED = 26;
    /** What the leavers left behind may be on its way still. */
    private static final Duration CALM = Duration.ofSeconds(30);

    private final SoakPlan plan;
    private final Consumer<String> progress;

    SoakRun(SoakPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    Soaked run(StartedTiers tiers) throws IOException, InterruptedException {
        ServiceProcess frontend = tiers.processes(Tier.FRONTEND).get(0);
        Churn churn = new Churn(
                frontend, new ControlApi(tiers.processes(Tier.ROUTER).get(0).url()), plan);
        churn.deploy();
        try (Callers callers =
                Callers.start(List.of(tiers.url(Churn.ACTOR)), List.of(SLO_MILLIS), plan.perSecond(), SEED)) {
            List<Look> looks = rounds(churn, tiers);
            Account account = callers.end();
            return new Soaked(plan, looks, account, Ledger.whenCalm(frontend.url(), CALM));
        }
    }

    private List<Look> rounds(Churn churn, StartedTiers tiers) throws IOException, InterruptedException {
        List<Look> looks = new ArrayList<>();
        long start = System.nanoTime();
        do {
            churn.round();
            Map<String, Vitals> vitals = new LinkedHashMap<>();
            for (Tier tier : Tier.values()) {
                for (ServiceProcess process : tiers.processes(tier)) {
                    vitals.put(process.name(), Vitals.of(process));
                }
            }
            double minutes = (System.nanoTime() - start) / 6e10;
            looks.add(new Look(minutes, vitals));
            progress.accept("round %d, %.1f min: %s".formatted(looks.size(), minutes, heaps(vitals)));
        } while (System.nanoTime() - start < plan.time().toNanos());
        return looks;
    }

    private static String heaps(Map<String, Vitals> vitals) {
        StringBuilder text = new StringBuilder("heap");
        vitals.forEach((process, each) -> text.append(" %s %.1f".formatted(process, each.heapMib())));
        return text + " MiB";
    }
}

package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.callers.Account;
import dev.sluice.benchmarks.callers.Callers;
import dev.sluice.benchmarks.tiers.Ledger;
import dev.sluice.cli.platform.PlatformException;
import dev.sluice.cli.platform.ServiceProcess;
import dev.sluice.cli.platform.Tier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Lets faults happen under load, one after the other. */
final class FaultRun {

    static final List<Fault> ALL = List.of(
            new Killed(Tier.HOST),
            new Killed(Tier.ROUTER),
            new Killed(Tier.FRONTEND),
            new Paused(Tier.HOST),
            new Paused(Tier.ROUTER),
            new Paused(Tier.FRONTEND),
            new NetworkCut(Tier.FRONTEND),
            new NetworkCut(Tier.HOST),
            new NetworkGone(),
            new NetworkSlow(),
            new RestartedInTurn(Tier.HOST),
            new RestartedInTurn(Tier.ROUTER),
            new RestartedInTurn(Tier.FRONTEND),
            new HostsKilled(),
            new FullDisk(),
            new WrongClocks());

    /** Half of the queries: whether they are answered in time is what counts. */
    static final int HURRIED_MILLIS = 500;

    /** The other half: whether they are answered at all. */
    static final int PATIENT_MILLIS = 10_000;

    static final String NO_CLOCKS =
            "left out: wrong clocks, since there is no libfaketime (apt-get install libfaketime)";

    private static final long SEED = 31;
    private static final Duration CALM = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final FaultPlan plan;
    private final Consumer<String> progress;
    private final Map<String, String> broken = new LinkedHashMap<>();

    FaultRun(FaultPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** @param chosen those of one shape follow each other */
    List<Aftermath> run(List<Fault> chosen) throws IOException {
        List<Aftermath> all = new ArrayList<>();
        for (Shape shape : chosen.stream().map(Fault::shape).distinct().toList()) {
            try (FaultSite site = FaultSite.start(shape, plan, progress)) {
                warmUp(site);
                for (Fault fault : chosen) {
                    if (fault.shape().equals(shape)) {
                        progress.accept("fault: " + fault.name());
                        try {
                            all.add(aftermath(fault, site));
                        } catch (IOException | PlatformException e) {
                            broken.put(fault.name(), String.valueOf(e.getMessage()));
                            progress.accept("  broke off: " + e.getMessage());
                            site.makeWhole();
                        }
                    }
                }
            }
        }
        return all;
    }

    /** What could not be gone through with, and why. */
    Map<String, String> broken() {
        return Map.copyOf(broken);
    }

    /** Processes that have just started are slow for a while, which is not what is to be seen. */
    private void warmUp(FaultSite site) throws IOException {
        site.awaitReady();
        try (Callers callers = Callers.start(site.urls(), List.of(PATIENT_MILLIS), plan.perSecond(), SEED)) {
            FaultSite.pause(plan.settling().compareTo(WARM_UP) < 0 ? plan.settling() : WARM_UP);
            Account account = callers.end();
            progress.accept("warmed up by %d queries, %d not answered".formatted(account.sent(), account.unanswered()));
        }
    }

    private Aftermath aftermath(Fault fault, FaultSite site) throws IOException {
        Map<Long, Ledger> before = ledgers(site);
        try (Callers callers =
                Callers.start(site.urls(), List.of(HURRIED_MILLIS, PATIENT_MILLIS), plan.perSecond(), SEED)) {
            FaultSite.pause(plan.calm());
            Episode episode = fault.happen(site, plan.hold());
            FaultSite.pause(plan.settling().plus(plan.watched()));
            Account account = callers.end();
            Map<Long, Ledger> after = ledgers(site);
            List<Ledger> since = after.entrySet().stream()
                    .map(life -> life.getValue().since(before.getOrDefault(life.getKey(), Ledger.EMPTY)))
                    .toList();
            boolean oneLife = before.keySet().equals(after.keySet());
            Aftermath aftermath = new Aftermath(fault, episode, account, since, oneLife);
            progress.accept("  %d queries, %d not answered; well after %.1f s"
                    .formatted(account.sent(), account.unanswered(), aftermath.secondsToGood(plan)));
            return aftermath;
        }
    }

    /** Of each life of a frontend, by its process. */
    private static Map<Long, Ledger> ledgers(FaultSite site) throws IOException {
        Map<Long, Ledger> ledgers = new HashMap<>();
        for (ServiceProcess frontend : site.all(Tier.FRONTEND)) {
            ledgers.put(frontend.pid(), Ledger.whenCalm(frontend.url(), CALM));
        }
        return ledgers;
    }
}

package dev.sluice.benchmarks.faults;

import dev.sluice.benchmarks.report.Bar;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** No frontend and no host reaches any router. */
record NetworkGone() implements Fault {

    @Override
    public String name() {
        return "no network";
    }

    @Override
    public String what() {
        return "no frontend and no host reaches any router";
    }

    @Override
    public Episode happen(FaultSite site, Duration hold) throws IOException {
        return Cut.of(site.network().whole(), site, hold, name());
    }

    @Override
    public Optional<Span> outage(Episode episode, FaultPlan plan) {
        return Optional.of(
                new Span(episode.from(), episode.ready() + plan.settling().toNanos()));
    }

    /** What was on its way back is with its caller by then; for all others there is no way. */
    @Override
    public List<Bar> bars(Aftermath aftermath) {
        Episode episode = aftermath.episode();
        Span cut = new Span(episode.from() + Cut.GLANCE.toNanos(), episode.over());
        return List.of(Bar.atMost(name() + ": answers meanwhile", aftermath.answeredWithin(cut), 0));
    }
}

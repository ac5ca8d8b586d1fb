package dev.sluice.cli.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** One process of a {@link Platform}, with what a test does to it. */
public final class ServiceProcess {

    private final Instance instance;
    private final Program program;
    private final Launcher launcher;
    private final Readiness readiness;
    private final Patience patience;
    private volatile Launched launched;
    private volatile boolean wanted = true;

    ServiceProcess(Instance instance, Program program, Launcher launcher, Readiness readiness, Patience patience) {
        this.instance = instance;
        this.program = program;
        this.launcher = launcher;
        this.readiness = readiness;
        this.patience = patience;
        launcher.turnLog(instance);
        this.launched = launcher.launch(instance, program);
    }

    public String name() {
        return instance.name();
    }

    public Tier tier() {
        return instance.tier();
    }

    public int port() {
        return instance.port();
    }

    /** @throws PlatformException where its tier has no such port */
    public int port(ExtraPort extra) {
        return instance.port(extra).orElseThrow(() -> new PlatformException(name() + " has no port " + extra + "."));
    }

    public URI url() {
        return record().url();
    }

    public long pid() {
        return record().process().pid();
    }

    public Path log() {
        return record().log();
    }

    public boolean alive() {
        return record().process().alive();
    }

    public boolean ready() {
        return alive() && readiness.ready(url());
    }

    public OptionalLong residentBytes() {
        return record().process().residentBytes();
    }

    /** As {@code kill -9}, and waits until it is gone. */
    public void kill() {
        wanted = false;
        record().process().kill();
        record().process().awaitEnd(patience.grace());
    }

    /** Asks it to drain and end, waits, and kills it where it does not end within the grace. True where it ended itself. */
    public boolean stop() {
        wanted = false;
        record().process().terminate();
        if (record().process().awaitEnd(patience.grace())) {
            return true;
        }
        kill();
        return false;
    }

    /** Freezes it: it holds its connections and says nothing. */
    public void pause() {
        record().process().freeze();
    }

    public void resume() {
        record().process().signal("CONT");
    }

    /**
     * Starts it anew with the same port, name and settings; kills it first where it still runs. Does not wait.
     *
     * @throws PlatformException where the platform has been told to end: that may be why this process is down
     */
    public void restart() {
        launcher.gate().through(() -> {
            if (alive()) {
                kill();
            }
            launched = launcher.launch(instance, program);
            wanted = true;
        });
    }

    /** Waits until it can serve; fails with its last words where it ends, or takes too long. */
    public void awaitReady() {
        awaitReady(patience.ready());
    }

    public void awaitReady(Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!ready()) {
            if (!alive()) {
                throw new PlatformException(LastWords.died(this));
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new PlatformException(LastWords.late(this, most));
            }
            if (!Pause.of(StartUp.GLANCE)) {
                throw new PlatformException("Waiting for " + name() + " was interrupted.");
            }
        }
    }

    /** For people: that it died, and what it said last. */
    public String lastWords() {
        return LastWords.died(this);
    }

    /** Whether it runs because nobody ended it on purpose: if it is dead then, it died. */
    boolean wanted() {
        return wanted;
    }

    ProcessRecord record() {
        return launched.record();
    }

    String end() {
        return launched.end();
    }
}

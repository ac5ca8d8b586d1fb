package dev.sluice.cli.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * The processes of one Sluice on this machine, all on loopback. Make it, {@link #start()} it, {@link #close()} it; closing
 * drains, in any state and from any thread (a shutdown hook for instance), and may be repeated.
 */
public final class Platform implements AutoCloseable {

    private static final Duration GLANCE_AT_READINESS = Duration.ofSeconds(1);
    private static final Duration GRACE_OF_A_FAILED_START = Duration.ofSeconds(3);

    private final PlatformSpec spec;
    private final Programs programs;
    private final Progress progress;
    private final RuntimeDirectory directory;
    private final List<ServiceProcess> processes = new ArrayList<>();
    /** Held while draining, so that whoever closes second returns no sooner than the first. */
    private final Object draining = new Object();

    private final Gate gate = new Gate();
    private boolean endedGently = true;

    public Platform(PlatformSpec spec, Programs programs, Progress progress) {
        this.spec = spec;
        this.programs = programs;
        this.progress = progress;
        this.directory = new RuntimeDirectory(spec.directory());
    }

    /** Starts the built services of the project and returns when all are ready. */
    public static Platform start(PlatformSpec spec) {
        Platform platform = new Platform(spec, BuiltPrograms.of(spec.project(), Progress.NONE), Progress.NONE);
        platform.start();
        return platform;
    }

    /**
     * Starts all processes at once and returns when all are ready.
     *
     * @throws PlatformException where a port is taken, the directory is in use, or a process fails: then all are ended
     */
    public void start() {
        List<Instance> instances = Instances.of(spec);
        refuseSecond();
        refuseTakenPorts(instances);
        Map<Tier, Program> ready = prepare(instances);
        try {
            launch(instances, ready::get);
            new StartUp(spec.patience(), progress).await(processes(), gate::closed);
            new Publishing()
                    .await(processes().stream()
                            .filter(process -> process.tier() == Tier.FRONTEND)
                            .map(ServiceProcess::url)
                            .toList());
        } catch (RuntimeException e) {
            giveUp();
            throw e;
        }
    }

    private synchronized void add(ServiceProcess process) {
        processes.add(process);
    }

    public synchronized List<ServiceProcess> processes() {
        return List.copyOf(processes);
    }

    public List<ServiceProcess> processes(Tier tier) {
        return processes().stream().filter(process -> process.tier() == tier).toList();
    }

    /** The process with this name: {@code frontend-0}. */
    public ServiceProcess process(String name) {
        return processes().stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PlatformException("There is no process " + name + "."));
    }

    /** Whether it was told to end, in whatever way. */
    public boolean closed() {
        return gate.closed();
    }

    /** The processes that have ended though nobody asked them to. */
    public List<ServiceProcess> dead() {
        return gate.closed()
                ? List.of()
                : processes().stream()
                        .filter(process -> process.wanted() && !process.alive())
                        .toList();
    }

    /** Drains and ends all processes; kills what does not end within the grace. */
    @Override
    public void close() {
        gate.close();
        synchronized (draining) {
            endedGently &= new Drain(directory, spec.patience().grace(), progress).end(records());
        }
    }

    private void giveUp() {
        gate.close();
        synchronized (draining) {
            new Drain(directory, GRACE_OF_A_FAILED_START, progress).endTogether(records());
        }
    }

    private List<ProcessRecord> records() {
        return processes().stream().map(ServiceProcess::record).toList();
    }

    /** Whether nothing had to be killed when it was closed. */
    public boolean endedGently() {
        synchronized (draining) {
            return endedGently;
        }
    }

    private void refuseSecond() {
        if (!directory.living().isEmpty()) {
            throw new PlatformException("Sluice is already up here (" + spec.directory() + "): ./sluice down ends it.");
        }
    }

    private static void refuseTakenPorts(List<Instance> instances) {
        for (Instance instance : instances) {
            if (Ports.taken(instance.port())) {
                throw new PlatformException(TakenPort.sentence(instance));
            }
            for (ExtraPort extra : ExtraPort.values()) {
                OptionalInt port = instance.port(extra);
                if (port.isPresent() && Ports.taken(port.getAsInt())) {
                    throw new PlatformException(TakenPort.sentence(instance, extra, port.getAsInt()));
                }
            }
        }
    }

    private Map<Tier, Program> prepare(List<Instance> instances) {
        Map<Tier, CompletableFuture<Program>> preparing = new EnumMap<>(Tier.class);
        for (Instance instance : instances) {
            preparing.computeIfAbsent(
                    instance.tier(),
                    tier -> CompletableFuture.supplyAsync(() -> programs.of(tier), Platform::inThread));
        }
        Map<Tier, Program> prepared = new EnumMap<>(Tier.class);
        preparing.forEach((tier, program) -> prepared.put(tier, joined(program)));
        return prepared;
    }

    private static void inThread(Runnable preparation) {
        Thread thread = new Thread(preparation, "prepare");
        thread.setDaemon(true);
        thread.start();
    }

    private static Program joined(CompletableFuture<Program> program) {
        try {
            return program.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PlatformException expected) {
                throw expected;
            }
            throw e;
        }
    }

    private void launch(List<Instance> instances, Function<Tier, Program> ready) {
        Launcher launcher = new Launcher(directory, gate);
        Readiness readiness = new Readiness(GLANCE_AT_READINESS);
        for (Instance instance : instances) {
            Program program = ready.apply(instance.tier());
            gate.through(() -> add(new ServiceProcess(instance, program, launcher, readiness, spec.patience())));
            progress.changed(instance.name(), Progress.State.STARTING, "port " + instance.port());
        }
    }
}

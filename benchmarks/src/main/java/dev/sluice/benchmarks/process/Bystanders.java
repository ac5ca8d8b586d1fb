package dev.sluice.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How much of the machine others used while a bench ran, the hypervisor included: where that is much, the numbers are those of
 * another machine. Counts from the moment of its making on.
 */
public final class Bystanders {

    private static final Path STAT = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    /** User, nice, system, idle, waiting, interrupts (two kinds), stolen; guests are in the first two already. */
    private static final int FIELDS = 8;

    private final CpuClock ours;
    private final List<Long> before = machine();

    /** @param ours the processes that are no bystanders, this one included */
    public Bystanders(List<NamedProcess> ours) {
        this.ours = new CpuClock(ours);
    }

    /** Cores used by others so far, on average; empty where the system does not tell. */
    public OptionalDouble coresUsed() {
        List<Long> now = machine();
        if (before.size() < FIELDS || now.size() < FIELDS) {
            return OptionalDouble.empty();
        }
        long total = 0;
        for (int i = 0; i < FIELDS; i++) {
            total += now.get(i) - before.get(i);
        }
        long unused = now.get(IDLE) + now.get(WAITING) - before.get(IDLE) - before.get(WAITING);
        if (total <= 0) {
            return OptionalDouble.empty();
        }
        double busy = (double) (total - unused) / total * Runtime.getRuntime().availableProcessors();
        double used =
                ours.coresUsed().values().stream().mapToDouble(cores -> cores).sum();
        return OptionalDouble.of(Math.max(0, busy - used));
    }

    private static List<Long> machine() {
        if (!Files.isReadable(STAT)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(STAT)) {
            return lines.limit(1)
                    .flatMap(line -> Stream.of(line.split("\\s+")).skip(1))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}

package dev.sluice.host.onnx.actor;

import dev.sluice.host.onnx.session.ModelSession;
import dev.sluice.host.onnx.session.RuntimeSettings;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.actor.InvalidActorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many threads work on what, found out when a model is loaded: all on each operator, one after the other; or few on each, and on
 * several parts of the batch. The second wastes less, since threads that share an operator wait for each other at the end of each;
 * but a query that comes alone has these few only. So there are as few as that query can bear. What batches cost in either way is not
 * compared: a machine is busy while models are loaded, and then whatever takes longer looks the dearer.
 */
final class Threading {

    private static final Logger log = LoggerFactory.getLogger(Threading.class);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** What a part has to take to be worth another thread. */
    private static final long HANDOVER_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** How much longer than with all threads a query that comes alone may take. */
    private static final double PATIENCE = 2.5;

    /** How much more it is tried with where the sizes of queries are open, and it is tried with small ones. */
    private static final int SMALLEST = 16;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ALONE_TRIES = 8;
    private static final long ALONE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** To compare both ways a model is in memory twice for a moment. */
    private static final long MOST_BYTES = 1L << 30;

    private final Path file;
    private final ModelContext context;

    /** @param file of the model */
    Threading(Path file, ModelContext context) {
        this.file = file;
        this.context = context;
    }

    /** With which settings it is loaded first. */
    static RuntimeSettings first(RuntimeSettings said) {
        int batch = Math.max(1, said.batchThreads());
        int intra = said.intraThreads() > 0 ? said.intraThreads() : Math.max(1, PROCESSORS / batch);
        return said.threads(intra, batch);
    }

    /** @return the model as it is to be computed; where that is in another session, the first is closed */
    LoadedModel cheapest(LoadedModel model) {
        if (model.batching().axes().isEmpty() || model.examples().isEmpty()) {
            return model;
        }
        if (isOpen(model.config().runtime())) {
            long alone = alone(model, new Warming(model, context));
            for (int intra = 1; intra * 2 <= PROCESSORS && alone > 0; intra *= 2) {
                LoadedModel narrow = narrow(model, intra, (long) (PATIENCE * alone));
                if (narrow != null) {
                    model.session().close();
                    return narrow;
                }
            }
        }
        return divided(model, model.session(), model.division().threads(), 1, System::nanoTime);
    }

    private boolean isOpen(RuntimeSettings said) {
        return said.intraThreads() == 0
                && said.batchThreads() == 0
                && said.interThreads() == 1
                && said.provider().equals("cpu")
                && bytes() <= MOST_BYTES;
    }

    /** @return null where a query that comes alone takes longer than it may */
    private @Nullable LoadedModel narrow(LoadedModel wide, int intra, long mostAlone) {
        ModelSession session;
        try {
            session = ModelSession.load(
                    file, wide.config().runtime().threads(intra, 1), context.allocator(), context.counted());
        } catch (InvalidActorException e) {
            log.warn("{} could not be tried with fewer threads: {}", file, e.getMessage());
            return null;
        }
        boolean chosen = false;
        try {
            int most = wide.batching().mostRows();
            Warming warming = new Warming(wide.with(session, Division.whole(most, 1)), context);
            long alone = alone(wide, warming);
            if (alone < 0 || alone > mostAlone) {
                return null;
            }
            int leastRows =
                    alone >= HANDOVER_NANOS ? 1 : leastRows(most, warming.nanos(example(wide), most, System::nanoTime));
            int threads = leastRows > most / 2 ? 1 : Math.min(PROCESSORS / intra, most);
            LoadedModel narrow = divided(
                    wide, session, threads, leastRows, intra == 1 ? Threading::ownProcessorNanos : System::nanoTime);
            chosen = true;
            return narrow;
        } finally {
            if (!chosen) {
                session.close();
            }
        }
    }

    /** The quickest of several, since a session's first runs are slow and the machine may be busy. */
    private static long alone(LoadedModel model, Warming warming) {
        long start = System.nanoTime();
        long quickest = warming.nanos(example(model), 1, System::nanoTime);
        for (int i = 1; i < ALONE_TRIES && quickest > 0 && System.nanoTime() - start < ALONE_NANOS; i++) {
            long nanos = warming.nanos(example(model), 1, System::nanoTime);
            quickest = nanos > 0 ? Math.min(quickest, nanos) : quickest;
        }
        return quickest;
    }

    private static int leastRows(int rows, long nanos) {
        return nanos <= 0 ? rows : (int) Math.min(rows, 1 + HANDOVER_NANOS * rows / nanos);
    }

    /** With as many rows at once as its config says, or else as is cheapest. */
    private LoadedModel divided(
            LoadedModel model, ModelSession session, int threads, int leastRows, LongSupplier clock) {
        int most = model.batching().mostRows();
        LoadedModel whole = model.with(session, new Division(Portion.unmeasured(most), threads, leastRows));
        if (model.config().maxBatchSize().isPresent()) {
            return whole;
        }
        Warming warming = new Warming(whole, context);
        int share = Math.max(1, most / threads);
        Portion portion = Portion.cheapest(
                share,
                warming.isSmallest() ? SMALLEST * share : share,
                warming.elements(example(model)),
                rows -> warming.nanos(example(model), rows, clock));
        return model.with(session, new Division(portion, threads, leastRows));
    }

    /** Of this thread, where that can be told: what is computed on it costs the same however busy the machine is. */
    private static long ownProcessorNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static Example example(LoadedModel model) {
        return model.examples().get(0);
    }

    /** Of the model, with what lies beside it. */
    private long bytes() {
        Path folder = file.toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(folder == null ? file : folder)) {
            return files.mapToLong(each -> each.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            return Long.MAX_VALUE; // it is being changed: the safe way will do
        }
    }
}

package dev.sluice.host.onnx.actor;

import dev.sluice.host.onnx.session.ModelSession;
import dev.sluice.host.onnx.session.RuntimeSettings;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.actor.InvalidActorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many threads work on what, measured when a model is loaded: all on each operator, one after the other; or each on a part of the
 * batch. The second wastes less, since threads that share an operator wait for each other at the end of each; but a query that
 * comes alone has one thread only.
 */
final class Threading {

    private static final Logger log = LoggerFactory.getLogger(Threading.class);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** What a part has to take to be worth another thread. */
    private static final long HANDOVER_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** How much longer than with all threads a query that comes alone may take. */
    private static final double PATIENCE = 2;

    private static final double ALIKE = 1.05;

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
        Example example = model.examples().get(0);
        Warming warming = new Warming(model, context);
        int most = model.batching().mostRows();
        int threads = model.division().threads();
        Portion.Measured wide = measured(warming, example, most, threads);
        LoadedModel found = model.with(model.session(), new Division(portion(model, wide), threads, 1));
        return isOpen(model.config().runtime()) ? cheaper(found, wide, warming.nanos(example, 1, 1)) : found;
    }

    private boolean isOpen(RuntimeSettings said) {
        return said.intraThreads() == 0
                && said.batchThreads() == 0
                && said.interThreads() == 1
                && said.provider().equals("cpu")
                && PROCESSORS > 1
                && bytes() <= MOST_BYTES;
    }

    private LoadedModel cheaper(LoadedModel wide, Portion.Measured cost, long alone) {
        ModelSession session;
        try {
            session = ModelSession.load(
                    file, wide.config().runtime().threads(1, 1), context.allocator(), context.counted());
        } catch (InvalidActorException e) {
            log.warn("{} could not be tried with one thread for each part of a batch: {}", file, e.getMessage());
            return wide;
        }
        boolean chosen = false;
        try {
            LoadedModel narrow = narrow(wide, session, cost, alone);
            chosen = narrow != wide;
            return narrow;
        } finally {
            (chosen ? wide.session() : session).close();
        }
    }

    private LoadedModel narrow(LoadedModel wide, ModelSession session, Portion.Measured cost, long alone) {
        int most = wide.batching().mostRows();
        LoadedModel narrow = wide.with(session, Division.whole(most, 1));
        Example example = wide.examples().get(0);
        Warming warming = new Warming(narrow, context);
        long one = warming.nanos(example, 1, 1);
        if (one < 0 || one > PATIENCE * alone) {
            return wide;
        }
        int leastRows = one >= HANDOVER_NANOS ? 1 : leastRows(most, warming.nanos(example, most, 1));
        int threads = leastRows > most / 2 ? 1 : Math.min(PROCESSORS, most);
        Portion.Measured found = measured(warming, example, most, threads);
        return found.nanosEach() <= ALIKE * cost.nanosEach()
                ? wide.with(session, new Division(portion(wide, found), threads, leastRows))
                : wide;
    }

    private static int leastRows(int rows, long nanos) {
        return nanos <= 0 ? rows : (int) Math.min(rows, 1 + HANDOVER_NANOS * rows / nanos);
    }

    private static Portion.Measured measured(Warming warming, Example example, int most, int threads) {
        return Portion.cheapest(Math.max(1, most / threads), warming.elements(example), rows -> {
            long nanos = warming.nanos(example, rows, threads);
            return nanos < 0 ? nanos : nanos / threads;
        });
    }

    /** What a model's config says counts more than what is cheapest. */
    private static Portion portion(LoadedModel model, Portion.Measured found) {
        return model.config().maxBatchSize().isPresent()
                ? Portion.unmeasured(model.batching().mostRows())
                : found.portion();
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

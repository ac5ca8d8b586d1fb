package dev.sluice.host.onnx.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.host.onnx.actor.BatchThreads;
import dev.sluice.host.onnx.actor.Interrupts;
import dev.sluice.host.onnx.actor.ModelContext;
import dev.sluice.host.onnx.actor.ModelVersion;
import dev.sluice.host.onnx.actor.OnnxActorType;
import dev.sluice.host.onnx.repository.ModelRepository.RepositoryListener;
import dev.sluice.host.onnx.session.NativeObjects;
import dev.sluice.host.onnx.testing.Graph;
import dev.sluice.host.onnx.testing.ModelKit;
import dev.sluice.sdk.test.ActorKit;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRepositoryTest {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final NativeObjects counted = new NativeObjects();
    private final Interrupts interrupts = new Interrupts();
    private final ModelContext context = new ModelContext(
            allocator,
            counted,
            ModelKit.ONE_THREAD,
            4,
            ModelKit.MOST_RESULT_BYTES,
            new BatchThreads(Runnable::run, interrupts));
    private final List<String> told = new ArrayList<>();
    private final List<Boolean> loads = new ArrayList<>();
    private final Map<FoundVersion, ModelVersion> versions = new HashMap<>();
    private final Map<FoundVersion, ModelVersion.Hold> holds = new HashMap<>();

    @TempDir
    private Path models;

    private final RepositoryListener listener = new RepositoryListener() {
        @Override
        public void came(ModelVersion version) {
            FoundVersion found = new FoundVersion(version.model(), version.version());
            told.add("came " + found.model() + " " + found.version());
            versions.put(found, version);
            holds.put(found, version.hold());
        }

        @Override
        public void isBroken(FoundVersion version, String reason) {
            told.add("broken " + version.model() + " " + version.version());
        }

        @Override
        public void gone(FoundVersion version) {
            told.add("gone " + version.model() + " " + version.version());
            ModelVersion.Hold hold = holds.remove(version);
            if (hold != null) {
                hold.close();
            }
        }
    };

    private ModelRepository repository() {
        return new ModelRepository(new ModelFolder(models), context, listener, loads::add);
    }

    /** Which folder may be read depends on who runs a test; so another reads them here. */
    @Test
    void whatMayNotBeReadKeepsNoModelFromBeingServed() throws IOException {
        Graph.adding(1).writeTo(models, "adds", "1");
        Path lost = Files.createDirectory(models.resolve("lost+found"));
        Set<Path> closed = new HashSet<>(Set.of(lost));
        ModelRepository repository = new ModelRepository(
                new ModelFolder(models, folder -> {
                    if (closed.contains(folder)) {
                        throw new AccessDeniedException(folder.toString());
                    }
                    try (Stream<Path> entries = Files.list(folder)) {
                        return entries.toList();
                    }
                }),
                context,
                listener,
                loads::add);

        assertThat(repository.look()).isTrue();
        assertThat(told).containsExactly("came adds 1");

        // One that serves is not unloaded for that.
        closed.add(models.resolve("adds"));
        assertThat(repository.look()).isFalse();
        closed.remove(models.resolve("adds"));
        assertThat(repository.look()).isTrue();

        closed.add(models);
        assertThat(repository.look()).isFalse();
        assertThat(told).containsExactly("came adds 1");
        repository.close();
        holds.values().forEach(ModelVersion.Hold::close);
    }

    private ActorKit kit(String model, String version) {
        return ActorKit.of(new OnnxActorType(
                        model,
                        version,
                        Objects.requireNonNull(versions.get(new FoundVersion(model, version))),
                        context))
                .start();
    }

    private static double first(ActorKit kit) {
        return kit.call(List.of(List.of(1, 2, 3))).path(0).path(0).asDouble();
    }

    @AfterEach
    void close() {
        interrupts.close();
    }

    @Test
    void findsWhatLiesThereAtTheStart() throws IOException {
        Graph.adding(1).writeTo(models, "a", "1");
        Graph.adding(2).writeTo(models, "a", "2");
        Graph.adding(3).writeTo(models, "b", "7");
        Files.createDirectories(models.resolve("cases/files"));
        Files.createDirectories(models.resolve(".git/1"));
        Files.writeString(models.resolve("README.md"), "not a model");
        ModelRepository repository = repository();
        repository.look();
        assertThat(told).containsExactly("came a 1", "came a 2", "came b 7");
        assertThat(loads).containsOnly(true).hasSize(3);
        assertThat(counted.sessions()).isEqualTo(3);
        repository.look();
        assertThat(told).hasSize(3);
        repository.close();
        assertThat(counted.sessions()).isZero();
    }

    @Test
    void takesANewVersionOnceItRests() {
        Graph.adding(1).writeTo(models, "a", "1");
        ModelRepository repository = repository();
        repository.look();
        Graph.adding(2).writeTo(models, "a", "2");
        repository.look();
        assertThat(told).as("it may be being copied").containsExactly("came a 1");
        repository.look();
        assertThat(told).containsExactly("came a 1", "came a 2");
    }

    @Test
    void reportsABrokenVersionAndServesTheOneBefore() throws IOException {
        Graph.adding(1).writeTo(models, "a", "1");
        ModelRepository repository = repository();
        repository.look();
        Path broken = Files.createDirectories(models.resolve("a/2")).resolve("model.onnx");
        Files.writeString(broken, "no model");
        repository.look();
        repository.look();
        assertThat(told).containsExactly("came a 1", "broken a 2");
        assertThat(loads).containsExactly(true, false);
        assertThat(repository.statuses().get(new FoundVersion("a", "2")).reason())
                .startsWith("The model cannot be loaded from model.onnx");
        try (ActorKit one = kit("a", "1")) {
            assertThat(first(one)).isEqualTo(2);
        }
        Graph.adding(2).writeTo(models, "a", "2");
        repository.look();
        repository.look();
        assertThat(told).containsExactly("came a 1", "broken a 2", "gone a 2", "came a 2");
        assertThat(repository.statuses()).containsEntry(new FoundVersion("a", "2"), ModelStatus.GOOD);
    }

    @Test
    void takesAChangedFileOverWithoutItsReplicasNoticing() throws IOException {
        Graph.adding(1).writeTo(models, "a", "1");
        ModelRepository repository = repository();
        repository.look();
        try (ActorKit replica = kit("a", "1")) {
            assertThat(first(replica)).isEqualTo(2);
            Graph.adding(10).writeTo(models, "a", "1");
            repository.look();
            repository.look();
            assertThat(first(replica)).isEqualTo(11);
            assertThat(counted.sessions()).as("the old one is closed").isEqualTo(1);

            Files.writeString(models.resolve("a/1/model.onnx"), "no model");
            repository.look();
            repository.look();
            assertThat(first(replica)).as("it goes on as it was").isEqualTo(11);
            assertThat(repository.statuses().get(new FoundVersion("a", "1")).state())
                    .isEqualTo(ModelStatus.State.STALE);
        }
        assertThat(told).containsExactly("came a 1");
        repository.close();
        assertThat(counted.sessions()).isZero();
    }

    @Test
    void givesReplicasThatRunOnWhatComesInPlaceOfWhatWasTakenAway() throws IOException {
        Graph.adding(1).writeTo(models, "a", "1");
        ModelRepository repository = repository();
        repository.look();
        try (ActorKit placed = kit("a", "1")) {
            Files.delete(models.resolve("a/1/model.onnx"));
            repository.look();
            assertThat(first(placed)).isEqualTo(2);
            Graph.adding(10).writeTo(models, "a", "1");
            repository.look();
            repository.look();
            assertThat(first(placed)).isEqualTo(11);
            assertThat(counted.sessions()).isEqualTo(1);
        }
        assertThat(told).containsExactly("came a 1", "gone a 1", "came a 1");
        repository.close();
        assertThat(counted.sessions()).isZero();
    }

    @Test
    void readsAChangedConfig() throws IOException {
        Graph.adding(1).writeTo(models, "a", "1");
        ModelRepository repository = repository();
        repository.look();
        Files.writeString(models.resolve("a/config.yaml"), "description: adds one");
        repository.look();
        repository.look();
        assertThat(versions.get(new FoundVersion("a", "1")))
                .extracting(version -> version.description().text())
                .isEqualTo("adds one; batches along x dimension 0");
        assertThat(told).as("others learn of it").containsExactly("came a 1", "gone a 1", "came a 1");
        assertThat(counted.sessions()).isEqualTo(1);
    }

    @Test
    void letsReplicasEndWithAVersionThatIsGone() throws IOException {
        Path file = Graph.adding(1).writeTo(models, "a", "1");
        ModelRepository repository = repository();
        repository.look();
        try (ActorKit replica = kit("a", "1")) {
            Files.delete(file);
            repository.look();
            assertThat(told).containsExactly("came a 1", "gone a 1");
            assertThat(repository.statuses()).isEmpty();
            assertThat(first(replica)).isEqualTo(2);
        }
        assertThat(counted.sessions()).isZero();
    }

    @Test
    void forgetsNothingWhereTheFolderCannotBeRead() throws IOException {
        Graph.adding(1).writeTo(models, "a", "1");
        ModelRepository repository = repository();
        repository.look();
        Path elsewhere = models.resolveSibling(models.getFileName() + "-moved");
        Files.move(models, elsewhere);
        repository.look();
        assertThat(told).containsExactly("came a 1");
        Files.move(elsewhere, models);
    }

    @Test
    void leavesOutWhatCanHaveNoSuchName() {
        Graph.adding(1).writeTo(models, "v2", "1");
        Graph.adding(1).writeTo(models, "good", "first version");
        repository().look();
        assertThat(told).isEmpty();
    }

    /** One hundred times, while queries come: each is answered by the old or by the new one, and all of the old ones are closed. */
    @Test
    void loadsAndUnloadsAHundredTimesUnderLoad() throws Exception {
        Graph.adding(0).writeTo(models, "a", "1");
        ModelRepository repository = repository();
        repository.look();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try (ActorKit replica = kit("a", "1")) {
            Future<Double> last = caller.submit(() -> {
                double seen = 0;
                while (!enough.get()) {
                    double next = first(replica);
                    assertThat(next).isGreaterThanOrEqualTo(seen);
                    seen = next;
                }
                return first(replica);
            });
            for (int i = 1; i <= 100; i++) {
                Graph.adding(i).writeTo(models, "a", "1");
                repository.look();
                repository.look();
                assertThat(counted.sessions()).isBetween(1L, 2L);
            }
            enough.set(true);
            assertThat(last.get()).isEqualTo(101);
        } finally {
            caller.shutdownNow();
        }
        assertThat(loads).containsOnly(true).hasSize(101);
        repository.close();
        assertThat(counted.sessions()).isZero();
        assertThat(counted.values()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }
}

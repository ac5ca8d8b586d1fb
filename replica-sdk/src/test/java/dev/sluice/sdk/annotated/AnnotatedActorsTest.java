package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSignature;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.Result;
import dev.sluice.sdk.WarmUp;
import dev.sluice.sdk.actor.InvalidActorException;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

class AnnotatedActorsTest {

    private static final AnnotatedActors ACTORS = new AnnotatedActors(UnpooledByteBufAllocator.DEFAULT);

    @Actor(value = "full", version = "2.1", idempotent = true, slo = "50ms", description = "Has it all")
    static class Full {
        @BatchedInput(maxBatchSize = 28, maxWait = "1500us")
        long[] call(long[] inputs) {
            return inputs;
        }

        Flux<Point> stream(Map<String, List<Point>> input) {
            return Flux.empty();
        }

        CompletableFuture<Optional<Point>> later(JsonNode[] input) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        void about(double[][] input) {}

        @BatchedInput
        Mono<List<Result<String>>> batched(List<byte[]> input) {
            return Mono.empty();
        }
    }

    record Point(int x, int y) {}

    @Test
    void describesAnActorWithItsDefaultMethodFirst() {
        ActorDescriptor descriptor = ACTORS.of(Full.class).descriptor();

        assertThat(descriptor)
                .isEqualTo(new ActorDescriptor(
                        "full",
                        "2.1",
                        true,
                        50,
                        "deadline",
                        "Has it all",
                        List.of(
                                new MethodDescriptor(
                                        "call", true, 28, 1500, false, "long", "long", model("INT64[-1]", "INT64[-1]")),
                                new MethodDescriptor(
                                        "about",
                                        false,
                                        1,
                                        0,
                                        false,
                                        "double[][]",
                                        "void",
                                        model("FP64[-1,-1]", "BYTES[1]")),
                                new MethodDescriptor(
                                        "batched",
                                        true,
                                        64,
                                        0,
                                        false,
                                        "byte[]",
                                        "String",
                                        model("BYTES[-1]", "BYTES[-1]")),
                                new MethodDescriptor(
                                        "later",
                                        false,
                                        1,
                                        0,
                                        false,
                                        "JsonNode[]",
                                        "Optional<Point>",
                                        model("BYTES[1]", "BYTES[1]")),
                                new MethodDescriptor(
                                        "stream",
                                        false,
                                        1,
                                        0,
                                        true,
                                        "Map<String, List<Point>>",
                                        "Point",
                                        model("BYTES[1]", "BYTES[1]")))));
    }

    private static Optional<TensorSignature> model(String input, String output) {
        return Optional.of(new TensorSignature(List.of(spec("input", input)), List.of(spec("output", output))));
    }

    private static TensorSpec spec(String name, String text) {
        int bracket = text.indexOf('[');
        long[] shape = Stream.of(text.substring(bracket + 1, text.length() - 1).split(","))
                .mapToLong(Long::parseLong)
                .toArray();
        return new TensorSpec(name, DataType.valueOf(text.substring(0, bracket)), shape);
    }

    @Test
    void knowsTheDefaults() {
        ActorDescriptor descriptor = ACTORS.of(PublicActor.class).descriptor();

        assertThat(descriptor.sloMillis()).isEqualTo(30_000);
        assertThat(descriptor.version()).isEqualTo("1");
        assertThat(descriptor.idempotent()).isFalse();
        assertThat(descriptor.scheduler()).isEqualTo("deadline");
    }

    @Actor("warmed")
    static class Warmed {
        @WarmUp("[1, 2]")
        @BatchedInput
        List<Integer> call(List<int[]> inputs) {
            return List.of();
        }

        long other(long input) {
            return input;
        }
    }

    @Test
    void takesExamplesFromTheMethodsThatHaveThem() {
        assertThat(ACTORS.of(Warmed.class).examples()).singleElement().satisfies(example -> {
            assertThat(example.method()).isEqualTo("call");
            assertThat(example.body()).asString(StandardCharsets.UTF_8).isEqualTo("[1, 2]");
            assertThat(example.mediaType()).isEqualTo("application/json");
        });
        assertThat(ACTORS.of(Full.class).examples()).isEmpty();
    }

    @Actor("a")
    static class WarmedByNonsense {
        @WarmUp("\"text\"")
        long call(long input) {
            return input;
        }
    }

    @Actor("a")
    static class WarmedStream {
        @WarmUp("1")
        Flux<Long> call(long input) {
            return Flux.just(input);
        }
    }

    @Actor(value = "plain", scheduler = "fifo")
    static class InTurn {
        long call(long input) {
            return input;
        }
    }

    @Test
    void takesTheSchedulerThatTheClassNames() {
        assertThat(ACTORS.of(InTurn.class).descriptor().scheduler()).isEqualTo("fifo");
    }

    // ---- which methods are served ----

    @Actor("public")
    public static class PublicActor {
        public long call(long input) {
            return helper(input);
        }

        long helper(long input) {
            return input;
        }

        protected long guarded(long input) {
            return input;
        }

        public static long constant(long input) {
            return input;
        }

        public long two(long one, long other) {
            return one + other;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** All its outer classes are public too, or it would be hidden. */
    @Test
    void ofAPublicClassOnlyPublicMethodsAreServed() {
        assertThat(methods(PublicClass.class)).containsExactly("call");
    }

    @Actor("hidden")
    static class Hidden {
        long call(long input) {
            return input;
        }

        public long open(long input) {
            return hidden(input);
        }

        private long hidden(long input) {
            return input;
        }

        protected long guarded(long input) {
            return input;
        }

        static long constant(long input) {
            return input;
        }
    }

    @Test
    void ofAHiddenClassPackagePrivateMethodsAreServedToo() {
        assertThat(methods(Hidden.class)).containsExactly("call", "open");
    }

    abstract static class Base<T, R> implements Described<T> {
        public abstract R call(T input);

        public R twice(T input) {
            return call(input);
        }

        public long hide(long input) {
            return input;
        }
    }

    interface Described<T> {
        default String describe(List<T> inputs) {
            return inputs.toString();
        }
    }

    @Actor("generic")
    static class Generic extends Base<String, Long> {
        @Override
        public Long call(String input) {
            return (long) input.length();
        }

        @Override
        public long hide(long input) {
            return -input;
        }
    }

    @Test
    void inheritedMethodsAreServedWithTheTypesThatTheSubclassGivesThem() {
        ActorDescriptor descriptor = ACTORS.of(Generic.class).descriptor();

        assertThat(descriptor.methods())
                .extracting(MethodDescriptor::name, MethodDescriptor::inputType, MethodDescriptor::outputType)
                .containsExactly(
                        tuple("call", "String", "Long"),
                        tuple("describe", "List<String>", "String"),
                        tuple("hide", "long", "long"),
                        tuple("twice", "String", "Long"));
        try (TestReplica replica = new TestReplica(Generic.class)) {
            assertThat(replica.run("twice", new String[] {"\"abc\""}).outcomes())
                    .containsExactly("3");
            assertThat(replica.run("hide", new String[] {"5"}).outcomes()).containsExactly("-5");
        }
    }

    private static List<String> methods(Class<?> actor) {
        return ACTORS.of(actor).descriptor().methods().stream()
                .map(MethodDescriptor::name)
                .toList();
    }

    // ---- what is refused ----

    static class NoAnnotation {
        long call(long input) {
            return input;
        }
    }

    @Actor("a b")
    static class BadName extends NoAnnotation {}

    @Actor("actuator")
    static class ReservedName extends NoAnnotation {}

    @Actor(value = "a", version = "1/2")
    static class BadVersion extends NoAnnotation {}

    @Actor(value = "a", slo = "soon")
    static class BadSlo extends NoAnnotation {}

    @Actor(value = "a", slo = "-1ms")
    static class NegativeSlo extends NoAnnotation {}

    @Actor("a")
    interface AnInterface {
        long call(long input);
    }

    @Actor("a")
    abstract static class Abstract extends NoAnnotation {}

    @Actor("a")
    class Inner extends NoAnnotation {}

    @Actor("a")
    static class Open<T> {
        T call(T input) {
            return input;
        }
    }

    @Actor("a")
    static class NoMethods {
        private long call(long input) {
            return input;
        }

        @Override
        public String toString() {
            return "unused " + call(0);
        }
    }

    @Actor("a")
    static class Overloaded {
        long call(long input) {
            return input;
        }

        long call(String input) {
            return input.length();
        }
    }

    @Actor("a")
    static class OddName {
        long odd$name(long input) {
            return input;
        }
    }

    @Actor("a")
    static class TakesScalar {
        @BatchedInput
        long[] call(long input) {
            return new long[] {input};
        }
    }

    @Actor("a")
    static class TakesCollection {
        @BatchedInput
        long[] call(Collection<Long> input) {
            return new long[input.size()];
        }
    }

    @Actor("a")
    static class TakesOneBody {
        @BatchedInput
        List<String> call(byte[] input) {
            return List.of();
        }
    }

    @Actor("a")
    static class ReturnsScalar {
        @BatchedInput
        long call(long[] input) {
            return input.length;
        }
    }

    @Actor("a")
    static class ReturnsNothing {
        @BatchedInput
        void call(long[] input) {}
    }

    @Actor("a")
    static class ReturnsMonoOfScalar {
        @BatchedInput
        Mono<Long> call(long[] input) {
            return Mono.empty();
        }
    }

    @Actor("a")
    static class ReturnsRawMono {
        @BatchedInput
        @SuppressWarnings("rawtypes")
        Mono call(long[] input) {
            return Mono.empty();
        }
    }

    @Actor("a")
    static class StreamsBatched {
        @BatchedInput
        Flux<Long> call(long[] input) {
            return Flux.empty();
        }
    }

    @Actor("a")
    static class StreamsResults {
        Flux<Result<Long>> call(long input) {
            return Flux.empty();
        }
    }

    @Actor("a")
    static class BatchOfNone {
        @BatchedInput(maxBatchSize = 0)
        long[] call(long[] input) {
            return input;
        }
    }

    @Actor(value = "a", scheduler = "lifo")
    static class BadScheduler {
        long call(long input) {
            return input;
        }
    }

    @Actor("a")
    static class BadWait {
        @BatchedInput(maxWait = "a while")
        long[] call(long[] input) {
            return input;
        }
    }

    @Actor("a")
    static class NegativeWait {
        @BatchedInput(maxWait = "-1ms")
        long[] call(long[] input) {
            return input;
        }
    }

    @Actor(value = "a", slo = "5ms")
    static class WaitsTooLong {
        @BatchedInput(maxWait = "5ms")
        long[] call(long[] input) {
            return input;
        }
    }

    @Actor("a")
    static class WaitsForEver {
        @BatchedInput(maxWait = "9000000000000000s")
        long[] call(long[] input) {
            return input;
        }
    }

    @Actor("a")
    static class BatchedButPrivate extends NoAnnotation {
        @BatchedInput
        private long[] many(long[] input) {
            return input;
        }

        @Override
        public String toString() {
            return "unused " + many(new long[0]).length;
        }
    }

    @Actor("a")
    static class TakesRaw {
        @SuppressWarnings("rawtypes")
        long call(List input) {
            return input.size();
        }
    }

    @Actor("a")
    static class TakesWildcard {
        long call(List<? extends Number> input) {
            return input.size();
        }
    }

    @Actor("a")
    static class TakesVariable {
        <T> long call(T input) {
            return input.hashCode();
        }
    }

    @Actor("a")
    static class TakesStream {
        long call(InputStream input) {
            return input.hashCode();
        }
    }

    @Actor("a")
    static class TakesThread {
        long call(Thread input) {
            return input.hashCode();
        }
    }

    record Holder(String name, List<Thread> threads) {}

    @Actor("a")
    static class TakesHiddenThread {
        long call(Holder input) {
            return input.hashCode();
        }
    }

    @Actor("a")
    static class TakesInterface {
        long call(Described<String> input) {
            return input.hashCode();
        }
    }

    @Actor("a")
    static class TakesMono {
        long call(Mono<Long> input) {
            return input.hashCode();
        }
    }

    @Actor("a")
    static class TakesContents {
        long call(List<Content> input) {
            return input.size();
        }
    }

    @Actor("a")
    static class ReturnsThread {
        Thread call(long input) {
            return Thread.currentThread();
        }
    }

    @Actor("a")
    static class ReturnsThreads {
        Map<String, InputStream> call(long input) {
            return Map.of();
        }
    }

    @Actor("a")
    static class ReturnsFuture {
        Future<Long> call(long input) {
            return CompletableFuture.completedFuture(input);
        }
    }

    @Actor("a")
    static class ReturnsNested {
        Mono<CompletableFuture<Long>> call(long input) {
            return Mono.empty();
        }
    }

    @Actor("a")
    static class TwoConstructors extends NoAnnotation {
        TwoConstructors() {}

        TwoConstructors(@Arg("x") long x) {}
    }

    @Actor("a")
    static class PrivateConstructor extends NoAnnotation {
        private PrivateConstructor() {}

        static PrivateConstructor unused() {
            return new PrivateConstructor();
        }
    }

    @Actor("a")
    static class NoArg extends NoAnnotation {
        NoArg(@Arg("x") long x, String name) {}
    }

    @Actor("a")
    static class TwiceTheKey extends NoAnnotation {
        TwiceTheKey(@Arg("x") long x, @Arg("x") long y) {}
    }

    @Actor("a")
    static class OddArg extends NoAnnotation {
        OddArg(@Arg("x") Thread x) {}
    }

    @Actor("a")
    static class BadDefault extends NoAnnotation {
        BadDefault(@Arg(value = "x", defaultValue = "many") long x) {}
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of(NoAnnotation.class, "has no @Actor"),
                Arguments.of(BadName.class, "BadName: The name of an actor consists of letters"),
                Arguments.of(ReservedName.class, "\"actuator\" is reserved"),
                Arguments.of(BadVersion.class, "A version consists of"),
                Arguments.of(BadSlo.class, "@Actor(slo = \"soon\") is not a duration"),
                Arguments.of(NegativeSlo.class, "must be at least 1ms"),
                Arguments.of(AnInterface.class, "can be instantiated"),
                Arguments.of(Abstract.class, "can be instantiated"),
                Arguments.of(Inner.class, "make it static"),
                Arguments.of(Open.class, "generic class"),
                Arguments.of(NoMethods.class, "NoMethods has no method to serve"),
                Arguments.of(Overloaded.class, "Overloaded.call(String)"),
                Arguments.of(Overloaded.class, "have the same name"),
                Arguments.of(OddName.class, "OddName.odd$name(long) cannot be served"),
                Arguments.of(TakesScalar.class, "TakesScalar.call(long) is batched"),
                Arguments.of(TakesCollection.class, "it takes Collection<Long>"),
                Arguments.of(TakesOneBody.class, "it takes byte[]"),
                Arguments.of(ReturnsScalar.class, "ReturnsScalar.call(long[]) is batched, so it returns"),
                Arguments.of(ReturnsNothing.class, "it returns void"),
                Arguments.of(ReturnsMonoOfScalar.class, "it returns Long"),
                Arguments.of(ReturnsRawMono.class, "ReturnsRawMono.call(long[]) is batched, so it returns"),
                Arguments.of(StreamsBatched.class, "returns a stream"),
                Arguments.of(StreamsResults.class, "a stream fails as a whole"),
                Arguments.of(BatchOfNone.class, "maxBatchSize = 0"),
                Arguments.of(WarmedByNonsense.class, "has the example \"text\", which it does not take"),
                Arguments.of(WarmedStream.class, "has @WarmUp and streams"),
                Arguments.of(BadScheduler.class, "@Actor(scheduler = \"lifo\") is no scheduler"),
                Arguments.of(BadWait.class, "maxWait = \"a while\""),
                Arguments.of(NegativeWait.class, "maxWait = \"-1ms\""),
                Arguments.of(WaitsTooLong.class, "WaitsTooLong: the batches of call may wait for 5000 us"),
                Arguments.of(WaitsForEver.class, "would expire while they wait"),
                Arguments.of(BatchedButPrivate.class, "many(long[]) has @BatchedInput but is not served"),
                Arguments.of(TakesRaw.class, "TakesRaw.call(List) cannot be served"),
                Arguments.of(TakesRaw.class, "raw type"),
                Arguments.of(TakesWildcard.class, "wildcard"),
                Arguments.of(TakesVariable.class, "T is a type variable that nothing binds"),
                Arguments.of(TakesStream.class, "InputStream is abstract"),
                Arguments.of(TakesThread.class, "Thread has no form in JSON"),
                Arguments.of(TakesHiddenThread.class, "Holder.threads: Thread has no form in JSON"),
                Arguments.of(TakesInterface.class, "Described is abstract"),
                Arguments.of(TakesMono.class, "Mono cannot be inside another value"),
                Arguments.of(TakesContents.class, "Content cannot be inside another value"),
                Arguments.of(
                        ReturnsThread.class, "ReturnsThread.call(long) cannot be served with a result of type Thread"),
                Arguments.of(ReturnsThreads.class, "InputStream has no form in JSON"),
                Arguments.of(ReturnsFuture.class, "return a CompletableFuture or a Mono"),
                Arguments.of(ReturnsNested.class, "CompletableFuture cannot be inside another value"),
                Arguments.of(TwoConstructors.class, "TwoConstructors has 2 constructors"),
                Arguments.of(PrivateConstructor.class, "only private constructors"),
                Arguments.of(NoArg.class, "Parameter 2 of the constructor of NoArg, a String, has no @Arg"),
                Arguments.of(TwiceTheKey.class, "@Arg(\"x\")"),
                Arguments.of(OddArg.class, "is a Thread; it can be"),
                Arguments.of(BadDefault.class, "has the default value \"many\"; it must be a whole number"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatCannotBeServedWithASentence(Class<?> actor, String sentence) {
        assertThatThrownBy(() -> ACTORS.of(actor))
                .isInstanceOf(InvalidActorException.class)
                .hasMessageContaining(sentence)
                .message()
                .endsWith(".");
    }

    @Test
    void refusesAClassWhosePartsAreMissing() throws Exception {
        Class<?> broken = new WithoutMissing().loadClass(NeedsMissing.class.getName());

        assertThatThrownBy(() -> ACTORS.of(broken))
                .isInstanceOf(InvalidActorException.class)
                .hasMessageContaining("NeedsMissing cannot be loaded")
                .hasMessageContaining("dev/sluice/sdk/annotated/Missing");
    }

    /** Loads the one class itself, and has never heard of the other. */
    private static final class WithoutMissing extends ClassLoader {
        WithoutMissing() {
            super(AnnotatedActorsTest.class.getClassLoader());
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            if (name.equals(Missing.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            if (!name.equals(NeedsMissing.class.getName())) {
                return super.loadClass(name);
            }
            try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = code.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}

package dev.sluice.sdk.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Content;
import dev.sluice.sdk.Result;
import dev.sluice.sdk.actor.BatchSink;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScalarMethodTest {

    private TestReplica replica;

    @AfterEach
    void nothingIsLeaked() {
        Thread.interrupted();
        replica.close();
    }

    private TestReplica start(Class<?> actor) {
        replica = new TestReplica(actor);
        return replica;
    }

    @Actor("adder")
    static class Adder {
        long call(long input) {
            return input + 2;
        }
    }

    @Test
    void callsOncePerQueryInOrder() {
        assertThat(start(Counter.class).run("{}", "1", "null", "[]").outcomes()).containsExactly("1", "2", "3", "4");
    }

    @Actor("counter")
    static class Counter {
        private int count;

        int call(JsonNode ignored) {
            return ++count;
        }
    }

    @Test
    void aBadInputFailsItsQueryAloneAndSaysWhy() {
        RecordingSink sink = start(Adder.class).run("40", "\"forty\"", "1.5", "null", "99999999999999999999", "", "41");

        assertThat(sink.outcomes())
                .containsExactly(
                        "42",
                        "INVALID_INPUT",
                        "INVALID_INPUT",
                        "INVALID_INPUT",
                        "INVALID_INPUT",
                        "INVALID_INPUT",
                        "43");
        assertThat(sink.await().get(1).message())
                .contains("long")
                .contains("forty")
                .endsWith(".");
        assertThat(sink.await().get(2).message()).contains("1.5");
    }

    @Test
    void anExceptionFailsItsQueryAloneWithClassAndMessage() {
        RecordingSink sink = start(Thrower.class).run("\"fine\"", "\"boom\"", "\"fine\"");

        assertThat(sink.outcomes()).containsExactly("\"fine\"", "FAILED", "\"fine\"");
        assertThat(sink.await().get(1).message())
                .isEqualTo("Thrower.call(String) threw java.lang.IllegalStateException: boom");
    }

    @Test
    void everyKindOfThrowableEndsTheQuery() {
        RecordingSink sink = start(Thrower.class)
                .run("\"memory\"", "\"link\"", "\"stack\"", "\"assert\"", "\"checked\"", "\"mute\"", "\"wrapped\"");

        assertThat(sink.await()).extracting(RecordingSink.Ended::code).containsOnly(ErrorCode.FAILED);
        assertThat(sink.await())
                .extracting(RecordingSink.Ended::message)
                .satisfiesExactly(
                        memory -> assertThat(memory).contains("OutOfMemoryError"),
                        link -> assertThat(link).contains("NoClassDefFoundError: com/example/Missing"),
                        stack -> assertThat(stack).contains("StackOverflowError"),
                        assertion -> assertThat(assertion).contains("AssertionError"),
                        checked -> assertThat(checked).contains("java.io.IOException: disk"),
                        mute -> assertThat(mute).contains("its message threw java.lang.NullPointerException"),
                        wrapped -> assertThat(wrapped).contains("java.io.IOException: inner"));
    }

    @Test
    void userCodeMayBlameTheInputButNotThePlatform() {
        RecordingSink sink = start(Thrower.class).run("\"invalid\"", "\"unavailable\"");

        assertThat(sink.outcomes()).containsExactly("INVALID_INPUT", "FAILED");
        assertThat(sink.await().get(0).message()).isEqualTo("Too small.");
    }

    @Test
    void aMessageIsCutToWhatACallerCanRead() {
        assertThat(start(Thrower.class).run("\"long\"").only().message()).hasSizeLessThan(1_100);
    }

    @Actor("thrower")
    static class Thrower {
        String call(String how) throws Exception {
            switch (how) {
                case "boom" -> throw new IllegalStateException("boom");
                case "memory" -> throw new OutOfMemoryError("none left");
                case "link" -> throw new NoClassDefFoundError("com/example/Missing");
                case "stack" -> recurse(0);
                case "assert" -> throw new AssertionError("never");
                case "checked" -> throw new IOException("disk");
                case "mute" -> throw new Mute();
                case "wrapped" -> throw new CompletionException(new IOException("inner"));
                case "invalid" -> throw new QueryException(ErrorCode.INVALID_INPUT, "Too small.");
                case "unavailable" -> throw new QueryException(ErrorCode.UNAVAILABLE, "Not started.");
                case "long" -> throw new IllegalStateException("x".repeat(100_000));
                default -> {}
            }
            return how;
        }

        private int recurse(int depth) {
            return depth < 0 ? 0 : recurse(depth + 1) + 1;
        }
    }

    static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new NullPointerException("no message");
        }
    }

    @Test
    void aMethodWithoutAResultAnswersNull() {
        RecordingSink.Ended end = start(Silent.class).run("1").only();

        assertThat(end.body()).isEqualTo("null");
        assertThat(end.mediaType()).isEqualTo("application/json");
    }

    @Actor("silent")
    static class Silent {
        void call(int ignored) {}
    }

    @Test
    void aResultMayFailWithoutAnException() {
        RecordingSink sink = start(Picky.class).run("1", "-1", "0", "7");

        assertThat(sink.outcomes()).containsExactly("1", "FAILED", "null", "FAILED");
        assertThat(sink.await().get(1).message()).isEqualTo("negative");
        assertThat(sink.await().get(3).message()).contains("returned null where a Result was promised");
    }

    @Actor("picky")
    static class Picky {
        Result<Integer> call(int input) {
            if (input == 7) {
                return null;
            }
            return input < 0 ? Result.failed("negative") : Result.ok(input == 0 ? null : input);
        }
    }

    @Test
    void aResultThatCannotBeEncodedFailsItsQueryAlone() {
        RecordingSink sink = start(FaultyServer.class).run("0", "1", "2", "3");

        assertThat(sink.outcomes()).containsExactly("{\"value\":0}", "FAILED", "FAILED", "{\"value\":3}");
        assertThat(sink.await().get(1).message())
                .contains("could not be encoded")
                .contains("getter");
    }

    /** Its getter throws an exception for 1, and an error, after some output, for 2. */
    public static class Faulty {

        private final int value;

        Faulty(int value) {
            this.value = value;
        }

        public int getValue() {
            if (value == 1) {
                throw new IllegalStateException("getter");
            }
            if (value == 2) {
                throw new LinkageError("getter");
            }
            return value;
        }
    }

    @Actor("faulty")
    static class FaultyServer {
        Faulty call(int value) {
            return new Faulty(value);
        }
    }

    @Test
    void contentGoesThroughAsItIs() {
        assertThat(start(Echo.class).run("{\"a\" :  1}").only().body()).isEqualTo("{\"a\" :  1}");
        RecordingSink.Ended text =
                replica.runBody("grüß", "text/plain; charset=UTF-8").only();
        assertThat(text.body()).isEqualTo("grüß");
        assertThat(text.mediaType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(replica.runBody("", "image/png").only().body()).isEmpty();
    }

    @Actor("echo")
    static class Echo {
        Content call(Content input) {
            return input;
        }
    }

    @Test
    void contentWithoutMediaTypeOrBytesFails() {
        assertThat(start(BrokenContent.class).run("true", "false").outcomes()).containsExactly("FAILED", "FAILED");
    }

    @Test
    void contentWithAMediaTypeThatNoHeaderCarriesFails() {
        String[] types = {"\"image/png\"", "\"a\\nb\"", '"' + "x".repeat(256) + '"', "\"\u00fc/x\""};

        assertThat(start(BrokenContent.class).run("typed", types).outcomes())
                .containsExactly("", "FAILED", "FAILED", "FAILED");
    }

    @Actor("broken")
    static class BrokenContent {
        Content call(boolean bytes) {
            return bytes ? new Content(new byte[3], null) : new Content(null, "text/plain");
        }

        Content typed(String mediaType) {
            return new Content(new byte[0], mediaType);
        }
    }

    @Test
    void anInterruptGivesUpTheRestOfTheBatch() {
        RecordingSink sink = start(Interrupted.class).run("\"ok\"", "\"interrupt\"", "\"ok\"", "\"ok\"");

        assertThat(sink.outcomes()).containsExactly("\"ok\"", "CANCELLED", "CANCELLED", "CANCELLED");
    }

    @Test
    void anInterruptThatUserCodeIgnoresGivesUpTheRestOnly() {
        RecordingSink sink = start(Interrupted.class).run("\"flag\"", "\"ok\"");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(sink.outcomes()).containsExactly("\"flag\"", "CANCELLED");
    }

    @Test
    void anInterruptInDisguiseIsStillOne() {
        RecordingSink sink = start(Interrupted.class).run("\"disguise\"", "\"ok\"");

        assertThat(sink.outcomes()).containsExactly("CANCELLED", "CANCELLED");
    }

    @Actor("interrupted")
    static class Interrupted {
        String call(String how) throws InterruptedException {
            switch (how) {
                case "interrupt" -> throw new InterruptedException();
                case "flag" -> Thread.currentThread().interrupt();
                case "disguise" -> throw new IllegalStateException("io", new InterruptedException());
                default -> {}
            }
            return how;
        }
    }

    @Test
    void anUnknownMethodFailsAllQueries() {
        RecordingSink sink = start(Adder.class).run("nope", new String[] {"1", "2"});

        assertThat(sink.outcomes()).containsExactly("NOT_FOUND", "NOT_FOUND");
        assertThat(sink.only().message()).contains("adder").contains("nope");
    }

    @Test
    void anEmptyBatchIsOverAtOnce() {
        start(Adder.class).run();

        assertThat(replica.running().isDisposed()).isTrue();
    }

    @Test
    void aSinkThatThrowsHarmsNoOtherQuery() {
        List<String> told = new ArrayList<>();
        BatchSink broken = new RecordingSink(3) {
            @Override
            public void result(int index, ByteBuf body, String mediaType) {
                super.result(index, body, mediaType);
                told.add("result " + index);
                throw new IllegalStateException("planted");
            }

            @Override
            public void fail(int index, Failure failure) {
                told.add("failure " + index);
                throw new IllegalStateException("planted");
            }
        };
        start(Adder.class).run("call", broken, "1", "x", "3");

        assertThat(told).containsExactly("result 0", "failure 1", "result 2");
    }
}

package dev.sluice.client.http;

import dev.sluice.client.error.ErrorCode;
import dev.sluice.client.error.SluiceException;
import dev.sluice.client.transport.Content;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds the results in a stream of server-sent events, however it is cut. Not thread-safe: one body's chunks come one after the other. */
final class EventReader {

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.US_ASCII);

    private final HttpFailures failures;
    private final int most;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private ByteArrayOutputStream data = new ByteArrayOutputStream();
    private boolean hasData;
    private String name = "";
    private boolean ended;
    private @Nullable SluiceException failure;

    /** @param most bytes of one event */
    EventReader(HttpFailures failures, int most) {
        this.failures = failures;
        this.most = most;
    }

    /** What is in the next chunk; it ends with a failure where an event says that the query failed. */
    Flux<Content> read(byte[] chunk) {
        List<Content> results = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < chunk.length && failure == null; i++) {
            if (chunk[i] == '\n') {
                line.write(chunk, from, i - from);
                from = i + 1;
                endLine(results);
            }
        }
        line.write(chunk, from, chunk.length - from);
        if (failure == null && line.size() + data.size() > most) {
            failure = Gathered.tooLarge(most);
        }
        Flux<Content> read = Flux.fromIterable(results);
        SluiceException failed = failure;
        return failed == null ? read : read.concatWith(Mono.error(failed));
    }

    private void endLine(List<Content> results) {
        byte[] whole = line.toByteArray();
        line.reset();
        if (whole.length == 0) {
            endEvent(results);
        } else if (startsWith(whole, DATA)) {
            if (hasData) {
                data.write('\n');
            }
            hasData = true;
            data.write(whole, DATA.length, whole.length - DATA.length);
        } else if (startsWith(whole, EVENT)) {
            name = new String(whole, EVENT.length, whole.length - EVENT.length, StandardCharsets.UTF_8);
        }
    }

    private void endEvent(List<Content> results) {
        byte[] bytes = data.toByteArray();
        boolean isResult = hasData && name.isEmpty();
        String event = name;
        data = new ByteArrayOutputStream();
        hasData = false;
        name = "";
        if (event.equals("error")) {
            failure = failures.ofProblem(bytes);
            return;
        }
        ended |= event.equals("end");
        if (isResult) {
            results.add(Content.of(bytes, Content.JSON));
        }
    }

    private static boolean startsWith(byte[] line, byte[] field) {
        if (line.length < field.length) {
            return false;
        }
        for (int i = 0; i < field.length; i++) {
            if (line[i] != field[i]) {
                return false;
            }
        }
        return true;
    }

    /** The end of the body; a stream that nobody has ended broke off. */
    Mono<Content> end() {
        return ended
                ? Mono.empty()
                : Mono.error(new SluiceException(ErrorCode.LOST, "The stream broke off before its end."));
    }
}

package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.flight.command.FlightQueries;
import dev.sluice.frontend.flight.ipc.IpcHead;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.ipc.IpcStreamReader;
import dev.sluice.frontend.flight.ipc.IpcStreamWriter;
import dev.sluice.frontend.flight.ipc.NotArrowException;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import reactor.core.publisher.Flux;

/** A batch is the body of one query, as an Arrow stream of its own; so is the answer. Nobody looks into the columns. */
final class StreamTranslation implements Translation {

    /** They are sent with each batch, so that there is no use in many. */
    private static final long MOST_DICTIONARY_BYTES = 16 * 1024 * 1024;

    private final String name;
    private final IpcMessage schema;
    private final List<Held> dictionaries = new ArrayList<>();

    StreamTranslation(Model model, byte[] schema) {
        this.name = model.name();
        this.schema = IpcMessage.schema(schema);
    }

    @Override
    public Optional<byte[]> schema() {
        return Optional.empty();
    }

    /** A dictionary, and what gives its bytes back. */
    private record Held(IpcMessage message, Runnable memory) {

        void release() {
            message.release();
            memory.run();
        }
    }

    @Override
    public void dictionary(IpcMessage dictionary, Memory memory) {
        boolean adds = IpcHead.of(dictionary.head()).dictionary(DictionaryBatch::isDelta);
        long id = idOf(dictionary);
        if (!adds) {
            dictionaries.removeIf(each -> {
                boolean replaced = idOf(each.message()) == id;
                if (replaced) {
                    each.release();
                }
                return replaced;
            });
        }
        long held =
                dictionaries.stream().mapToLong(each -> each.message().size()).sum();
        if (held + dictionary.size() > MOST_DICTIONARY_BYTES) {
            throw QueryOptions.invalid("The dictionaries have more than " + MOST_DICTIONARY_BYTES
                    + " bytes together, and each query brings them: send plain values.");
        }
        Runnable counted = memory.hold(dictionary.size());
        dictionary.body().retain();
        dictionaries.add(new Held(dictionary, counted));
    }

    private static long idOf(IpcMessage dictionary) {
        return IpcHead.of(dictionary.head()).dictionary(DictionaryBatch::id);
    }

    @Override
    public Flux<Answer> ask(IpcMessage batch, Asker asker) {
        List<IpcMessage> messages = new ArrayList<>(dictionaries.size() + 2);
        messages.add(schema);
        dictionaries.forEach(each -> messages.add(each.message()));
        messages.add(batch);
        return asker.ask(IpcStreamWriter.stream(messages, ByteBufAllocator.DEFAULT), FlightQueries.ARROW, "");
    }

    @Override
    public Result result() {
        return new Whole();
    }

    @Override
    public void close() {
        dictionaries.forEach(Held::release);
        dictionaries.clear();
    }

    /** Each answer is a stream of its own. */
    private final class Whole implements Result {

        @Override
        public void add(Answer answer, Consumer<IpcMessage> out) {
            if (!answer.mediaType().startsWith(FlightQueries.ARROW)) {
                throw failed("answered with " + answer.mediaType()
                        + ", and not with an Arrow stream; its input may have to be one column of another name");
            }
            try (IpcStreamReader reader = new IpcStreamReader()) {
                reader.feed(answer.body().retainedSlice());
                for (IpcMessage next = reader.next(); next != null; next = reader.next()) {
                    out.accept(next);
                }
                if (!reader.isWhole()) {
                    throw failed("answered with an Arrow stream that is cut off");
                }
            } catch (NotArrowException e) {
                throw failed("answered with no Arrow stream, whatever its media type says: " + e.getMessage());
            }
        }

        @Override
        public void end(Consumer<IpcMessage> out) {}

        @Override
        public void close() {}

        private QueryException failed(String how) {
            return new QueryException(ErrorCode.FAILED, "The actor " + name + " " + how + ".");
        }
    }
}

package dev.sluice.frontend.flight.exchange;

import arrow.flight.protocol.FlightDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.frontend.flight.command.BatchOptions;
import dev.sluice.frontend.flight.command.FlightCommand;
import dev.sluice.frontend.flight.command.FlightQueries;
import dev.sluice.frontend.flight.ipc.IpcHead;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.ipc.IpcMessage.Kind;
import dev.sluice.frontend.flight.ipc.NotArrowException;
import dev.sluice.frontend.flight.wire.FlightMessage;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.QueryLabel;
import dev.sluice.frontend.query.QueryOptions;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.rpc.CallInfo;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What a caller sends: first whom it asks, then a schema, then batches. Only the call's loop touches it. */
public final class ExchangeInput {

    /** It is kept as long as the call lasts, and is sent with each batch that is a body. */
    private static final int MOST_SCHEMA_BYTES = 256 * 1024;

    private final FlightQueries queries;
    private final CallInfo info;
    private @Nullable FlightDescriptor descriptor;
    private @Nullable Model model;
    private byte @Nullable [] schema;
    private @Nullable Translation translation;
    private long batches;
    private @Nullable QueryLabel asking;

    public ExchangeInput(FlightQueries queries, CallInfo info) {
        this.queries = queries;
        this.info = info;
    }

    /**
     * @param message not released
     * @param begin makes a batch's subscriber
     * @return the schema of what comes back, where it is known from now on
     * @throws RuntimeException for what makes no query; it is for {@link #refused}
     */
    Optional<byte[]> take(
            FlightMessage message, BiFunction<ExchangedBatch.Head, Translation.Result, ExchangedBatch> begin) {
        message.requireMessage();
        if (message.descriptor() != null) {
            describe(message.descriptor());
        }
        if (message.head().length == 0) {
            if (message.metadata().length > 0) {
                throw QueryOptions.invalid("A message has metadata and no record batch; send it with one.");
            }
            return Optional.empty();
        }
        if (model == null) {
            throw QueryOptions.invalid("The first message has no descriptor: send a path of an actor and, if not call,"
                    + " its method with it.");
        }
        IpcMessage arrow = arrow(message);
        if (arrow.kind() == Kind.SCHEMA) {
            return schema(model, arrow.head());
        }
        Translation known = translation;
        if (known == null) {
            throw QueryOptions.invalid("A record batch came before its schema.");
        }
        if (arrow.kind() == Kind.DICTIONARY) {
            known.dictionary(arrow, queries::hold);
        } else {
            asking = info.label(model.name(), "");
            ask(known, model, arrow, message.metadata(), begin);
            asking = null;
            batches++;
        }
        return Optional.empty();
    }

    private void describe(FlightDescriptor given) {
        if (descriptor != null) {
            if (!descriptor.equals(given)) {
                throw QueryOptions.invalid("A call asks one method; open another DoExchange for the next.");
            }
            return;
        }
        FlightCommand command = FlightCommand.of(given);
        if (command.input() != null) {
            throw QueryOptions.invalid("The inputs of DoExchange are the rows of its batches: leave \"input\" out.");
        }
        Model found = queries.model(command, info);
        if (found.method().streamsOneBody()) {
            throw QueryOptions.invalid(
                    "The method " + found.name()
                            + " gives its result as one stream: ask for it by DoGet, or a method that takes rows, as rows of a SQL actor.");
        }
        descriptor = given;
        model = found;
    }

    private static IpcMessage arrow(FlightMessage message) {
        IpcHead head = IpcHead.of(message.head());
        IpcMessage arrow = new IpcMessage(message.head(), head.kind(), message.body());
        if (head.bodyLength() != message.body().readableBytes()) {
            throw new NotArrowException("The message says that its body has " + head.bodyLength()
                    + " bytes, and it has " + message.body().readableBytes() + ".");
        }
        return arrow;
    }

    private Optional<byte[]> schema(Model asked, byte[] head) {
        if (schema != null) {
            if (!Arrays.equals(schema, head)) {
                throw QueryOptions.invalid("The schema changes after batch " + (batches - 1)
                        + ": a call has one; open another DoExchange for the next.");
            }
            return Optional.empty();
        }
        if (head.length > MOST_SCHEMA_BYTES) {
            throw QueryOptions.invalid("The schema has " + head.length + " bytes, and may have " + MOST_SCHEMA_BYTES
                    + ": leave out its metadata, or columns that are no input.");
        }
        Translation known = Translation.of(asked, head);
        schema = head;
        translation = known;
        return known.schema();
    }

    private void ask(
            Translation known,
            Model asked,
            IpcMessage batch,
            byte[] metadata,
            BiFunction<ExchangedBatch.Head, Translation.Result, ExchangedBatch> begin) {
        BatchOptions options = BatchOptions.of(metadata);
        String id = queries.id(options, info, batches);
        QueryLabel label = info.label(asked.name(), id);
        asking = label;
        boolean streaming = asked.method().streaming();
        Flux<Answer> answers = known.ask(batch, new Parts(asked, options, id));
        answers.subscribe(
                begin.apply(new ExchangedBatch.Head(batches, label, batch.size(), streaming), known.result()));
    }

    /** Batches that may be on their way at once: of a method with many results one, which is read as it comes. */
    int window() {
        return model != null && model.method().streaming() ? 1 : Exchange.WINDOW;
    }

    /** Counts what was thrown, and says it to the caller. */
    Failure refused(RuntimeException cause) {
        QueryLabel label = asking;
        if (label == null) {
            return queries.refused(cause, info.label(model == null ? "" : model.name(), ""));
        }
        return new ExchangedBatch.Head(batches, label, 0, false).in(queries.refused(cause, label));
    }

    void close() {
        if (translation != null) {
            translation.close();
            translation = null;
        }
    }

    /** The queries of one batch. */
    private final class Parts implements Translation.Asker {

        private final Model asked;
        private final BatchOptions options;
        private final String id;

        Parts(Model asked, BatchOptions options, String id) {
            this.asked = asked;
            this.options = options;
            this.id = id;
        }

        @Override
        public Runnable hold(long bytes) {
            return queries.hold(bytes);
        }

        @Override
        public long mostBytes() {
            return queries.mostBytes();
        }

        @Override
        public Flux<Answer> ask(ByteBuf body, String mediaType, String part) {
            String own = part.isEmpty() ? id : queries.part(id, part);
            Flux<Answer> answers = queries.ask(new FlightQueries.Asked(asked, options, own), body, mediaType, info);
            return asked.method().streaming() ? answers : answers.switchIfEmpty(Flux.error(Parts::none));
        }

        private static Throwable none() {
            return new Failure(ErrorCode.FAILED, "The query ended without a result.").toException();
        }
    }
}

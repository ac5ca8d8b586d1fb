package dev.sluice.frontend.flight.exchange;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.frontend.flight.column.Column;
import dev.sluice.frontend.flight.column.Layout;
import dev.sluice.frontend.flight.column.SchemaReader;
import dev.sluice.frontend.flight.ipc.IpcMessage;
import dev.sluice.frontend.flight.ipc.NotArrowException;
import dev.sluice.frontend.query.Answer;
import dev.sluice.frontend.query.model.Model;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/** How the record batches of one schema become queries of one method, and their answers record batches. Not thread-safe. */
interface Translation extends AutoCloseable {

    /** Of this frontend, for what is held beside queries. */
    interface Memory {

        /**
         * Counts bytes.
         *
         * @return what gives them back
         * @throws dev.sluice.common.error.QueryException {@code OVERLOADED} where there is no room for them
         */
        Runnable hold(long bytes);
    }

    /** Sends the queries of a batch. */
    interface Asker extends Memory {

        /** What an input may have. */
        long mostBytes();

        /**
         * @param body is taken over
         * @param part of the batch that it is; empty where it is all of it
         */
        Flux<Answer> ask(ByteBuf body, String mediaType, String part);
    }

    /** What comes of one batch. */
    interface Result extends AutoCloseable {

        /** Takes one answer, in the order of the queries. @param answer not released */
        void add(Answer answer, Consumer<IpcMessage> out);

        /** All answers came. */
        void end(Consumer<IpcMessage> out);

        @Override
        void close();
    }

    /** The schema of what comes, where that is known before anything does. */
    Optional<byte[]> schema();

    /** @param dictionary not released */
    void dictionary(IpcMessage dictionary, Memory memory);

    /**
     * The answers to a batch, in the order of its queries. Subscribed to once, at once.
     *
     * @param batch not released
     * @throws NotArrowException for a batch that is damaged, or has what no tensor has
     */
    Flux<Answer> ask(IpcMessage batch, Asker asker);

    Result result();

    @Override
    void close();

    /**
     * Columns as tensors, where the method takes such. A method that takes bodies of any kind gets the whole batch as one, unless the
     * only column is its input.
     *
     * @param schema the head of the schema
     */
    static Translation of(Model model, byte[] schema) {
        boolean takesBodies = model.method().tensors().isEmpty() || isAnyBody(model.method());
        return takesBodies && !isOnlyInput(model, schema)
                ? new StreamTranslation(model, schema)
                : ColumnTranslation.of(model, SchemaReader.columns(schema));
    }

    private static boolean isAnyBody(MethodDescriptor method) {
        return method.inputType().equals("Content") || method.inputType().equals("byte[]");
    }

    private static boolean isOnlyInput(Model model, byte[] schema) {
        if (model.method().tensors().isEmpty()
                || !SchemaReader.names(schema)
                        .equals(List.of(model.inputs().get(0).name()))) {
            return false;
        }
        try {
            Column only = SchemaReader.columns(schema).get(0);
            return only.layout() instanceof Layout.Strings;
        } catch (NotArrowException noTensor) {
            return false;
        }
    }
}

package dev.sluice.frontend.flight.ipc;

import dev.sluice.frontend.flight.ipc.IpcMessage.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/** Reads the heads of messages. They come from anywhere: what a flat buffer leads to outside of itself is refused in words. */
public final class IpcHead {

    private final byte[] bytes;

    private IpcHead(byte[] bytes) {
        this.bytes = bytes;
    }

    public static IpcHead of(byte[] bytes) {
        return new IpcHead(bytes);
    }

    /** @throws NotArrowException for what is no message, or one of another kind */
    public Kind kind() {
        return read(message -> {
            if (message.version() < MetadataVersion.V4) {
                throw new NotArrowException(
                        "The Arrow message is of a version before 4 of its format; use a newer library.");
            }
            return switch (message.headerType()) {
                case MessageHeader.Schema -> Kind.SCHEMA;
                case MessageHeader.DictionaryBatch -> Kind.DICTIONARY;
                case MessageHeader.RecordBatch -> Kind.RECORDS;
                default ->
                    throw new NotArrowException(
                            "The Arrow message is neither a schema nor a dictionary nor a record batch.");
            };
        });
    }

    /** How many bytes of columns come behind the head. */
    public long bodyLength() {
        return read(message -> {
            if (message.bodyLength() < 0) {
                throw new NotArrowException(
                        "The Arrow message says that its body has " + message.bodyLength() + " bytes.");
            }
            return message.bodyLength();
        });
    }

    /** Something of a head that is a record batch. */
    public <T> T records(Function<RecordBatch, T> reader) {
        return read(message -> reader.apply(required((RecordBatch) message.header(new RecordBatch()))));
    }

    /** Something of a head that is a schema. */
    public <T> T schema(Function<Schema, T> reader) {
        return read(message -> reader.apply(required((Schema) message.header(new Schema()))));
    }

    /** Something of a head that is a dictionary. */
    public <T> T dictionary(Function<DictionaryBatch, T> reader) {
        return read(message -> reader.apply(required((DictionaryBatch) message.header(new DictionaryBatch()))));
    }

    private static <T> T required(T header) {
        if (header == null) {
            throw new NotArrowException("The Arrow message has no header.");
        }
        return header;
    }

    private <T> T read(Function<Message, T> reader) {
        try {
            return reader.apply(Message.getRootAsMessage(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new NotArrowException("The head of the Arrow message is damaged.");
        }
    }
}

package dev.sluice.benchmarks.protocols.noop;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Messages of the Open Inference Protocol as bytes, which are made once: the generator is not to cost more than what it drives. */
final class InferBytes {

    private static final int ID = 3;
    private static final int RAW_CONTENTS = 6;
    private static final int STREAM_ERROR = 1;
    private static final int STREAM_RESPONSE = 2;

    private InferBytes() {}

    /** A JSON null for the actor. */
    static byte[] request(String id) {
        byte[] tensor = message(out -> {
            out.writeString(1, "input");
            out.writeString(2, "BYTES");
            out.writeByteArray(3, new byte[] {1});
        });
        return message(out -> {
            out.writeString(1, NoopClient.ACTOR);
            out.writeString(ID, id);
            out.writeByteArray(5, tensor);
            out.writeByteArray(7, new byte[] {4, 0, 0, 0, 'n', 'u', 'l', 'l'});
        });
    }

    /** The id of a response, whose result has to be a JSON null. @throws IOException for any other */
    static String id(byte[] response) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(response);
        String id = "";
        boolean right = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case ID -> id = in.readString();
                case RAW_CONTENTS -> right = new String(in.readByteArray(), StandardCharsets.UTF_8).endsWith("null");
                default -> in.skipField(tag);
            }
        }
        if (!right) {
            throw new IOException("a response over gRPC has no null in it");
        }
        return id;
    }

    /** The id of a response on a stream. @throws IOException for a failure */
    static String streamedId(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case STREAM_ERROR -> throw new IOException("a query over gRPC failed: " + in.readString());
                case STREAM_RESPONSE -> {
                    return id(in.readByteArray());
                }
                default -> in.skipField(tag);
            }
        }
        throw new IOException("a message of the stream says nothing");
    }

    static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("inference.GRPCInferenceService", name))
                .build();
    }

    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.writeTo(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

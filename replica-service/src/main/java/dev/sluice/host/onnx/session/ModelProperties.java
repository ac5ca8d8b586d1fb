package dev.sluice.host.onnx.session;

import dev.sluice.sdk.actor.InvalidActorException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model's author wrote into its file: its description and properties. ONNX Runtime's Java side tells them too, but loses
 * characters for which Java needs two chars, and with them the end of the text.
 */
final class ModelProperties {

    private static final int DESCRIPTION = 6;
    private static final int PROPERTIES = 14;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private ModelProperties() {}

    /** Told of each field that is bytes: reads them, or not. */
    private interface Fields {
        boolean wants(int field);

        void read(int field, byte[] bytes) throws IOException;
    }

    /** @param model a file that ONNX Runtime has loaded */
    static Map<String, String> of(Path model) {
        Map<String, String> properties = new TreeMap<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(model))) {
            message(in, new Fields() {
                @Override
                public boolean wants(int field) {
                    return field == DESCRIPTION || field == PROPERTIES;
                }

                @Override
                public void read(int field, byte[] bytes) throws IOException {
                    if (field == PROPERTIES) {
                        property(bytes, properties);
                    } else if (bytes.length > 0) {
                        properties.putIfAbsent("description", new String(bytes, StandardCharsets.UTF_8));
                    }
                }
            });
            return properties;
        } catch (IOException e) {
            throw new InvalidActorException("The model cannot be read from " + model.getFileName() + ": " + e, e);
        }
    }

    private static void property(byte[] entry, Map<String, String> properties) throws IOException {
        String[] parts = new String[VALUE + 1];
        message(new ByteArrayInputStream(entry), new Fields() {
            @Override
            public boolean wants(int field) {
                return field == KEY || field == VALUE;
            }

            @Override
            public void read(int field, byte[] bytes) {
                parts[field] = new String(bytes, StandardCharsets.UTF_8);
            }
        });
        if (parts[KEY] != null && parts[VALUE] != null) {
            properties.put(parts[KEY], parts[VALUE]);
        }
    }

    /** Of a protobuf message: each field is a number, with how it is encoded in its last three bits, and a value. */
    private static void message(InputStream in, Fields fields) throws IOException {
        for (int first = in.read(); first >= 0; first = in.read()) {
            long tag = varint(in, first);
            int field = (int) (tag >>> 3);
            switch ((int) tag & 7) {
                case 0 -> varint(in, in.read());
                case 1 -> in.skipNBytes(Long.BYTES);
                case 5 -> in.skipNBytes(Integer.BYTES);
                default -> {
                    long length = varint(in, in.read());
                    if (fields.wants(field) && length <= MOST_BYTES) {
                        fields.read(field, in.readNBytes((int) length));
                    } else {
                        in.skipNBytes(length);
                    }
                }
            }
        }
    }

    private static long varint(InputStream in, int first) throws IOException {
        long value = 0;
        int next = first;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
            next = in.read();
        }
        throw new IOException("a number in it does not end");
    }
}

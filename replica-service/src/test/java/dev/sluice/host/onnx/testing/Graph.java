package dev.sluice.host.onnx.testing;

import dev.sluice.host.onnx.session.Protobuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A small ONNX model, written operator by operator. The numbers of fields are of onnx.proto. */
public final class Graph {

    public static final int FLOAT = 1;
    public static final int UINT8 = 2;
    public static final int INT8 = 3;
    public static final int UINT16 = 4;
    public static final int INT16 = 5;
    public static final int INT32 = 6;
    public static final int INT64 = 7;
    public static final int STRING = 8;
    public static final int BOOL = 9;
    public static final int FLOAT16 = 10;
    public static final int DOUBLE = 11;
    public static final int UINT32 = 12;
    public static final int UINT64 = 13;
    public static final int BFLOAT16 = 16;

    private final Protobuf graph = new Protobuf().text(2, "test");
    private final Protobuf model = new Protobuf().number(1, 8);

    /** A model that gives what it takes. */
    public static Graph identity(int type, Object... dims) {
        return new Graph().input("x", type, dims).output("y", type, dims).node("Identity", List.of("x"), List.of("y"));
    }

    /** A model that adds a number to each row of three. */
    public static Graph adding(float increment) {
        return new Graph()
                .input("x", FLOAT, -1, 3)
                .output("y", FLOAT, -1, 3)
                .constant("c", increment)
                .node("Add", List.of("x", "c"), List.of("y"));
    }

    /** @param dims sizes; -1 or a name for one that is left open */
    public Graph input(String name, int type, Object... dims) {
        graph.message(11, value(name, type, dims));
        return this;
    }

    public Graph output(String name, int type, Object... dims) {
        graph.message(12, value(name, type, dims));
        return this;
    }

    /** An output that is a sequence of maps from whole numbers to floats. */
    public Graph mapsOutput(String name) {
        Protobuf map = new Protobuf().number(1, INT64).message(2, tensor(FLOAT));
        Protobuf sequence = new Protobuf().message(1, new Protobuf().message(5, map));
        graph.message(12, new Protobuf().text(1, name).message(2, new Protobuf().message(4, sequence)));
        return this;
    }

    public Graph sequenceOutput(String name) {
        Protobuf sequence = new Protobuf().message(1, tensor(FLOAT));
        graph.message(12, new Protobuf().text(1, name).message(2, new Protobuf().message(4, sequence)));
        return this;
    }

    private static Protobuf tensor(int type, Object... dims) {
        Protobuf shape = new Protobuf();
        for (Object dim : dims) {
            Protobuf size = new Protobuf();
            if (dim instanceof String name) {
                size.text(2, name);
            } else if ((Integer) dim >= 0) {
                size.number(1, (Integer) dim);
            }
            shape.message(1, size);
        }
        return new Protobuf().message(1, new Protobuf().number(1, type).message(2, shape));
    }

    private static Protobuf value(String name, int type, Object... dims) {
        return new Protobuf().text(1, name).message(2, tensor(type, dims));
    }

    /** A constant of one dimension, or of none where there is one value. */
    public Graph constant(String name, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        Protobuf tensor = new Protobuf();
        if (values.length > 1) {
            tensor.number(1, values.length);
        }
        graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
        return this;
    }

    /** A constant of whole numbers. */
    public Graph whole(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        graph.message(
                5,
                new Protobuf()
                        .number(1, values.length)
                        .number(2, INT64)
                        .text(8, name)
                        .bytes(9, raw.array()));
        return this;
    }

    /** A constant that says how large it is, and has nothing in it. */
    public Graph claimed(String name, long... sizes) {
        Protobuf tensor = new Protobuf();
        for (long size : sizes) {
            tensor.number(1, size);
        }
        graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, new byte[4]));
        return this;
    }

    /** A constant in a file beside the model. */
    public Graph external(String name, String file, long length, long... sizes) {
        Protobuf tensor = new Protobuf();
        for (long size : sizes) {
            tensor.number(1, size);
        }
        tensor.number(2, FLOAT).text(8, name);
        tensor.message(13, new Protobuf().text(1, "location").text(2, file));
        tensor.message(13, new Protobuf().text(1, "length").text(2, Long.toString(length)));
        graph.message(5, tensor.number(14, 1));
        return this;
    }

    public Graph node(String operator, List<String> inputs, List<String> outputs, Protobuf... attributes) {
        return node("", operator, inputs, outputs, attributes);
    }

    public Graph node(
            String domain, String operator, List<String> inputs, List<String> outputs, Protobuf... attributes) {
        Protobuf node = new Protobuf();
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        node.text(4, operator);
        for (Protobuf attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node.text(7, domain));
        return this;
    }

    /** An attribute that is a list of whole numbers. */
    public static Protobuf numbers(String name, long... values) {
        Protobuf attribute = new Protobuf().text(1, name);
        for (long value : values) {
            attribute.number(8, value);
        }
        return attribute.number(20, 7);
    }

    /** An attribute that is a whole number. */
    public static Protobuf number(String name, long value) {
        return new Protobuf().text(1, name).number(3, value).number(20, 2);
    }

    public Graph metadata(String key, String value) {
        model.message(14, new Protobuf().text(1, key).text(2, value));
        return this;
    }

    public byte[] toBytes() {
        model.message(7, graph)
                .message(8, new Protobuf().text(1, "").number(2, 13))
                .message(8, new Protobuf().text(1, "ai.onnx.ml").number(2, 2));
        return model.toBytes();
    }

    /** Writes it as a version of a model into a folder of models. */
    public Path writeTo(Path models, String model, String version) {
        try {
            Path folder = Files.createDirectories(models.resolve(model).resolve(version));
            Path part = folder.resolve("model.part");
            Files.write(part, toBytes());
            return Files.move(part, folder.resolve("model.onnx"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

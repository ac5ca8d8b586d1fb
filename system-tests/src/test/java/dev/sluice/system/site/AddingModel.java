package dev.sluice.system.site;

import dev.sluice.host.onnx.session.Protobuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** An ONNX model that adds a number to each of three. The numbers of fields are of onnx.proto. */
public final class AddingModel {

    private static final int FLOAT = 1;

    private final Path models;

    /** @param models the folder that hosts serve */
    public AddingModel(Path models) {
        this.models = models;
    }

    /** Puts a version into the folder, or changes it, as one should: written beside it and moved. */
    public void put(String model, String version, float number) {
        put(model, version, bytes(number));
    }

    public void put(String model, String version, byte[] bytes) {
        try {
            Path folder = Files.createDirectories(models.resolve(model).resolve(version));
            Path part = Files.write(models.resolve(model).resolve("part"), bytes);
            Files.move(part, folder.resolve("model.onnx"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(String model, String version) {
        try {
            Files.delete(models.resolve(model).resolve(version).resolve("model.onnx"));
            Files.delete(models.resolve(model).resolve(version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(float number) {
        byte[] raw = ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(number)
                .array();
        Protobuf node =
                new Protobuf().text(1, "x").text(1, "number").text(2, "y").text(4, "Add");
        Protobuf graph = new Protobuf()
                .message(1, node)
                .text(2, "adding")
                .message(5, new Protobuf().number(2, FLOAT).text(8, "number").bytes(9, raw))
                .message(11, rowsOfThree("x"))
                .message(12, rowsOfThree("y"));
        return new Protobuf()
                .number(1, 8)
                .message(7, graph)
                .message(8, new Protobuf().text(1, "").number(2, 13))
                .toBytes();
    }

    private static Protobuf rowsOfThree(String name) {
        Protobuf shape = new Protobuf().message(1, new Protobuf()).message(1, new Protobuf().number(1, 3));
        Protobuf tensor = new Protobuf().number(1, FLOAT).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }
}

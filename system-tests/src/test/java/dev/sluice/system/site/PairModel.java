package dev.sluice.system.site;

import dev.sluice.host.onnx.session.Protobuf;
import java.util.List;

/** An ONNX model that gives of a row of two its double ({@code sum}) and its square ({@code product}). The numbers of fields are of onnx.proto. */
public final class PairModel {

    private static final int FLOAT = 1;

    private PairModel() {}

    public static byte[] bytes() {
        Protobuf graph = new Protobuf()
                .message(1, node("Add", "sum"))
                .message(1, node("Mul", "product"))
                .text(2, "pair")
                .message(11, rowsOfTwo("x"));
        List.of("sum", "product").forEach(output -> graph.message(12, rowsOfTwo(output)));
        return new Protobuf()
                .number(1, 8)
                .message(7, graph)
                .message(8, new Protobuf().text(1, "").number(2, 13))
                .toBytes();
    }

    private static Protobuf node(String operator, String output) {
        return new Protobuf().text(1, "x").text(1, "x").text(2, output).text(4, operator);
    }

    private static Protobuf rowsOfTwo(String name) {
        Protobuf shape = new Protobuf().message(1, new Protobuf()).message(1, new Protobuf().number(1, 2));
        Protobuf tensor = new Protobuf().number(1, FLOAT).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }
}

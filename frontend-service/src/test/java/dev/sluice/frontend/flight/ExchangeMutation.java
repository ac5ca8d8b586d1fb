package dev.sluice.frontend.flight;

import static org.assertj.core.api.Assertions.assertThat;

import arrow.flight.protocol.FlightData;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.rpc.ProtoMutator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A call of one batch, and what was changed in it: whom it asks, the schema, the batch, or their order. */
record ExchangeMutation(String actor, List<byte[]> messages, boolean untouched, boolean batchOnly) {

    private static final List<String> ACTORS = List.of("adds", "adds", "pairs", "shouts", "one");

    static ExchangeMutation valid(Mutator mutator, BufferAllocator memory) {
        String actor = mutator.oneOf(ACTORS);
        try (VectorSchemaRoot batch = batch(actor, memory)) {
            return new ExchangeMutation(actor, RawExchange.bytes(RawExchange.messages(batch, actor)), true, true);
        }
    }

    private static VectorSchemaRoot batch(String actor, BufferAllocator memory) {
        return switch (actor) {
            case "pairs" -> Batches.lists(memory, "x", 2, 1, 2, 3, 4);
            case "shouts" -> Batches.texts(memory, "x", "\u00e9", "", "three");
            default -> Batches.longs(memory, "x", 1, 2, 3);
        };
    }

    ExchangeMutation maybeChanged(Mutator mutator) {
        if (mutator.once(6)) {
            return this;
        }
        if (mutator.once(6)) {
            return new ExchangeMutation(actor, mutator.parts(messages), false, false);
        }
        List<byte[]> changed = new ArrayList<>(messages);
        int at = mutator.random().nextInt(messages.size());
        changed.set(at, mutator.once(2) ? mutator.bytes(messages.get(at)) : inFields(messages.get(at), mutator));
        return new ExchangeMutation(actor, changed, false, at == 2);
    }

    /** The message remains one, and its header or its body have other bytes. */
    private static byte[] inFields(byte[] message, Mutator mutator) {
        FlightData.Builder data = message(message).toBuilder();
        switch (mutator.random().nextInt(3)) {
            case 0 -> data.setDataHeader(bytes(mutator, data.getDataHeader()));
            case 1 -> data.setDataBody(bytes(mutator, data.getDataBody()));
            default -> new ProtoMutator(mutator).change(data);
        }
        return data.build().toByteArray();
    }

    private static ByteString bytes(Mutator mutator, ByteString valid) {
        return ByteString.copyFrom(mutator.bytes(valid.toByteArray()));
    }

    static FlightData message(byte[] bytes) {
        try {
            return FlightData.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("answered, and no message", e);
        }
    }

    /** What Arrow's own reader finds in the batch is what was asked, whatever was changed. */
    void assertResult(List<byte[]> response) {
        List<String> received =
                IpcText.values(response.stream().map(ExchangeMutation::message).toList());
        if (batchOnly) {
            Optional<List<String>> sent = IpcText.valuesIfAny(
                    messages.stream().map(ExchangeMutation::message).toList());
            sent.ifPresent(values -> assertThat(received).isEqualTo(actor.equals("adds") ? plusOne(values) : values));
        }
    }

    private static List<String> plusOne(List<String> numbers) {
        return numbers.stream()
                .map(number -> Long.toString(Long.parseLong(number) + 1))
                .toList();
    }
}

package dev.sluice.frontend.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.sluice.common.testing.Mutator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes the fields of a message: it stays one, and says something else. */
public final class ProtoMutator {

    private static final List<Long> NUMBERS = List.of(0L, 1L, -1L, 3L, 65_536L, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<String> TEXTS =
            List.of("", "x", "y", "plus", "3", "nobody", "INT64", "BYTES", "\u0000", "a b");

    private final Mutator mutator;

    public ProtoMutator(Mutator mutator) {
        this.mutator = mutator;
    }

    /** Leaves a field out, sets it to some edge, or changes something in it. */
    public void change(Message.Builder message) {
        FieldDescriptor field = mutator.oneOf(message.getDescriptorForType().getFields());
        if (field.isRepeated()) {
            changeRepeated(message, field);
        } else if (mutator.once(4)) {
            message.clearField(field);
        } else {
            message.setField(field, value(message, field, message.getField(field)));
        }
    }

    private void changeRepeated(Message.Builder message, FieldDescriptor field) {
        int count = message.getRepeatedFieldCount(field);
        if (count == 0 || mutator.once(3)) {
            Object like = count == 0 ? null : message.getRepeatedField(field, 0);
            message.addRepeatedField(field, value(message, field, like));
        } else if (mutator.once(4)) {
            message.clearField(field);
        } else if (!field.isMapField()) {
            int at = mutator.random().nextInt(count);
            message.setRepeatedField(field, at, value(message, field, message.getRepeatedField(field, at)));
        }
    }

    private Object value(Message.Builder in, FieldDescriptor field, @Nullable Object like) {
        long number = mutator.oneOf(NUMBERS);
        return switch (field.getJavaType()) {
            case INT -> (int) number;
            case LONG -> number;
            case FLOAT -> (float) number / 0;
            case DOUBLE -> (double) number;
            case BOOLEAN -> number > 0;
            case STRING -> mutator.oneOf(TEXTS);
            case BYTE_STRING ->
                ByteString.copyFrom(mutator.some(mutator.random().nextInt(20)));
            case ENUM -> mutator.oneOf(field.getEnumType().getValues());
            case MESSAGE -> {
                Message.Builder part = in.newBuilderForField(field);
                if (like != null) {
                    part.mergeFrom((Message) like);
                }
                change(part);
                yield part.build();
            }
        };
    }
}

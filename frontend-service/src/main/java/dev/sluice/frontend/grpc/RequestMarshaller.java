package dev.sluice.frontend.grpc;

import dev.sluice.frontend.rpc.RequestMarshallers;
import dev.sluice.frontend.rpc.Unreadable;
import inference.ModelInferRequest;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Reads requests to infer. What is no message becomes one that is refused later, in words: gRPC itself would end the call as an internal
 * error and fill the log.
 */
final class RequestMarshaller implements Marshaller<ModelInferRequest> {

    /** Only these very objects are meant, not what equals them. */
    private static final Map<Unreadable, ModelInferRequest> NONE = new EnumMap<>(Unreadable.class);

    static {
        for (Unreadable why : Unreadable.values()) {
            NONE.put(why, ModelInferRequest.newBuilder().setModelName("?").build());
        }
    }

    private final Marshaller<ModelInferRequest> messages;

    private RequestMarshaller(Marshaller<ModelInferRequest> messages) {
        this.messages = messages;
    }

    @Override
    public InputStream stream(ModelInferRequest message) {
        return messages.stream(message);
    }

    @Override
    public ModelInferRequest parse(InputStream bytes) {
        try {
            return messages.parse(bytes);
        } catch (StatusRuntimeException e) {
            return Objects.requireNonNull(NONE.get(Unreadable.of(e)));
        }
    }

    /** @throws dev.sluice.common.error.QueryException for what was no message */
    @SuppressWarnings("ReferenceEquality") // as said above
    static void requireMessage(ModelInferRequest request) {
        NONE.forEach((why, none) -> {
            if (request == none) {
                throw why.failure().toException();
            }
        });
    }

    /** The service with this for all methods that take requests to infer. */
    static ServerServiceDefinition in(ServerServiceDefinition service) {
        return RequestMarshallers.replace(service, RequestMarshaller::replacing);
    }

    @SuppressWarnings("unchecked") // the marshaller's own class says what it reads
    private static Marshaller<?> replacing(Marshaller<?> usual) {
        boolean infers = usual instanceof PrototypeMarshaller<?> known
                && known.getMessagePrototype() instanceof ModelInferRequest;
        return infers ? new RequestMarshaller((Marshaller<ModelInferRequest>) usual) : usual;
    }
}

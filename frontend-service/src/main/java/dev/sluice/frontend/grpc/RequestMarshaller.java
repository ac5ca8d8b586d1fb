package dev.sluice.frontend.grpc;

import dev.sluice.frontend.query.QueryOptions;
import inference.ModelInferRequest;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads requests to infer. What is no message becomes one that is refused later, in words: gRPC itself would end the call as an internal
 * error and fill the log.
 */
final class RequestMarshaller implements Marshaller<ModelInferRequest> {

    /** Only this very object is meant, not what equals it. */
    private static final ModelInferRequest NONE =
            ModelInferRequest.newBuilder().setModelName("?").build();

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
            return NONE;
        }
    }

    /** @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} for what was no message */
    @SuppressWarnings("ReferenceEquality") // as said above
    static void requireMessage(ModelInferRequest request) {
        if (request == NONE) {
            throw QueryOptions.invalid(
                    "The bytes are no ModelInferRequest; see that the client's definition of the protocol is the public one.");
        }
    }

    /** The service with this for all methods that take requests to infer. */
    static ServerServiceDefinition in(ServerServiceDefinition service) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        service.getMethods().forEach(method -> methods.add(with(method)));
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(
                        service.getServiceDescriptor().getName())
                .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder changed = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(changed::addMethod);
        return changed.build();
    }

    @SuppressWarnings("unchecked") // the marshaller's own class says what it reads
    private static <Q, A> ServerMethodDefinition<Q, A> with(ServerMethodDefinition<Q, A> method) {
        Marshaller<Q> usual = method.getMethodDescriptor().getRequestMarshaller();
        boolean infers = usual instanceof PrototypeMarshaller<Q> known
                && known.getMessagePrototype() instanceof ModelInferRequest;
        if (!infers) {
            return method;
        }
        Marshaller<Q> own = (Marshaller<Q>) new RequestMarshaller((Marshaller<ModelInferRequest>) usual);
        return ServerMethodDefinition.create(
                method.getMethodDescriptor().toBuilder(
                                own, method.getMethodDescriptor().getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }
}

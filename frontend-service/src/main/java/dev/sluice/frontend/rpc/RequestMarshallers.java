package dev.sluice.frontend.rpc;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Puts other readers of requests in the place of a service's own. */
public final class RequestMarshallers {

    private RequestMarshallers() {}

    /** @param change gives one for the same messages, or the usual one back */
    public static ServerServiceDefinition replace(
            ServerServiceDefinition service, UnaryOperator<Marshaller<?>> change) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        service.getMethods().forEach(method -> methods.add(with(method, change)));
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(
                        service.getServiceDescriptor().getName())
                .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder changed = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(changed::addMethod);
        return changed.build();
    }

    @SuppressWarnings("unchecked") // it is for the same messages
    private static <Q, A> ServerMethodDefinition<Q, A> with(
            ServerMethodDefinition<Q, A> method, UnaryOperator<Marshaller<?>> change) {
        Marshaller<Q> reader =
                (Marshaller<Q>) change.apply(method.getMethodDescriptor().getRequestMarshaller());
        return ServerMethodDefinition.create(
                method.getMethodDescriptor().toBuilder(
                                reader, method.getMethodDescriptor().getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }
}
